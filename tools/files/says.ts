/** What people say to find a file, hear what is in it or what is new, and to share one. */

const kind =
  '(pdf{kind=pdf}|pdfs{kind=pdf}|spreadsheet{kind=spreadsheet}|document{kind=document}|' +
  'presentation{kind=presentation}|video{kind=video}|recording{kind=audio}|text file{kind=text})';
const file = '(file|document|paper|pdf{kind=pdf}|spreadsheet{kind=spreadsheet})';

export const findSays = {
  en: [
    `(find|look for|search for|get) [me] (the|my|our|a|any) {words} ${file}`,
    `(find|look for|search for) [me] (the|my|our|a) ${file} (about|on|called|named|with) {words}`,
    `(find|look for|search for) (files|documents|papers) (about|on|called|named|with) {words}`,
    `(find|look for|search for) [the|my|our] {words} (files|documents|papers)`,
    `(find|search|look) in (my|our|the) files for {words}`,
    `(search|look through) (my|our|the) files for {words}`,
    `search nextcloud for {words}`,
    `(find|look for) {words} (in|on) [my|our|the] nextcloud`,
    `where is (the|my|our) {words} ${file}`,
    `where (are|did i put|did we put) (the|my|our) {words} (files|documents|papers|file|document)`,
    `do (i|we) have [a|any] (file|files|document|documents) (about|on|called) {words}`,
    `(find|look for|show me) [the|my|our] {words} ${kind}`,
  ],
  de: [
    '(such|suche|finde) [mir] [die|meine|unsere|eine] datei [über|namens|zu|mit] {words}',
    '(such|suche|finde) [mir] [die|meine|unsere] dateien [über|zu|mit] {words}',
    '(such|suche) in [meinen|unseren|den] dateien nach {words}',
    '(such|suche) (in|auf) [der|meiner] nextcloud nach {words}',
    'wo (ist|liegt) [die|meine|unsere] datei {words}',
    'gibt es (eine datei|dateien) (über|zu|namens|mit) {words}',
  ],
};

export const readSays = {
  en: [
    `(read|open) [me] (the|my|our) {file} (file|document|text file)`,
    'read [me] the (file|document) [called|named|about] {file}',
    'what does (the|my|our) {file} (file|document) say',
    'what is in (the|my|our) {file} (file|document)',
    'what does the (file|document) {file} say',
    'read [me] {file} from [my|our|the] (nextcloud|files)',
  ],
  de: [
    '(lies|lese) [mir] die datei {file} [vor]',
    'was steht in der datei {file}',
    '(öffne|öffnen) die datei {file}',
  ],
};

export const recentSays = {
  en: [
    'which files (have changed|changed|are new) [lately|recently|this week]',
    'what files (have changed|changed|are new) [lately|recently|this week]',
    'what is new in [my|our|the] (files|nextcloud)',
    '(show|tell|read) me [my|our|the] (latest|newest|most recent|recent) files',
    'what are [my|our|the] (latest|newest|most recent) files',
    'which files (have changed|changed|are new) today{days=1}',
    'which files (have changed|changed) in the last {days} days',
  ],
  de: [
    'welche dateien (sind neu|haben sich geändert|wurden geändert)',
    'welche dateien (sind heute neu|haben sich heute geändert){days=1}',
    'was gibt es neues in [der] nextcloud',
    'zeig [mir] [meine|unsere|die] neuesten dateien',
  ],
};

export const shareSays = {
  en: [
    '(share|make a link to|create a link to) (the|my|our) {file} (file|document)',
    '(share|make a link to|create a link to) the (file|document) {file}',
    'make a [public] link (to|for) {file} in [my|our] nextcloud',
    'share {file} from [my|our] nextcloud',
    '(share|make a link to) (the|my|our) {file} (file|document) for {days} days',
  ],
  de: [
    '(teil|teile) die datei {file}',
    '(mach|erstell|erstelle) einen link (zu der|zur|für die) datei {file}',
    '(teil|teile) die datei {file} für {days} tage',
  ],
};
