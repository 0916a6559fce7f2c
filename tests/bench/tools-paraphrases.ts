/** How people really say it, slips of speech recognition included: 120 sentences, en and de. */

export interface Paraphrase {
  said: string;
  language: 'en' | 'de';
  /** Any of these is right. */
  tools: readonly string[];
  /** What must be among the arguments; a text may stand inside a longer one. */
  input: Readonly<Record<string, unknown>>;
}

type Line = readonly [said: string, tools: string, input?: Readonly<Record<string, unknown>>];

const english: readonly Line[] = [
  // Clock.
  ['have you got the time on you', 'clock_time'],
  ['what time would it be over in Tokyo right about now', 'clock_time', { place: 'Tokyo' }],
  ['which day of the week are we on', 'clock_date'],
  ['gimme ten minutes on the clock for the pasta', 'clock_set_timer', { seconds: 600 }],
  ['set a time her for twenty five minutes', 'clock_set_timer', { seconds: 1_500 }],
  ['how much longer for the eggs', 'clock_timers'],
  ['scrap the pasta timer', 'clock_cancel_timer', { name: 'pasta' }],
  ['give the tea timer another two minutes', 'clock_change_timer', { seconds: 120 }],
  // The house.
  ['it is pitch black in the kitchen, lights please', 'home_assistant_turn', { to: 'on' }],
  ['kill the lights upstairs', 'home_assistant_turn', { to: 'off' }],
  ['bring the reading lamp down to about a third', 'home_assistant_level', { what: 'lamp' }],
  ['can we have the bedroom lamp a little brighter', 'home_assistant_adjust', { to: 'more' }],
  ['I want the hall lamp in green', 'home_assistant_colour', { colour: 'green' }],
  ['make it twenty one degrees in the living room', 'home_assistant_temperature', { degrees: 21 }],
  ['the blinds in the office can come down now', 'home_assistant_move', { to: 'close' }],
  ['did anybody lock the front door', 'home_assistant_state', { what: 'front door' }],
  ['make sure the back door is locked', 'home_assistant_lock home_assistant_state'],
  ['hush the radio for a second', 'home_assistant_media'],
  ['skip this song', 'home_assistant_media', { to: 'next' }],
  ['send the vacuum home', 'home_assistant_vacuum', { to: 'dock' }],
  ['did we leave any windows open', 'home_assistant_which', { is: 'open' }],
  ['how humid is it in the bathroom', 'home_assistant_measure', { measure: 'humidity' }],
  ['when did somebody last open the garage', 'home_assistant_when', { did: 'opened' }],
  ['for how long has the heater been going', 'home_assistant_how_long'],
  // Calendar.
  ['what does my Thursday look like', 'calendar_events', { day: 'thursday' }],
  ['anything in the diary for the weekend', 'calendar_events', { day: 'this_weekend' }],
  ['when am I seeing the dentist again', 'calendar_next', { query: 'dentist' }],
  ['what comes after this in my calendar', 'calendar_next'],
  ['could I squeeze something in tomorrow afternoon', 'calendar_free', { day: 'tomorrow' }],
  ['have we got a holiday coming up', 'calendar_trips'],
  // Mail.
  ['any new males for me', 'mail_unread'],
  ['has the landlord written to me', 'mail_unread mail_search mail_read', { from: 'landlord' }],
  ['look for the insurance thing in my inbox', 'mail_search', { words: 'insurance' }],
  ['what did Anna write in her last mail', 'mail_read', { from: 'Anna' }],
  ['what time does my plane to Lisbon leave', 'mail_flights', { to: 'Lisbon' }],
  ['where is that package I ordered', 'mail_deliveries'],
  // Weather.
  ['do I have to scrape the car tomorrow morning', 'weather_forecast'],
  ['is it gonna rain on Saturday', 'weather_forecast', { day: 'saturday' }],
  ['should I take a brolly', 'weather_forecast'],
  ['what is it like outside in Bergen right now', 'weather_now', { place: 'Bergen' }],
  ['what should I pack for my trip, weather wise', 'weather_trip'],
  ['is there a storm warning', 'weather_alerts'],
  // Where people are.
  ['who is in the house right now', 'location_home'],
  ['is the house empty', 'location_home'],
  ['has Ben left work yet', 'location_where', { person: 'Ben' }],
  ['how long until Ben gets here, how far off is he', 'location_distance', { person: 'Ben' }],
  ['Ben may see where I am until tonight', 'location_share', { person: 'Ben' }],
  ['nobody needs to see where I am any more', 'location_stop'],
  // Lists and notes.
  ['we are out of oat milk, put it down', 'lists_add', { items: 'oat milk' }],
  ['we need bread and, um, batteries', 'lists_add', { items: 'bread' }],
  ['what do I have to buy', 'lists_read'],
  ['I have got the eggs already', 'lists_done', { items: 'eggs' }],
  ['make a note that the boiler man comes on Monday', 'notes_add', { text: 'boiler' }],
  ['what was that note about the boiler', 'notes_find', { about: 'boiler' }],
  // Files, skills, memory.
  ['dig out the rental contract', 'files_find files_read', { words: 'rental contract' }],
  ['which documents are new this week', 'files_recent'],
  ['send Anna a link to the holiday plan', 'files_share', { file: 'holiday plan' }],
  ['what tricks have you learned', 'skills_list'],
  ['so you know, I cannot stand coriander', 'remember_fact', { fact: 'coriander' }],
  ['you can be less chatty with me', 'update_soul', { verbosity: 'concise' }],
];

const german: readonly Line[] = [
  ['sag mal wie viel Uhr haben wir denn', 'clock_time'],
  ['wie spät ist es denn jetzt in Tokio', 'clock_time', { place: 'Tokio' }],
  ['den wievielten haben wir heute', 'clock_date'],
  ['klingel in einer Viertelstunde', 'clock_set_timer', { seconds: 900 }],
  ['stell ihn Timer auf zehn Minuten', 'clock_set_timer', { seconds: 600 }],
  ['wie lange brauchen die Nudeln noch', 'clock_timers'],
  ['den Nudeltimer brauche ich nicht mehr', 'clock_cancel_timer'],
  ['gib dem Tee noch zwei Minuten', 'clock_change_timer', { seconds: 120 }],
  ['mir ist es in der Küche zu dunkel', 'home_assistant_turn home_assistant_adjust'],
  ['oben können die Lichter aus', 'home_assistant_turn', { to: 'off' }],
  ['die Leselampe auf ein Drittel', 'home_assistant_level'],
  ['etwas heller im Schlafzimmer bitte', 'home_assistant_adjust', { to: 'more' }],
  ['ich hätte die Flurlampe gern in Grün', 'home_assistant_colour', { colour: 'green' }],
  ['einundzwanzig Grad im Wohnzimmer reichen', 'home_assistant_temperature', { degrees: 21 }],
  ['lass die Rollos im Büro runter', 'home_assistant_move', { to: 'close' }],
  ['ist vorne abgesperrt', 'home_assistant_state'],
  ['sperr hinten bitte ab', 'home_assistant_lock', { to: 'lock' }],
  ['Ruhe mal kurz, Radio stumm', 'home_assistant_media', { to: 'mute' }],
  ['das nächste Lied', 'home_assistant_media', { to: 'next' }],
  ['der Staubsauger soll nach Hause fahren', 'home_assistant_vacuum', { to: 'dock' }],
  ['steht noch irgendwo ein Fenster offen', 'home_assistant_which', { is: 'open' }],
  ['wie feucht ist es im Bad', 'home_assistant_measure', { measure: 'humidity' }],
  ['wann ging zuletzt die Garage auf', 'home_assistant_when', { did: 'opened' }],
  ['wie lange läuft die Heizung schon', 'home_assistant_how_long'],
  ['wie sieht mein Donnerstag aus', 'calendar_events', { day: 'thursday' }],
  ['haben wir am Wochenende was vor', 'calendar_events', { day: 'this_weekend' }],
  ['wann muss ich wieder zum Zahnarzt', 'calendar_next', { query: 'Zahnarzt' }],
  ['was kommt als Nächstes bei mir', 'calendar_next'],
  ['hätte ich morgen Nachmittag noch Luft', 'calendar_free', { day: 'tomorrow' }],
  ['fahren wir demnächst irgendwohin', 'calendar_trips'],
  ['ist Post gekommen, also E-Mail', 'mail_unread'],
  ['hat der Vermieter geschrieben', 'mail_unread mail_search mail_read', { from: 'Vermieter' }],
  ['schau in meinen Mails nach der Versicherung', 'mail_search', { words: 'Versicherung' }],
  ['was schreibt Anna in ihrer letzten Mail', 'mail_read', { from: 'Anna' }],
  ['wann geht mein Flieger nach Lissabon', 'mail_flights', { to: 'Lissabon' }],
  ['wo bleibt mein Paket', 'mail_deliveries'],
  ['muss ich morgen früh kratzen', 'weather_forecast'],
  ['regnet es am Samstag', 'weather_forecast', { day: 'saturday' }],
  ['lohnt sich ein Schirm', 'weather_forecast'],
  ['wie ist es gerade draußen in Bergen', 'weather_now', { place: 'Bergen' }],
  ['was für Wetter erwartet uns auf der Reise', 'weather_trip'],
  ['gibt es eine Sturmwarnung', 'weather_alerts'],
  ['wer ist denn alles da', 'location_home'],
  ['ist das Haus leer', 'location_home'],
  ['ist Ben schon von der Arbeit weg', 'location_where', { person: 'Ben' }],
  ['wie weit hat es Ben noch', 'location_distance', { person: 'Ben' }],
  ['Ben darf bis heute Abend sehen wo ich bin', 'location_share', { person: 'Ben' }],
  ['es soll keiner mehr sehen wo ich bin', 'location_stop'],
  ['Hafermilch ist alle, schreib sie auf', 'lists_add', { items: 'Hafermilch' }],
  ['wir brauchen Brot und äh Batterien', 'lists_add', { items: 'Brot' }],
  ['was muss ich alles einkaufen', 'lists_read'],
  ['die Eier habe ich schon', 'lists_done', { items: 'Eier' }],
  ['schreib auf dass der Heizungsmann am Montag kommt', 'notes_add', { text: 'Heizung' }],
  ['was hatten wir zur Heizung notiert', 'notes_find', { about: 'Heizung' }],
  ['kram mir den Mietvertrag raus', 'files_find files_read', { words: 'Mietvertrag' }],
  ['welche Dokumente sind diese Woche neu', 'files_recent'],
  ['mach einen Link zum Urlaubsplan', 'files_share', { file: 'Urlaubsplan' }],
  ['was hast du so gelernt', 'skills_list'],
  ['nur dass du es weißt, ich kann Koriander nicht ausstehen', 'remember_fact'],
  ['du darfst dich mir gegenüber kürzer fassen', 'update_soul', { verbosity: 'concise' }],
];

const from = (lines: readonly Line[], language: 'en' | 'de'): Paraphrase[] =>
  lines.map(([said, tools, input = {}]) => ({ said, language, tools: tools.split(' '), input }));

export const paraphrases: readonly Paraphrase[] = [...from(english, 'en'), ...from(german, 'de')];
