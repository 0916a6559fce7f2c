/** What people say about their mail, in English and German. */

const mail = '(mail|mails|email|emails|e-mail|e-mails|post)';
const mailDe = '(Mail|Mails|E-Mail|E-Mails|Post)';
const newDe = '(neue|ungelesene)';

export const unreadSays = {
  en: [
    `do I have [any] [new|unread] ${mail}`,
    `have I got [any] [new|unread] ${mail}`,
    `is there [any] [new|unread] ${mail} [for me]`,
    `are there [any] [new|unread] ${mail} [for me]`,
    `any [new|unread] ${mail}`,
    '(check|show) my (mail|email|emails|inbox)',
    `how many [new|unread] ${mail} do I have`,
    'how many (unread|new) (mails|emails|messages) are in my inbox',
    'what is [new] in my (inbox|mailbox)',
    `(who has|who) (written|emailed|mailed) me`,
    `any [new] ${mail} from {from}`,
    `do I have [any] [new] ${mail} from {from}`,
    `have I got [any] [new] ${mail} from {from}`,
    `is there [any] [new] ${mail} from {from}`,
    'did {from} (email|mail) me',
    'has {from} (emailed|mailed) me',
  ],
  de: [
    `habe ich [${newDe}] ${mailDe} [bekommen]`,
    `hab ich [${newDe}] ${mailDe} [bekommen]`,
    `gibt es [${newDe}] ${mailDe} [für mich]`,
    `irgendwelche [neuen] ${mailDe}`,
    `wie viele [neue|ungelesene] ${mailDe} habe ich`,
    'was ist [neu] in meinem (Posteingang|Postfach)',
    '(prüf|prüfe|zeig) meine (Mails|E-Mails|Post)',
    'wer hat mir [eine Mail|eine E-Mail|Mails] geschrieben',
    `(habe|hab) ich [${newDe}] ${mailDe} (von|vom) {from} [bekommen]`,
    `gibt es [${newDe}] ${mailDe} (von|vom) {from}`,
    'hat mir {from} (gemailt|eine Mail geschrieben|eine E-Mail geschrieben)',
    'hat {from} mir (gemailt|eine Mail geschrieben|eine E-Mail geschrieben)',
  ],
};

const whenDe =
  '(von heute {when=today}|von gestern {when=yesterday}|von dieser Woche {when=this_week}|' +
  'von letzter Woche {when=last_week})';

export const searchSays = {
  en: [
    `(search|look through) my ${mail} for {words}`,
    `(search|look) in my ${mail} for {words}`,
    `(find|show) [me] [the|all] ${mail} about {words}`,
    `(find|show) [me] [the|all] ${mail} from {from}`,
    `(find|show) [me] [the|all] ${mail} from {from} about {words}`,
    `is there [a|an|any] ${mail} about {words}`,
    `do I have [a|an|any] ${mail} about {words}`,
    `what ${mail} did I get {when}`,
    `which ${mail} came {when}`,
    `show [me] [the|my|all] ${mail} (of|from) (today {when=today}|yesterday {when=yesterday})`,
    'what did {from} (email|mail) me [about]',
  ],
  de: [
    `(such|suche|durchsuche) [in] meine ${mailDe} nach {words}`,
    `(such|suche) in meinen ${mailDe} nach {words}`,
    `(finde|zeig|zeige) [mir] [die|alle] ${mailDe} (über|zu) {words}`,
    `(finde|zeig|zeige) [mir] [die|alle] ${mailDe} (von|vom) {from}`,
    `(finde|zeig|zeige) [mir] [die|alle] ${mailDe} (von|vom) {from} (über|zu) {words}`,
    `(finde|zeig|zeige) [mir] [die|alle|meine] ${mailDe} ${whenDe}`,
    `habe ich [eine|eine einzige] ${mailDe} (über|zu|wegen) {words}`,
    `gibt es [eine] ${mailDe} (über|zu|wegen) {words}`,
    'was hat [mir] {from} (gemailt|in der Mail geschrieben)',
  ],
};

const one = '(mail|email|e-mail)';
const oneDe = '(Mail|E-Mail)';

export const readSays = {
  en: [
    `read [me|out] [the|my] (last|latest|newest|most recent) ${one}`,
    `read [me|out] [the] [last|latest|newest] ${one} from {from}`,
    `read [me|out] {from} (latest|last) ${one}`,
    `read [me|out] [the] [last|latest|newest] ${one} from {from} about {about}`,
    `read [me|out] [the] ${one} about {about}`,
    `what does [the] [last|latest|newest] ${one} from {from} say`,
    `what does [the] ${one} about {about} say`,
    `what is in [the] [last|latest|newest] ${one} from {from}`,
    '(what is|tell me|read me|give me) the code from {from} {code=true}',
    'what is the (security|verification|login|one-time) code from {from} {code=true}',
    'what code did {from} [just] send [me] {code=true}',
  ],
  de: [
    `lies [mir] (die|meine) (letzte|neueste) ${oneDe} [vor]`,
    `lies [mir] die [letzte|neueste] ${oneDe} (von|vom) {from} [vor]`,
    `lies [mir] die [letzte|neueste] ${oneDe} (von|vom) {from} (über|zu) {about} [vor]`,
    `lies [mir] die ${oneDe} (über|zu) {about} [vor]`,
    `was steht in der [letzten|neuesten] ${oneDe} (von|vom) {from}`,
    `was steht in der ${oneDe} (über|zu) {about}`,
    '(wie ist|wie lautet|was ist) der [Sicherheits|Anmelde] Code (von|vom) {from} {code=true}',
    '(sag|gib) mir den Code (von|vom) {from} {code=true}',
    'welchen Code hat [mir] {from} geschickt {code=true}',
  ],
};

export const flightSays = {
  en: [
    'when is my [next] flight',
    'when does my [next] flight (leave|go|depart|take off)',
    'when is my flight to {to}',
    'when does my flight to {to} (leave|go|depart|take off)',
    'when do I fly [next]',
    'when do I fly to {to}',
    'what flights do I have [booked]',
    'do I have [any] flights [booked]',
    'do I have a flight to {to}',
    'which flights (are booked|have I booked)',
    'what are my [next|upcoming] flights',
    'what is my flight number',
    'what is (my|the) booking code for [my|the] flight [to {to}]',
    'which flight am I on',
  ],
  de: [
    'wann geht mein [nächster] Flug',
    'wann geht mein Flug nach {to}',
    'wann ist mein [nächster] Flug',
    'wann fliege ich [als nächstes]',
    'wann fliege ich nach {to}',
    'welche Flüge habe ich [gebucht]',
    'habe ich [einen Flug|Flüge] gebucht',
    'habe ich einen Flug nach {to} [gebucht]',
    'was sind meine nächsten Flüge',
    'wie ist meine Flugnummer',
    'wie ist der Buchungscode (für|von) (meinen|meinem) Flug [nach {to}]',
  ],
};

export const deliverySays = {
  en: [
    'do I have [any] (parcels|packages|deliveries) [coming]',
    'any (parcels|packages|deliveries) [today|coming|on the way]',
    'are there [any] (parcels|packages|deliveries) [on the way|coming] [for me]',
    'is there [a|any] (parcel|package|delivery) (coming|on the way) [for me]',
    '(are|is) [any|a] (parcels|packages|parcel|package) (coming|arriving) today',
    'am I expecting [a|any] (parcel|parcels|package|packages|delivery|deliveries)',
    'what (parcels|packages|deliveries) (are coming|are on the way|do I have)',
    'when does (my|the) (parcel|package|delivery) (come|arrive)',
    'when (is|will) (my|the) (parcel|package|delivery) (coming|arriving|arrive|come|be delivered)',
    'where is my (parcel|package|delivery)',
    'where is (my|the) (parcel|package|order) from {from}',
    'when does (my|the) (parcel|package|order) from {from} (come|arrive)',
    'has my (parcel|package) (come|arrived|been delivered)',
  ],
  de: [
    '(kommt|kommen) (heute|morgen|bald|noch) [ein|das] (Paket|Pakete)',
    'wann kommt (mein|das) Paket',
    'wann kommt meine (Lieferung|Bestellung|Sendung)',
    'wann kommt (mein|das) Paket von {from}',
    'wann kommt meine (Lieferung|Bestellung|Sendung) von {from}',
    'wo ist mein Paket',
    'wo (ist|bleibt) (mein|das) Paket von {from}',
    'welche (Pakete|Lieferungen) (sind unterwegs|kommen [noch])',
    '(ist|sind) [ein|noch] (Paket|Pakete) [für mich] unterwegs',
    'erwarte ich [ein|noch] (Paket|Pakete|eine Lieferung|Lieferungen)',
    'ist mein Paket [schon] (da|angekommen|zugestellt)',
  ],
};
