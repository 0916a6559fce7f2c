/** What people say to put things on a list, hear it, tick them off, and empty it. */

const list = '[the|my|our] {list} list';
const bare = '[the|my|our] list';
const die = '(die|den|meine|meinen|unsere|unseren)';
/** German names a list in one word. */
const liste =
  '(einkaufsliste{list=shopping}|einkaufszettel{list=shopping}|packliste{list=packing}|' +
  'wunschliste{list=wish}|aufgabenliste{list=to do}|to do liste{list=to do}|' +
  'todo liste{list=to do}|todoliste{list=to do}|geschenkeliste{list=gift}|liste {list}|liste)';

export const addSays = {
  en: [
    `(add|put|write|place) {items} (to|on|onto|in|into) ${list}`,
    `(add|put|write) {items} (to|on) ${bare}`,
    '(add|put|write|note) {items} (to|on) [the|my] (to do|todo) list{list=to do}',
    `${list} add {items}`,
    `(add|put) (on|to) ${list} {items}`,
    `(we|i) (need|want) {items} on ${list}`,
    `(note|write) down {items} (on|for) ${list}`,
    `{items} (goes|go|should go|belongs|belong) on ${list}`,
    `(get|stick|jot) {items} on ${list}`,
    `{items} (to|on|onto) the {list} list`,
    'i have to buy {items}',
    'we (are out of|need to buy|have to buy|ran out of) {items}',
    '(remind me to buy|remember to buy) {items}',
    'add {items} to the (groceries|shopping){list=shopping}',
  ],
  de: [
    `(setz|setze|schreib|schreibe|pack|packe|tu) {items} auf ${die} ${liste}`,
    `{items} auf die ${liste} [setzen|schreiben]`,
    `füg {items} (zur|der) ${liste} hinzu`,
    `füge {items} (zur|der) ${liste} hinzu`,
    'wir (brauchen|müssen) {items} (kaufen|besorgen)',
    'ich muss {items} (kaufen|besorgen)',
    'wir haben kein {items} mehr',
    'wir haben keine {items} mehr',
  ],
};

export const doneSays = {
  en: [
    `(tick|check|cross) {items} off ${list}`,
    `(tick|check|cross) {items} off ${bare}`,
    `(tick|check|cross) off {items} (on|from) ${list}`,
    '(tick|check|cross) off {items}',
    `mark {items} (as done|as bought|done|as complete|as completed) [on ${list}]`,
    '(i|we) (have|) (bought|got) {items}',
    'complete {items} on [the|my] {list} list',
    '{items} (is|are) (done|bought) on the {list} list',
  ],
  de: [
    `(hak|hake|streich|streiche) {items} (von|auf) (der|dem|meiner|unserer) ${liste} [ab]`,
    '(hak|hake) {items} ab',
    '{items} (abhaken|ist gekauft|sind gekauft)',
    '(ich habe|wir haben) {items} gekauft',
  ],
};

export const removeSays = {
  en: [
    `(take|remove|strike|delete|drop) {items} (off|from) ${list}`,
    `(take|remove|delete) {items} (off|from) ${bare}`,
    `(take|remove) off {items} from ${list}`,
    `we do not need {items} on ${list} [any more]`,
  ],
  de: [
    `(nimm|lösch|lösche|entfern|entferne) {items} (von|aus|vom) [der|dem|meiner|unserer] ${liste}`,
    `{items} (von|aus) der ${liste} (nehmen|löschen|entfernen)`,
    `{items} muss nicht [mehr] auf die ${liste}`,
  ],
};

export const readSays = {
  en: [
    `what is on ${list}`,
    `what is on ${bare}`,
    `(read|tell|show) me ${list}`,
    `read [out] ${list}`,
    `read [out] ${bare}`,
    'what (do we|do i|should i) (need to buy|have to buy|buy)',
    'what (do we|do i) need from the (shop|store|supermarket){list=shopping}',
    'what is (left|still) on [the|my] {list} list',
    '(what are|list) the (items|things) on [the|my|our] {list} list',
    'is (there anything|anything) on [the|my|our] {list} list',
    'what have (i|we) got on [the|my|our] {list} list',
    'how (long is|many things are on) [the|my] {list} list',
    `is [there] {item} on ${list}`,
    `(do we have|have we got) {item} on ${list}`,
  ],
  de: [
    `was steht [noch|alles] auf (der|dem|meiner|meinem|unserer|unserem) ${liste}`,
    `was ist [noch|alles] auf (der|dem|meiner|meinem|unserer|unserem) ${liste}`,
    `(lies|lese) [mir] (die|den|meine|meinen|unsere|unseren) ${liste} [vor]`,
    'was (müssen wir|muss ich) [noch] (kaufen|einkaufen)',
    `(steht|stehen|ist|sind) {item} [schon] auf (der|dem|meiner|meinem|unserer|unserem) ${liste}`,
  ],
};

export const clearSays = {
  en: [
    `(clear|empty|wipe) ${list}`,
    `(clear|empty) ${bare}`,
    `(delete|remove|clear) everything (on|from|off) ${list}`,
    `take everything off ${list}`,
    'start [over] a new shopping list{list=shopping}',
    '(delete|throw away|get rid of) [the|my|our] {list} list{away=true}',
  ],
  de: [
    `(leer|leere|lösch|lösche) (die|meine|unsere) ${liste}`,
    `(nimm|lösch|lösche) alles von (der|meiner|unserer) ${liste}`,
    `(die|meine|unsere) ${liste} (leeren|löschen)`,
  ],
};

export const allSays = {
  en: [
    'which lists (are there|do we have|do i have|have we got)',
    'what lists (are there|do we have|do i have|have we got)',
    '(show|tell|read) me (all|) [the|my|our] lists',
    'list (all|) [the|my|our] lists',
    'how many lists (are there|do we have)',
    'do we have any lists',
  ],
  de: [
    'welche listen (gibt es|haben wir|habe ich)',
    'was für listen (gibt es|haben wir)',
    'zeig mir (alle|die|meine|unsere) listen',
    'wie viele listen (gibt es|haben wir)',
  ],
};
