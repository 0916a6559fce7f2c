/** Two hundred things that people say at home, none of which asks for a skill. */

const english = `turn on the kitchen lights|set a timer for ten minutes|what time is it
what's the weather like|will it rain tomorrow|play some jazz in the living room|turn it up a bit
add milk to the shopping list|what's on my calendar today|do I have any new mail|lock the front door
is the garage open|how warm is it in the bedroom|close the blinds in the office|good morning
tell me a joke|who was the first person on the moon|how do I boil an egg|what is seven times eight
call me in an hour|cancel the tea timer|which lights are on upstairs|open the bedroom window
start the vacuum cleaner|is anyone home|where is Anna|remember that I like green tea
what did I tell you about my sister|forget that|what's the capital of Portugal|thank you|never mind
how tall is the Eiffel Tower|turn off the television|pause the music|skip this song
what's the news|read me my shopping list|when is my dentist appointment
how long is the drive to work
it's too cold in here|set the heating to twenty one degrees|turn the fan off|dim the desk lamp
what's for dinner|do we have any eggs left|when does the shop close|how many calories has a banana
my back hurts|I'm hungry|that was great|you are funny|can you speak German|what's your name
how old are you|who made you|what day is it tomorrow|when is Easter|how far away is the moon
spell accommodation|translate hello into French|write a birthday card for my mother
what is a good recipe for lasagna|how do I remove a wine stain|recommend a book|who wrote Faust
is the washing machine done|when did the front door last open|how much power do we use
restart the router|is the internet down|block that website|turn the ad blocker off for five minutes
what's the score of the game|when is the next train to the city|do I need an umbrella
take a note that the plumber comes at nine|find the document about the insurance|any parcels today
when does the sun set|how humid is it in the bathroom|turn on the alarm|is the back door locked
make the lights in the hall blue|set the volume to thirty percent|wake me at seven
what's the meaning of life|I love this song|how was your day|why is the sky blue|say that again
louder please|stop|yes|no|okay|go on|what do you think of politics|tell my wife I'm late
did somebody ring the bell|count to ten|flip a coin|how much is fifty euros in dollars|good evening
I watched the football yesterday|we had a nice dinner|the dog needs a walk|water the plants tomorrow
it's very bright in here`;

const german = `mach das Licht in der Küche an|stell einen Timer auf zehn Minuten|wie spät ist es
wie ist das Wetter|regnet es morgen|spiel etwas Jazz im Wohnzimmer|mach lauter|guten Morgen
setz Milch auf die Einkaufsliste|was steht heute in meinem Kalender|habe ich neue Mails
schließ die Haustür ab|ist die Garage offen|wie warm ist es im Schlafzimmer|mach die Rollos zu
erzähl mir einen Witz|wer war der erste Mensch auf dem Mond|wie kocht man ein Ei
was ist sieben mal acht|lösch den Teetimer|welche Lichter sind oben an|starte den Staubsauger
ist jemand zu Hause|wo ist Anna|merk dir dass ich grünen Tee mag|vergiss das|danke|schon gut
was ist die Hauptstadt von Portugal|wie hoch ist der Eiffelturm|mach den Fernseher aus
mach die Musik leiser|nächstes Lied|was gibt es Neues|lies mir die Einkaufsliste vor
wann ist mein Zahnarzttermin|wie lange fahre ich zur Arbeit|es ist zu kalt hier
stell die Heizung auf einundzwanzig Grad|was gibt es zum Abendessen|haben wir noch Eier
wann macht der Laden zu|wie viele Kalorien hat eine Banane|mein Rücken tut weh|ich habe Hunger
das war toll|du bist witzig|wie heißt du|wie alt bist du|welcher Tag ist morgen|wann ist Ostern
wie weit ist der Mond weg|was heißt hallo auf Französisch|schreib eine Karte für meine Mutter
ein gutes Rezept für Lasagne|wie bekomme ich Rotwein aus dem Teppich|empfiehl mir ein Buch
ist die Waschmaschine fertig|wann war die Haustür zuletzt offen|wie viel Strom brauchen wir
starte den Router neu|ist das Internet weg|wann fährt der nächste Zug in die Stadt
brauche ich einen Schirm|notier dass der Klempner um neun kommt|ist heute ein Paket gekommen
wann geht die Sonne unter|wie feucht ist es im Bad|schalt die Alarmanlage ein|weck mich um sieben
mach das Licht im Flur blau|wer hat Faust geschrieben|warum ist der Himmel blau|sag das noch mal
stopp|ja|nein|mach weiter|hat es geklingelt|zähl bis zehn|wirf eine Münze|guten Abend
der Hund muss raus|gieß morgen die Blumen|es ist sehr hell hier|wir hatten ein gutes Abendessen
ruf mich in einer Stunde|was hältst du von Politik|ich liebe dieses Lied|wie war dein Tag
sag meiner Frau dass ich später komme|wie viel sind fünfzig Euro in Dollar`;

const said = (text: string): string[] => text.split(/[|\n]/);

export const householdTalk = {
  en: said(english),
  de: said(german),
  all: [...said(english), ...said(german)],
};
