/** How people ask for the time, the date and timers, in English and German. */

const now = '[(right now|now|at the moment|currently|here|over there)]';
const jetzt = '[(jetzt|gerade|aktuell|denn)]';

export const timeSays = {
  en: [
    `what time is it ${now}`,
    `what time it is ${now}`,
    `what is the [current|exact|local|correct] time ${now}`,
    `(tell|give) me the [current|exact] time ${now}`,
    `(tell me|let me know) what time it is ${now}`,
    `(do you know|do you have|have you got|got) (what time it is|the time) ${now}`,
    'what time (do you have|do we have|have you got|have we got)',
    '[the] [current] time',
    'time check',
    'how late is it',
    'what hour is it',
    'what does the clock say',
    'i (want|need|would like) to know (what time it is|the time)',
    'check the time',
    'say the time',
    `what time is it [right now|now|currently] [over] in {place} ${now}`,
    `what time it is [right now|now] [over] in {place} ${now}`,
    `what is the [current|local|exact] time [right now|now] [over] in {place} ${now}`,
    '(tell|give) me the [current|local] time in {place}',
    '(tell me|let me know|do you know) what time it is [right now|now] [over] in {place}',
    'do you (know|have) the time in {place}',
    '[the] [current|local] time in {place}',
    'how late is it [now] in {place}',
    'what time (do they have|have they got) in {place}',
    'in {place} what time is it',
    'what time in {place}',
  ],
  de: [
    `wie spät ist es ${jetzt} [hier]`,
    `wie spät es ist`,
    `wie viel uhr ist es ${jetzt}`,
    `wieviel uhr ist es ${jetzt}`,
    'wie viel uhr haben wir [es]',
    'wie spät haben wir [es]',
    'was ist die [genaue|aktuelle] uhrzeit',
    'welche uhrzeit (ist es|haben wir)',
    '[die] uhrzeit',
    '(nenn|nenne) mir die [genaue|aktuelle] uhrzeit',
    '(mir|uns) (wie spät es ist|die uhrzeit [sagen])',
    '(weißt du|kannst du mir sagen) wie spät es ist',
    'was sagt die uhr',
    'wie spät ist es [jetzt|gerade] in {place} [jetzt|gerade]',
    'wie viel uhr ist es [jetzt|gerade] in {place}',
    '[welche] uhrzeit [ist es] in {place}',
    'weißt du wie spät es in {place} ist',
    'wie spät es in {place} ist',
  ],
};

const welcherTag = '(welcher tag|welches datum|der wievielte|was für ein tag)';
const wochentag =
  '(montag{day=monday}|dienstag{day=tuesday}|mittwoch{day=wednesday}|donnerstag{day=thursday}|' +
  'freitag{day=friday}|samstag{day=saturday}|sonntag{day=sunday})';

export const dateSays = {
  en: [
    `what day is it [{day}] ${now}`,
    'what day it is [{day}]',
    `(what|which) (day|weekday) (of the week|of the month) is it [{day}]`,
    `(what|which) weekday is it [{day}]`,
    `what is the [current] date [on] [{day}] ${now}`,
    `what date is it [{day}]`,
    `what is today's date`,
    `what is tomorrow's date{day=tomorrow}`,
    `what was yesterday's date{day=yesterday}`,
    `[today's|the] [current] date [today]`,
    'what (day|date) (is|was) [it] {day}',
    'what (day|date) will it be {day}',
    'what (is|was) {day}',
    '(tell|give) me [what] (the date|the day|day it is|date it is) [{day}]',
    '(tell|give) me the date (for|on|of) {day}',
    'which day is (it [{day}]|{day})',
    'do you know (the date|what day it is|what date it is)',
    'what month (is it|are we in|is this){part=month}',
    'what year (is it|are we in|is this){part=year}',
    '(what day is it|what is the date|what date is it) [today|now] in {place}',
  ],
  de: [
    `(welcher|was für ein) (tag|wochentag) (ist|haben wir) [heute|es] ${jetzt}`,
    '(welches datum|den wievielten) (haben wir|ist) [heute|es]',
    'der wievielte ist heute',
    'was ist heute für ein tag',
    'was für einen tag haben wir [heute]',
    'welchen tag haben wir [heute]',
    '[was ist] das [heutige] datum [von heute]',
    '[das] datum',
    `${welcherTag} ist (morgen{day=tomorrow}|übermorgen{day=day_after_tomorrow})`,
    `${welcherTag} war (gestern{day=yesterday}|vorgestern{day=day_before_yesterday})`,
    `welches datum ist [am] [nächsten] ${wochentag}`,
    'welchen monat haben wir{part=month}',
    'welcher monat ist (es|jetzt|gerade){part=month}',
    '(welches jahr (haben wir|ist es)|in welchem jahr sind wir){part=year}',
    'welcher tag ist [heute|gerade|jetzt] in {place}',
  ],
};

const start =
  '(set|start|make|create|add|give me|put on|run|begin|i need|i want|i would like|get me) ' +
  '[me|us|up]';
const one = '(a|an|the|my|another|a new|a second|one more)';
const whose = '(the|my|that|this)';

const stell = '(stell|stelle|setz|setze|starte|start|mach|mache) [mir|uns]';
const einen = '(einen|den|noch einen|einen neuen)';
const auf = '(auf|für|von|über|mit)';
const artikel = '(die|den|das|meinen|meine|mein)';

export const setTimerSays = {
  en: [
    `${start} [${one}] timer (for|of|to|at) {seconds} [for [the|my] {name}]`,
    `${start} [${one}] {seconds} timer [for [the|my] {name}]`,
    `${start} [${one}] {name} timer (for|of|to) {seconds}`,
    `${start} [${one}] {seconds} {name} timer`,
    `${start} [${one}] timer (called|named) {name} (for|of) {seconds}`,
    `${start} [${one}] timer (for|of) {seconds} (called|named) {name}`,
    `${start} [${one}] {seconds} timer (called|named) {name}`,
    `${start} [${one}] timer for [the|my] {name} (for|of) {seconds}`,
    `${start} [${one}] timer for [the|my] {name} {seconds}`,
    `${start} [${one}] countdown (for|of|from) {seconds}`,
    `${start} [${one}] timer`,
    `[a|another] timer (for|of) {seconds} [for [the|my] {name}]`,
    '[a|another] {seconds} timer [for [the|my] {name}]',
    '[a] {name} timer (for|of) {seconds}',
    '[a] {seconds} {name} timer',
    '[set] timer {seconds}',
    '(count down|countdown) [from|for] {seconds}',
    'time {seconds} [for me]',
    '(tell|alert|notify|remind|wake|call|ping|warn) me [up] (in|after) {seconds}',
    'let me know (in|after) {seconds}',
    '(tell me|let me know) when {seconds} (are|is|have|has) (up|over|passed|gone)',
  ],
  de: [
    `${stell} [${einen}] timer ${auf} {seconds} [für [${artikel}] {name}]`,
    `${stell} [${einen}] {seconds} timer [für [${artikel}] {name}]`,
    `${stell} [${einen}] {name} timer ${auf} {seconds}`,
    `${stell} [${einen}] timer für [${artikel}] {name} ${auf} {seconds}`,
    `${stell} ${einen} timer`,
    `[${einen}] timer ${auf} {seconds} [(stellen|setzen|starten)]`,
    `[${einen}] {name} timer ${auf} {seconds} [(stellen|setzen|starten)]`,
    `[${einen}] {seconds} timer [(stellen|setzen|starten)]`,
    'timer {seconds}',
    '(erinnere|weck|wecke|ruf|informiere) mich in {seconds}',
    '(sag|sage) (mir|uns) in {seconds} bescheid',
    '(mir|uns) in {seconds} bescheid [sagen|geben]',
    'gib mir in {seconds} bescheid',
    '(countdown|zähl) [von] {seconds} [herunter|runter]',
  ],
};

const soFar = '(left|remaining|to go)';
const have = '[is|do i have|is there|have i got]';
const howMuch = 'how (much time|long|much|much longer)';
const over = '(done|up|over|finished|finish|end|go off|ring)';

export const timersSays = {
  en: [
    `${howMuch} ${have} ${soFar} [(on|for|of|in) ${whose} [{name}] timer]`,
    `${howMuch} ${have} ${soFar} (on|for|of) ${whose} timer for [the|my] {name}`,
    `${howMuch} ${have} ${soFar} (on|for) [the|my] {name}`,
    `how much longer [(on|for|of) ${whose} [{name}] timer]`,
    `how long (does|will|has) ${whose} [{name}] timer (have|take|run|got) [left|to go|still]`,
    `how long (until|till|before) ${whose} [{name}] timer [is|goes] [done|up|over|off|ends|rings]`,
    `when (is|does|will) ${whose} [{name}] timer [be] ${over}`,
    `(what|which) timers (are|do i have|have i got) [still] [running|set|active|on|left|going]`,
    `(list|show|read|show me|tell me|read me) [all] [of] [my|the] [running|active] timers`,
    '(are there|do i have|have i got) (any|a) (timer|timers) [running|set|active|left|on]',
    'is (there a|a|any|my|the) timer [still] [running|set|active|on|left]',
    'how many timers (are|do i have|have i got|are there) [running|set|active|left]',
    '[what are] my timers',
    'timers',
    `(timer status|status of ${whose} [{name}] timer)`,
    `(check|check on) ${whose} [{name}] timer`,
    `how is ${whose} [{name}] timer [doing|going|looking]`,
    'what is (left on|the status of) [the|my] [{name}] timer',
  ],
  de: [
    'wie (lange|lang|viel zeit) [läuft|hat|geht|bleibt] [noch] (der|mein) [{name}] timer [noch]',
    'wie (lange|lang) [noch]',
    'wie viel zeit (ist|bleibt|habe ich) [noch] [übrig] ' +
      '[(auf|bei|für) (dem|den|meinem) [{name}] timer] [übrig]',
    'wie lange (dauert|braucht) (der|mein) [{name}] timer noch',
    'wann (ist|läuft|klingelt) (der|mein) [{name}] timer [fertig|ab|zu ende]',
    'welche timer (laufen|habe ich|sind) [gerade|gestellt|aktiv]',
    '(läuft|laufen) [gerade|noch] (ein|irgendein|der|noch) [{name}] timer',
    'habe ich [noch|einen|irgendwelche] timer [laufen|gestellt]',
    'wie viele timer (laufen|habe ich) [gerade]',
    '(zeig|zeige|nenn|nenne|lies) [mir] [alle|meine|die] timer [vor]',
    'meine timer',
    'was läuft',
  ],
};

const end = '(cancel|stop|delete|remove|clear|end|kill|dismiss|forget|abort|turn off|switch off)';

const lösch = '(stopp|stoppe|lösch|lösche|beende|entferne|storniere)';

export const cancelSays = {
  en: [
    `${end} [${whose}|a] timer`,
    `${end} [${whose}] {name} timer`,
    `${end} [${whose}] {seconds} timer`,
    `${end} [${whose}] timer (for|called|named) [the|my] {name}`,
    `${end} [${whose}] timer (for|of) {seconds}`,
    `${end} all [of] [the|my|running] timers{all=true}`,
    `${end} (every|each) timer{all=true}`,
    `${end} (both|both of) [the|my] timers{all=true}`,
    `${end} (my|the) timers{all=true}`,
    `(turn|switch) ${whose} [{name}] timer off`,
    `i do not (need|want) ${whose} [{name}] timer [any more|any longer]`,
    `(never mind|forget about|get rid of) ${whose} [{name}] timer`,
    `${whose} [{name}] timer off`,
    'no more timers{all=true}',
    'timer off',
  ],
  de: [
    `${lösch} (den|meinen|diesen) timer`,
    `${lösch} (den|meinen) {name} timer`,
    `${lösch} (den|meinen) timer (für|namens) [die|den|das] {name}`,
    `${lösch} (den|meinen) {seconds} timer`,
    `${lösch} (alle|meine) timer{all=true}`,
    '(brich|breche) (den|meinen) [{name}] timer ab',
    '(brich|breche) alle timer ab{all=true}',
    '(mach|mache|schalt|schalte) (den|meinen) [{name}] timer aus',
    '(mach|mache|schalt|schalte) alle timer aus{all=true}',
    '(den|meinen) [{name}] timer (löschen|abbrechen|stoppen|beenden|ausschalten)',
    'alle timer (löschen|abbrechen|stoppen|beenden){all=true}',
    'ich brauche den [{name}] timer nicht mehr',
    '[{name}] timer (aus|löschen|abbrechen|stoppen)',
  ],
};

export const changeSays = {
  en: [
    `add [another] {seconds} [more] [to ${whose} [{name}] timer]`,
    `add [another] {seconds} [more] (to|for) [the|my] {name}`,
    `(extend|lengthen|increase|prolong) ${whose} [{name}] timer by {seconds}`,
    `give ${whose} [{name}] timer [another] {seconds} [more]`,
    `(give me|i need) (another {seconds}|{seconds} more) [(on|for) ${whose} [{name}] timer]`,
    `{seconds} (more|longer|extra) [(on|for) ${whose} [{name}] timer]`,
    'another {seconds}',
    `put (another {seconds}|{seconds} more) on ${whose} [{name}] timer`,
    `make ${whose} [{name}] timer {seconds} longer`,
    `(take|subtract|remove) {seconds} (off|from|off of) ${whose} [{name}] timer{less=true}`,
    `(shorten|reduce|decrease|cut) ${whose} [{name}] timer by {seconds}{less=true}`,
    `make ${whose} [{name}] timer {seconds} shorter{less=true}`,
  ],
  de: [
    '(verlänger|verlängere|erhöhe) (den|meinen) [{name}] timer um {seconds}',
    '(gib|füge) (dem|meinem) [{name}] timer [noch] {seconds} [mehr|dazu|hinzu]',
    '(stell|stelle|mach|mache) (den|meinen) [{name}] timer {seconds} länger',
    '(noch|nochmal|weitere) {seconds} [mehr|länger] [(auf|für) den [{name}] timer]',
    '{seconds} (mehr|länger) [(auf|für) den [{name}] timer]',
    '(verkürz|verkürze) (den|meinen) [{name}] timer um {seconds}{less=true}',
    '(zieh|ziehe) {seconds} vom [{name}] timer ab{less=true}',
    '(stell|stelle|mach|mache) (den|meinen) [{name}] timer {seconds} kürzer{less=true}',
  ],
};
