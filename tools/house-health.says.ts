/** How people ask whether everything works, in English and German. */

const ok = '(ok|okay|all right|fine|in order|up and running|working|running|well)';
const services = '[of] [the|your|my|our] (services|systems|integrations|connections)';
const dienste = '(dienste|systeme|integrationen|verbindungen)';
const now = '[(now|right now|at the moment|currently|with you|in the house)]';
const jetzt = '[(jetzt|gerade|im moment|aktuell|bei dir|im haus|denn)]';
const when =
  '(today{day=today}|yesterday{day=yesterday}|this week{day=week}|' +
  '[in|during|over] the (last|past) (week|seven days|few days){day=week}|lately{day=week}|' +
  'recently{day=week})';
const wann =
  '(heute{day=today}|gestern{day=yesterday}|diese woche{day=week}|letzte woche{day=week}|' +
  'in (der letzten woche|den letzten [sieben] tagen){day=week}|in letzter zeit{day=week}|' +
  'zuletzt{day=week})';

export const stateSays = {
  en: [
    `is everything ${ok} ${now}`,
    `is everything [still] (working|running) ${now}`,
    'does everything [still] work [right now|at the moment]',
    `are all ${services} (up|ok|okay|online|working|running|reachable|available|healthy) ${now}`,
    `are ${services} all (up|ok|okay|online|working|running|reachable) ${now}`,
    `(is|are) any ${services} (down|broken|offline|not working|unreachable) ${now}`,
    `(what|which ${services}) (is|are) (broken|down|offline|not working|unreachable) ${now}`,
    `is (anything|something) (broken|down|offline|not working|wrong with you) ${now}`,
    `what is not working ${now}`,
    '[system] (status|health) [report|check]',
    '(system|service) (status|health)',
    'how (is the system|are your systems|are the services) [doing]',
    '(run|do) a (system|health) check',
    'are you (working properly|working correctly|fully operational|healthy)',
    'do all [your|the|my] (services|systems|integrations) (work|answer)',
  ],
  de: [
    `(läuft|funktioniert|geht|klappt) [noch] alles ${jetzt}`,
    `(läuft|funktioniert|geht) ${jetzt} alles`,
    `ist ${jetzt} alles (in ordnung|ok|okay|online|erreichbar)`,
    `(laufen|funktionieren|gehen|antworten) [noch] alle ${dienste} ${jetzt}`,
    `sind alle ${dienste} (online|erreichbar|verfügbar|da|in ordnung|ok|okay) ${jetzt}`,
    `(was|welcher dienst) (ist|läuft|funktioniert|geht) ${jetzt} (nicht|kaputt|ausgefallen)`,
    `welche ${dienste} (laufen|funktionieren|gehen|antworten) ${jetzt} nicht`,
    `ist ${jetzt} (etwas|irgendetwas|was|irgendwas|ein dienst) (kaputt|ausgefallen|offline)`,
    '(systemstatus|statusbericht|systemcheck|systemprüfung)',
    '(mach|mache|führe) (einen|eine) (systemcheck|systemprüfung) [durch]',
    'wie geht es (dem system|den systemen|den diensten)',
    'bist du (voll einsatzbereit|voll funktionsfähig)',
  ],
};

export const pastSays = {
  en: [
    `(what|which ${services}) (was|were) (down|broken|offline|unreachable|not working) ${when}`,
    `(what|which ${services}) (failed|went down|broke|broke down) ${when}`,
    `(was|were) [there] (anything|something|any ${services}) (down|offline|broken) ${when}`,
    `(have there been|were there|did you have) any (outages|incidents|failures|downtime) ${when}`,
    `(outages|incidents) ${when}`,
    'what [(outages|incidents)] (was there|were there) today{day=today}',
    `did (anything|something|any ${services}) (fail|go down|break|break down) ${when}`,
  ],
  de: [
    `(was|welcher dienst) (ist|war) ${wann} (ausgefallen|kaputt|offline|nicht erreichbar)`,
    `welche ${dienste} (sind|waren) ${wann} (ausgefallen|kaputt|offline|nicht erreichbar)`,
    `(ist|war) ${wann} (etwas|was|irgendetwas|irgendwas|ein dienst) (ausgefallen|kaputt|offline)`,
    `(gab es|hatten wir) ${wann} (ausfälle|störungen|einen ausfall|eine störung)`,
    `welche (ausfälle|störungen) gab es ${wann}`,
    `was (ging|lief|funktionierte) ${wann} nicht`,
  ],
};
