/** What people say to learn who is home and where, and to decide who may know. */

export const homeSays = {
  en: [
    'is (anyone|anybody|someone|somebody) [at] home [right now|now|at the moment] {ask=anyone}',
    'is there (anyone|anybody) [at] home [right now|now] {ask=anyone}',
    'is (anyone|anybody) in [the house] [right now|now] {ask=anyone}',
    'is (anyone|anybody) in the house {ask=anyone}',
    'who is [at] home [right now|now|at the moment]',
    'who all is [at] home',
    'who is in the house [right now|now]',
    'tell me who is [at] home',
    '(is|are) (everyone|everybody) [at] home [yet|already] {ask=everyone}',
    'is the (house|flat|apartment) empty [right now|now] {ask=empty}',
    'is (no one|nobody) [at] home {ask=empty}',
    'who is (out|away|not home|not at home) [right now|now]',
    'is {person} [at] home [right now|now|yet|already]',
    'is {person} in the house [right now|now]',
    'is {person} back home [yet|already]',
    'has {person} (come|got|gotten|arrived) home [yet|already]',
    'am I [at] home {person=me}',
  ],
  de: [
    'ist (jemand|irgendjemand|irgendwer|wer) (zu Hause|zuhause|daheim|da) {ask=anyone}',
    'ist (gerade|noch) (jemand|irgendjemand|wer) (zu Hause|zuhause|daheim) {ask=anyone}',
    'wer ist [gerade|jetzt|alles] (zu Hause|zuhause|daheim)',
    'wer ist [gerade|jetzt] im Haus',
    'sag mir wer (zu Hause|zuhause|daheim) ist',
    'sind alle (zu Hause|zuhause|daheim) {ask=everyone}',
    'ist (das Haus|die Wohnung) [gerade|jetzt] leer {ask=empty}',
    'ist niemand (zu Hause|zuhause|daheim) {ask=empty}',
    'wer ist [gerade|jetzt] (unterwegs|nicht zu Hause|nicht zuhause|nicht da)',
    'ist {person} [schon|gerade|jetzt|wieder] (zu Hause|zuhause|daheim)',
    'bin ich (zu Hause|zuhause) {person=me}',
  ],
};

export const whereSays = {
  en: [
    'where is {person} [right now|now|at the moment|at the minute]',
    'where am I [right now|now|at the moment] {person=me}',
    'do you know where {person} is [right now|now]',
    'tell me where {person} is [right now|now]',
    'can you tell me where {person} is [right now|now]',
    'can you see where {person} is [right now|now]',
    'what is the (location|position) of {person}',
    'find out where {person} is',
    'why can I not see where {person} is',
    'why can you not (say|tell me) where {person} is',
    'do you know where I am {person=me}',
  ],
  de: [
    'wo ist {person} [gerade|jetzt|im Moment]',
    'wo (steckt|befindet sich) {person} [gerade|jetzt]',
    'wo bin ich [gerade|jetzt] {person=me}',
    'weißt du wo {person} [gerade|jetzt] ist',
    'sag mir wo {person} [gerade|jetzt] ist',
    'kannst du (sehen|sagen|mir sagen) wo {person} [gerade|jetzt] ist',
    'warum kann ich nicht sehen wo {person} ist',
    'weißt du wo ich bin {person=me}',
  ],
};

export const distanceSays = {
  en: [
    'how far [away] is {person} from home [right now|now]',
    'how far [away] from home is {person} [right now|now]',
    'how far [away] am I from home [right now|now] {person=me}',
    'how far [away] from home am I {person=me}',
    'how far [away] am I from {from} {person=me}',
    'how far is it [from here] to home {person=me}',
    'how long until {person} is [back] home',
    'how long (till|before) {person} is [back] home',
    'how long will it take {person} to (get|come) home',
    'when will {person} (be|get|come|arrive) [back] home',
    'when does {person} (get|come|arrive) [back] home',
    'is {person} on (the|his|her|their) way home [yet|already]',
    'is {person} coming home [yet|already|now]',
  ],
  de: [
    'wie weit ist {person} von (zu Hause|zuhause|daheim) [weg|entfernt]',
    'wie weit bin ich von (zu Hause|zuhause|daheim) [weg|entfernt] {person=me}',
    'wie weit bin ich von {from} (weg|entfernt) {person=me}',
    'wie lange (noch|dauert es noch) bis {person} (zu Hause|zuhause|daheim) ist',
    'wann (ist|kommt) {person} (nach Hause|zu Hause|zuhause|heim)',
    'ist {person} (auf dem Heimweg|auf dem Weg nach Hause)',
  ],
};

const until =
  '[for {seconds}|until tomorrow {until=tomorrow}|till tomorrow {until=tomorrow}|' +
  'until tonight {until=tonight}|for today {until=tonight}|today {until=tonight}|' +
  'until {time}|till {time}]';
const bis =
  '[für {seconds}|bis morgen {until=tomorrow}|bis heute Abend {until=tonight}|' +
  'heute {until=tonight}|bis {time}]';

const all = '(everyone|everybody|the family|the household) {everyone=true}';

export const shareSays = {
  en: [
    `let {person} (see|know) where I am ${until}`,
    `{person} (may|can) (see|know) where I am ${until}`,
    `allow {person} to (see|know) where I am ${until}`,
    `share my (location|position|whereabouts) with {person} ${until}`,
    `show {person} where I am ${until}`,
    `${all} [at home|here|in the house] (may|can) see where I am ${until}`,
    `let ${all} [at home|here|in the house] see where I am ${until}`,
    `share my (location|position) with ${all} ${until}`,
    '(start|resume) sharing my location [again] {usual=true}',
    'share my location again {usual=true}',
  ],
  de: [
    `{person} darf ${bis} (sehen|wissen) wo ich bin`,
    `lass {person} ${bis} (sehen|wissen) wo ich bin`,
    `teile meinen Standort ${bis} mit {person}`,
    `teil meinen Standort ${bis} mit {person}`,
    `zeig {person} ${bis} wo ich bin`,
    `alle [zu Hause|zuhause|hier] dürfen ${bis} (sehen|wissen) wo ich bin {everyone=true}`,
    `(teile|teil) meinen Standort ${bis} mit (allen|der Familie) {everyone=true}`,
    'teile meinen Standort wieder {usual=true}',
  ],
};

export const stopSays = {
  en: [
    'stop sharing my (location|position|whereabouts)',
    'stop sharing where I am',
    'do not share my (location|position) [any more|any longer]',
    'do not tell (anyone|anybody) where I am',
    '(hide|keep private) (my location|where I am)',
    'nobody (may|should|can) (see|know) where I am',
    'stop sharing my (location|position) with {person}',
    'do not let {person} see where I am [any more|any longer]',
    'stop letting {person} see where I am',
    '{person} may no longer see where I am',
  ],
  de: [
    '(teile|teil) meinen Standort nicht mehr',
    'hör auf meinen Standort zu teilen',
    'sag niemandem wo ich bin',
    'niemand (darf|soll) (sehen|wissen) wo ich bin',
    '(verbirg|versteck|verstecke) meinen Standort',
    '(teile|teil) meinen Standort nicht mehr mit {person}',
    '{person} darf nicht mehr (sehen|wissen) wo ich bin',
  ],
};

export const sharedSays = {
  en: [
    'who (can|may) see where I am',
    'who (can|may) see my (location|position)',
    'who knows where I am',
    'with whom do I share my location',
    'who am I sharing my location with',
    'who do I share my location with',
    'is my location (shared|visible)',
  ],
  de: [
    'wer (kann|darf) (sehen|wissen) wo ich bin',
    'wer (kann|darf) meinen Standort sehen',
    'wer weiß wo ich bin',
    'mit wem teile ich meinen Standort',
  ],
};

export const childSays = {
  en: [
    'let {person} stop sharing (his|her|their) location',
    '{person} may stop sharing (his|her|their) location',
    'allow {person} to stop sharing (his|her|their) location',
    '{person} may (no longer|not) stop sharing (his|her|their) location {allowed=false}',
    'do not let {person} stop sharing (his|her|their) location {allowed=false}',
  ],
  de: [
    '{person} darf den [eigenen] Standort verbergen',
    '{person} darf den [eigenen] Standort nicht [mehr] verbergen {allowed=false}',
  ],
};

export const placeAddSays = {
  en: [
    'call this place {name}',
    '(remember|save|keep) this place as {name}',
    'name this place {name}',
    'this place is called {name}',
    '(remember|save) [my current|this] location as {name}',
    'add this place as {name}',
    'make this a place called {name}',
  ],
  de: [
    'nenn diesen Ort {name}',
    'nenne diesen Ort {name}',
    'dieser Ort heißt {name}',
    '(merk|merke) dir diesen Ort als {name}',
    '(speicher|speichere) diesen Ort als {name}',
  ],
};

export const placeRemoveSays = {
  en: [
    '(remove|delete|forget) the place [called] {name}',
    '(remove|delete) {name} from the places',
    '(remove|delete) {name} from my places',
  ],
  de: ['(entfern|entferne|lösch|lösche|vergiss) den Ort {name}', '{name} ist kein Ort mehr'],
};
