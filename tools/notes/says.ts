/** What people say to have something noted, to hear notes again, and to have them deleted. */

const spanEnglish =
  '(today{when=today}|yesterday{when=yesterday}|this week{when=this_week}|' +
  'last week{when=last_week}|this month{when=this_month})';
const spanGerman =
  '(heute{when=today}|gestern{when=yesterday}|diese Woche{when=this_week}|' +
  'dieser Woche{when=this_week}|letzte Woche{when=last_week}|letzter Woche{when=last_week}|' +
  'diesen Monat{when=this_month}|diesem Monat{when=this_month})';

const secret = '(a private note|a personal note|a note for myself|a note just for me)';
const own = '[my|our|the]';

export const addSays = {
  en: [
    'note that {text}',
    '(make|take|write|add|leave) a note that {text}',
    '(make|take) note that {text}',
    '(make|take|write down|add) a note of {text}',
    '(make|take|write|write down|add) a note {text}',
    'write down that {text}',
    `(make|take|write|add) ${secret} [that|of] {text}{private=true}`,
    'note (for myself|just for me|privately) that {text}{private=true}',
    'note to self {text}{private=true}',
    '(make|leave|write) a note for (everybody|everyone|the household|the family) [that] {text}',
  ],
  de: [
    '(notier|notiere) [dir] dass {text}',
    '(notier|notiere) [dir] {text}',
    '(mach|mache|schreib|schreibe) [dir] eine notiz [dass] {text}',
    '(mach|mache|schreib|schreibe) [dir] eine private notiz [dass] {text}{private=true}',
    '(mach|mache|schreib|schreibe) [dir] eine persönliche notiz [dass] {text}{private=true}',
    '(notier|notiere) (nur für mich|privat) [dass] {text}{private=true}',
    'schreib auf dass {text}',
  ],
};

export const findSays = {
  en: [
    'what did (i|we) (note|note down|write down) [about|on] {about}',
    `what do ${own} notes say about {about}`,
    `(find|search|look up|look for) ${own} (note|notes) (about|on|with|for) {about}`,
    `(find|search|look up) (in|through) ${own} notes (about|for) {about}`,
    `(read|show|tell) me ${own} (note|notes) (about|on) {about}`,
    `(do we have|do i have|is there|are there) [a|any] (note|notes) (about|on) {about}`,
    'when did (i|we) note [that|about] {about}',
    `(read|show|tell) me ${own} notes`,
    `read [out] ${own} notes`,
    `(read|show|tell) me ${own} notes (from|of) ${spanEnglish}`,
    `read [out] ${own} notes (from|of) ${spanEnglish}`,
    `what did (i|we) (note|note down|write down) ${spanEnglish}`,
    `what notes (do i have|do we have|are there|did i make|did we make) [from] [${spanEnglish}]`,
    `(read|show|tell) me ${own} (last|latest|newest) (note|notes)`,
  ],
  de: [
    'was (habe ich|haben wir) [über|zu|zur|zum] {about} notiert',
    `was steht in ${'[meinen|unseren|den]'} notizen (über|zu|zur|zum) {about}`,
    '(such|suche|finde) [meine|unsere|die] (notiz|notizen) (über|zu|zur|zum) {about}',
    'gibt es [eine|eine private] (notiz|notizen) (über|zu|zur|zum) {about}',
    '(lies|lese) [mir] [meine|unsere|die] notizen [vor]',
    `(lies|lese) [mir] [meine|unsere|die] notizen (von|aus) ${spanGerman} [vor]`,
    `was (habe ich|haben wir) ${spanGerman} notiert`,
    'zeig [mir] [meine|unsere|die] notizen',
  ],
};

export const removeSays = {
  en: [
    '(delete|remove|erase|throw away) (the|my|our) (note|notes) (about|on|that|with) {about}',
    '(delete|remove|erase) (the|my|our) {about} note',
    'get rid of (the|my|our) (note|notes) (about|on) {about}',
    'forget (the|my|our) (note|notes) (about|on) {about}',
  ],
  de: [
    '(lösch|lösche) (die|meine|unsere) (notiz|notizen) (über|zu|zur|zum|mit) {about}',
    '(entfern|entferne) (die|meine|unsere) (notiz|notizen) (über|zu|zur|zum|mit) {about}',
    '(vergiss|wirf) (die|meine|unsere) (notiz|notizen) (über|zu|zur|zum) {about} [weg]',
  ],
};
