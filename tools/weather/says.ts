/** How people ask for the weather, in English and German. */

const now = '[(now|right now|today|at the moment|currently)]';
const jetzt = '[(jetzt|gerade|heute|aktuell|im moment|momentan|denn)]';
const like = '[like|looking like|going to be|going to be like|doing]';

/** A day, a part of it, an hour: each is read from its field. */
const when =
  '(([on|this|the|this coming|on the|at the|over the|for] {day} [[in the|at] {part}] ' +
  '[at {time}])|(this|in the) {part}|at {time}|' +
  '(in|for|over) the (next|coming) [few|couple of] days{day=week})';
const at = '[over|out] in {place}';

const wochentag =
  '(montag{day=monday}|dienstag{day=tuesday}|mittwoch{day=wednesday}|donnerstag{day=thursday}|' +
  'freitag{day=friday}|samstag{day=saturday}|sonnabend{day=saturday}|sonntag{day=sunday})';
const teil =
  '(vormittag{part=morning}|nachmittag{part=afternoon}|abend{part=evening}|nacht{part=night})';
const wann =
  '(heute{day=today}|heute nacht{day=tonight}|morgen{day=tomorrow}|' +
  'übermorgen{day=day_after_tomorrow}|(am|dieses) wochenende{day=weekend}|' +
  '(diese woche|in den nächsten tagen|die nächsten tage){day=week}|' +
  `nächste woche{day=next_week}|(am|diesen) ${wochentag}|heute ${teil}|morgen{day=tomorrow} ` +
  `${teil}|morgen{day=tomorrow} früh{part=morning}|(heute{day=today}|morgen{day=tomorrow}) ` +
  'um {time}|um {time})';

/** "outside" is a word of its own, so that a thermometer of the house goes before the service. */
export const nowSays = {
  en: [
    `what is the weather ${like} ${now}`,
    `how is the weather ${like} ${now}`,
    `what is the weather ${like} ${now} ${at} ${now}`,
    `how is the weather ${now} ${at} ${now}`,
    `[the] [current] weather [now|right now|please]`,
    '[the] [current] weather (in|for) {place}',
    '(tell|give) me the [current] weather [report]',
    '(tell|give) me the [current] weather [report] (in|for) {place}',
    'what does it look like outside',
    'how is it [looking] outside',
    'weather report',
    'how {asked} is it outside [now|right now|today]',
    'is it {asked} outside [now|right now|today]',
    'what is the weather outside [now|right now|today]',
    `how {asked} is it ${now} in {place} ${now}`,
    'what is the temperature in {place} [now|right now|today]{asked=warm}',
    'is it {asked} in {place} [now|right now|today]',
  ],
  de: [
    `wie ist das wetter ${jetzt} [draußen]`,
    `wie ist ${jetzt} das wetter ${jetzt}`,
    `wie ist das wetter ${jetzt} in {place} ${jetzt}`,
    `was für (ein|) wetter (haben wir|ist) ${jetzt}`,
    `was für wetter ist ${jetzt} in {place} ${jetzt}`,
    '[das] [aktuelle] wetter',
    '[das] [aktuelle] wetter (in|für) {place}',
    '(wie sieht es|wie ist es) draußen [gerade] [aus]',
    'was sagt der wetterbericht',
    '[der] wetterbericht',
    `wie (warm{asked=warm}|kalt{asked=cold}|heiß{asked=hot}|windig{asked=windy}) ist es ` +
      `${jetzt} in {place} ${jetzt}`,
    `ist es ${jetzt} (warm{asked=warm}|kalt{asked=cold}|heiß{asked=hot}|windig{asked=windy}) ` +
      'in {place}',
    `wie viel grad (hat es|sind es) ${jetzt} in {place}{asked=warm}`,
  ],
};

const rain = '{asked=rain}';
const schirm = '(einen|den|meinen) [regen] (schirm|regenschirm){asked=umbrella}';
const hourSays = {
  en: [
    `what (is|will) the weather [be] ${like} ${when}`,
    `what is the weather going to be [like] ${when}`,
    `how (is|will) the weather [be|going to be|looking] ${when}`,
    `what (is|will) the weather [be] ${like} ${when} ${at}`,
    `what (is|will) the weather [be] ${like} ${at} ${when}`,
    `[what is|tell me|give me] [the] [weather] forecast ${when}`,
    `[what is|tell me|give me] [the] weather forecast`,
    `[what is|tell me|give me] [the] weather forecast (in|for) {place}`,
    `[what is|tell me|give me] [the] [weather] forecast for {place} ${when}`,
    `[the] weather ${when} [in {place}]`,
    `(will|is) it [going to] (rain|raining) [${when}]${rain}`,
    `(will|is) it [going to] rain [${when}] ${at} [${when}]${rain}`,
    `(is there|will there be) [any] rain [expected] [${when}] [in {place}]${rain}`,
    `does it rain ${when} [in {place}]${rain}`,
    `what is the (chance|probability) of rain [${when}] [in {place}]${rain}`,
    `(do|will|should) (i|we) [need|take|bring] [to take|to bring] an umbrella [with me|with us] ` +
      `[${when}] [in {place}]{asked=umbrella}`,
    `(do|will) (i|we) need a (rain coat|raincoat|rain jacket) [${when}]{asked=umbrella}`,
    `(will|is) it [going to] snow [${when}] [in {place}]{asked=snow}`,
    `(is there|will there be) [any] snow [${when}] [in {place}]{asked=snow}`,
    `(will|is) (it|there) [going to] (freeze|frost|be freezing|be frost|be any frost) ` +
      `[${when}] [in {place}]{asked=frost}`,
    `how (warm|cold|hot) (will it|is it going to) (be|get) [${when}] [in {place}]` +
      '{asked=temperature}',
    `how (warm|cold|hot) (will it|is it going to) (be|get) in {place} ${when}{asked=temperature}`,
    `(will it|is it going to) (be|get) (warm|cold|hot) [${when}] [in {place}]{asked=temperature}`,
    `what [will] [is] the temperature [be|going to be] ${when} [in {place}]{asked=temperature}`,
    `how windy (will it|is it going to) (be|get) [${when}] [in {place}]{asked=wind}`,
    `(will it|is it going to) be windy [${when}] [in {place}]{asked=wind}`,
  ],
  de: [
    `wie wird [denn] das wetter [${wann}] [in {place}]`,
    `wie wird [denn] ${wann} das wetter [in {place}]`,
    `wie wird das wetter in {place} [${wann}]`,
    `wie ist das wetter (morgen{day=tomorrow}|übermorgen{day=day_after_tomorrow}|` +
      `am wochenende{day=weekend}|am ${wochentag}) [in {place}]`,
    `[das] wetter [für] ${wann} [in {place}]`,
    `[die] wettervorhersage [für] [${wann}] [in {place}]`,
    `[die] wettervorhersage für {place}`,
    `(regnet es|wird es regnen|kommt regen|gibt es regen) [${wann}] [in {place}]${rain}`,
    `(regnet es|gibt es regen) in {place} ${wann}${rain}`,
    `wird es ${wann} [in {place}] regnen${rain}`,
    `wie (hoch|groß) ist die regenwahrscheinlichkeit [${wann}] [in {place}]${rain}`,
    `(brauche ich|brauchen wir|soll ich) [${wann}] ${schirm} [mitnehmen] [in {place}]`,
    `(brauche ich|brauchen wir|soll ich) ${schirm} ${wann} [mitnehmen] [in {place}]`,
    `(schneit es|wird es schneien|gibt es schnee|kommt schnee) [${wann}] [in {place}]{asked=snow}`,
    `wird es ${wann} [in {place}] schneien{asked=snow}`,
    `(friert es|gibt es frost|wird es frieren|wird es frost geben) [${wann}] [in {place}]` +
      '{asked=frost}',
    `wird es ${wann} [in {place}] frieren{asked=frost}`,
    `wie (warm|kalt|heiß) wird es [${wann}] [in {place}]{asked=temperature}`,
    `wie (warm|kalt|heiß) wird es in {place} ${wann}{asked=temperature}`,
    `wird es ${wann} [in {place}] (warm|kalt|heiß){asked=temperature}`,
    `wie windig wird es [${wann}] [in {place}]{asked=wind}`,
    `wird es ${wann} [in {place}] (windig|stürmisch){asked=wind}`,
  ],
};

const uebermorgen = 'übermorgen{day=day_after_tomorrow}';
const tag = `(heute{day=today}|morgen{day=tomorrow}|${uebermorgen}|am ${wochentag})`;
const sunDay = '[[on] {day}]';
const sunSays = {
  en: [
    `when (does|will) the sun (set{asked=sunset}|go down{asked=sunset}|rise{asked=sunrise}|` +
      `come up{asked=sunrise}) ${sunDay} [in {place}]`,
    `(when|what time) is [the] (sunset{asked=sunset}|sunrise{asked=sunrise}) ${sunDay} ` +
      '[in {place}]',
    `what time (does|will) the sun (set{asked=sunset}|go down{asked=sunset}|` +
      `rise{asked=sunrise}|come up{asked=sunrise}) ${sunDay} [in {place}]`,
    'when (does|will) it get dark [today|tonight|tomorrow{day=tomorrow}] [in {place}]' +
      '{asked=sunset}',
    'when (does|will) it get light [today|tomorrow{day=tomorrow}] [in {place}]{asked=sunrise}',
  ],
  de: [
    `wann geht [${tag}] die sonne [${tag}] [in {place}] (unter{asked=sunset}|auf{asked=sunrise})`,
    `wann ist [${tag}] [der] (sonnenuntergang{asked=sunset}|sonnenaufgang{asked=sunrise}) ` +
      `[${tag}] [in {place}]`,
    'wann wird es [heute|morgen{day=tomorrow}] (dunkel{asked=sunset}|hell{asked=sunrise}) ' +
      '[in {place}]',
    `um wie viel uhr geht [${tag}] die sonne (unter{asked=sunset}|auf{asked=sunrise})`,
  ],
};

export const forecastSays = {
  en: [...hourSays.en, ...sunSays.en],
  de: [...hourSays.de, ...sunSays.de],
};

const trip = '(trip|journey|holiday|vacation|travels)';
const reise = '(reise|urlaub|ausflug|fahrt)';
export const tripSays = {
  en: [
    `what (is|will) the weather [be] ${like} (for|on|during) (my|our|the) [next] ${trip}`,
    `what (is|will) the weather [be] ${like} (for|on|during) (my|our|the) [next] ${trip} ` +
      'to {place}',
    `how (is|will) the weather [be|looking|going to be] (for|on|during) (my|our|the) [next] ` +
      `${trip} ` +
      '[to {place}]',
    `[the] weather (for|on|during) (my|our|the) [next] ${trip} [to {place}]`,
    `[what is|tell me] the [weather] forecast for (my|our|the) [next] ${trip} [to {place}]`,
    `(will|is) it [going to] rain (on|during) (my|our|the) [next] ${trip} [to {place}]`,
    `how (warm|cold|hot) will it be (on|during) (my|our|the) [next] ${trip} [to {place}]`,
    `do (i|we) need an umbrella (for|on) (my|our|the) [next] ${trip} [to {place}]`,
    `(tell|give) me the weather (for|on) (my|our|the) [next] ${trip} [to {place}]`,
  ],
  de: [
    `wie (wird|ist) das wetter (auf|bei|für|während|in) (meiner|unserer|der|meine|unsere|die|` +
      `meinem|unserem|dem|meinen|unseren|den) [nächsten|nächste] ${reise} [nach {place}]`,
    `[das] wetter (für|auf) (meine|unsere|die|meiner|unserer|der|meinen|unseren|den) ` +
      `[nächste|nächsten] ${reise} [nach {place}]`,
    `regnet es (auf|bei|während|in) (meiner|unserer|der|meinem|unserem|dem) [nächsten] ${reise} ` +
      '[nach {place}]',
    `wie (warm|kalt|heiß) wird es (auf|bei|während|in) (meiner|unserer|der|meinem|unserem|dem) ` +
      `[nächsten] ${reise} [nach {place}]`,
    `was sagt das wetter (für|zu) (meine|unsere|meiner|unserer|meinen|unseren) ${reise}`,
  ],
};

const any = '[any|some]';
export const alertSays = {
  en: [
    `(are|is) there ${any} [severe] weather (warnings|warning|alerts|alert) [now|today|right now]`,
    `(are|is) there ${any} [severe] weather (warnings|warning|alerts|alert) (in|for) {place}`,
    '[what are the|tell me the|show me the|any] [severe|current] weather (warnings|alerts)',
    '(is|will) there [be] a storm [coming|expected|on the way]',
    'is there a (storm|thunderstorm) coming [to {place}]',
    '(is|are) (there|any) [a] (thunderstorm|thunderstorms) (coming|expected|on the way)',
    'will there be a (thunderstorm|storm) [today|tonight|tomorrow]',
    '(will the weather|is the weather going to) (be|get) dangerous',
    'do (i|we) have to worry about the weather',
    'should (i|we) be worried about the weather',
  ],
  de: [
    'gibt es [eine|irgendwelche] (unwetterwarnung|unwetterwarnungen|wetterwarnung|' +
      'wetterwarnungen) ' +
      '[für {place}]',
    '[die] [aktuellen] (unwetterwarnungen|wetterwarnungen)',
    '(gibt es|kommt) [heute|morgen] [ein] (unwetter|sturm|gewitter)',
    '(gibt es|kommt) [heute|morgen] [einen|ein] (sturm|gewitter)',
    'zieht ein (unwetter|sturm|gewitter) auf',
    'wird das wetter gefährlich',
    '(muss ich mir|müssen wir uns) [sorgen] wegen (des wetters|dem wetter) [sorgen] machen',
  ],
};
