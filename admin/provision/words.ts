/** What people are told about their accounts on the household's services, in their language. */

/** `service` is its own name: Jellyfin, Nextcloud. */
export interface AccountWords {
  notConfigured(service: string, names: string): string;
  notAllowed(service: string): string;
  notForGuests(service: string): string;
  notMade(service: string): string;
  unfinished(service: string): string;
  taken(service: string, username: string): string;
  /** @param said the service's own words, quoted. */
  refused(service: string, said: string): string;
  refusedPassword(service: string, said: string): string;
  cannotOpen(service: string): string;
  switchedOff(service: string): string;
  lockedOut(service: string): string;
  noticeTitle(service: string): string;
  broken(service: string): string;
  garbage(service: string): string;
  ownersTitle(service: string): string;
  stillOn(service: string, name: string): string;
}

const english: AccountWords = {
  notConfigured: (service, names) =>
    `${service} is not set up for accounts: an owner sets ${names} and starts Butler again.`,
  notAllowed: (service) => `${service} is not among what you may use; an owner can allow it.`,
  notForGuests: (service) => `Guests get no account on ${service}.`,
  notMade: (service) => `You have no account on ${service} yet; begin with the set-up of accounts.`,
  unfinished: (service) =>
    `Your account on ${service} is being made, or that was broken off. Try again in two minutes.`,
  taken: (service, username) =>
    `Somebody on ${service} is called ${username} already, and Butler did not make that account. ` +
    'Choose another username.',
  refused: (service, said) => `${service} refused: ${said}. Change what it says and try again.`,
  refusedPassword: (service, said) =>
    `${service} refused the new password: ${said}. The one before still counts.`,
  cannotOpen: (service) =>
    `Butler cannot open the password kept for ${service}: the house's secret changed. An owner ` +
    'puts the former one into BUTLER_FORMER_SECRET and runs npm run rotate-key; or set the ' +
    'password anew.',
  switchedOff: (service) => `Your account on ${service} is switched off, not deleted.`,
  lockedOut: (service) =>
    `${service} cannot switch accounts off: its password was changed to one that nobody knows. ` +
    'Whoever is logged in there stays so until an owner ends it there.',
  noticeTitle: (service) => `Your account on ${service}`,
  broken: (service) => `Something went wrong inside Butler with ${service}. Try again.`,
  garbage: (service) => `${service} answered with something Butler cannot read. Try again later.`,
  ownersTitle: (service) => `An account on ${service} is still on`,
  stillOn: (service, name) =>
    `${name}'s account on ${service} should be off and could not be switched off. ` +
    'Switch it off there.',
};

const german: AccountWords = {
  notConfigured: (service, names) =>
    `${service} ist nicht für Konten eingerichtet: Ein Besitzer setzt ${names} und startet ` +
    'Butler neu.',
  notAllowed: (service) =>
    `${service} gehört nicht zu dem, was du benutzen darfst; ein Besitzer kann es erlauben.`,
  notForGuests: (service) => `Gäste bekommen kein Konto bei ${service}.`,
  notMade: (service) => `Du hast noch kein Konto bei ${service}; richte deine Konten ein.`,
  unfinished: (service) =>
    `Dein Konto bei ${service} wird gerade angelegt, oder das brach ab. Versuch es in zwei ` +
    'Minuten noch einmal.',
  taken: (service, username) =>
    `Bei ${service} heißt schon jemand ${username}, und dieses Konto ist nicht von Butler. ` +
    'Wähle einen anderen Benutzernamen.',
  refused: (service, said) =>
    `${service} lehnt ab: ${said}. Ändere, was dort steht, und versuch es noch einmal.`,
  refusedPassword: (service, said) =>
    `${service} lehnt das neue Passwort ab: ${said}. Das vorige gilt weiter.`,
  cannotOpen: (service) =>
    `Butler kann das Passwort für ${service} nicht öffnen: Das Geheimnis des Hauses hat sich ` +
    'geändert. Ein Besitzer setzt BUTLER_FORMER_SECRET auf das vorige und startet npm run ' +
    'rotate-key; oder setz das Passwort neu.',
  switchedOff: (service) => `Dein Konto bei ${service} ist abgeschaltet, nicht gelöscht.`,
  lockedOut: (service) =>
    `${service} kann Konten nicht abschalten: Das Passwort ist jetzt eines, das niemand kennt. ` +
    'Wer dort angemeldet ist, bleibt es, bis ein Besitzer das dort beendet.',
  noticeTitle: (service) => `Dein Konto bei ${service}`,
  broken: (service) => `In Butler ging etwas mit ${service} schief. Versuch es noch einmal.`,
  garbage: (service) =>
    `${service} hat etwas geantwortet, das Butler nicht lesen kann. Versuch es später noch einmal.`,
  ownersTitle: (service) => `Ein Konto bei ${service} ist noch an`,
  stillOn: (service, name) =>
    `Das Konto von ${name} bei ${service} soll aus sein, ließ sich aber nicht abschalten. ` +
    'Schalt es dort ab.',
};

export const accountWords = (language: string): AccountWords =>
  language.toLowerCase().startsWith('de') ? german : english;
