/** What is heard, and what the owner does, when a service does not answer as it should. */

export type HttpFault =
  | 'access-refused'
  | 'not-found'
  | 'too-many-requests'
  | 'service-failed'
  | 'service-refused'
  | 'service-moved'
  | 'service-garbage'
  | 'service-slow'
  | 'too-big'
  | 'unreachable';

interface Heard {
  service: { en: string; de: string };
  renew: string;
  language: string;
  /** Until it may be asked again. */
  seconds?: number | undefined;
}

/** "in 30 seconds", "in 5 minutes"; what nobody waits for is "later". */
const waitOf = (seconds: number | undefined, [each, all, later]: [string, string, string]) => {
  if (seconds === undefined || seconds > 5_400) return later;
  const wait = seconds <= 90 ? Math.max(2, seconds) : Math.ceil(seconds / 60);
  return `in ${wait} ${seconds <= 90 ? each : all}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const english: Record<HttpFault, (service: string, seconds: string) => string> = {
  'access-refused': (s) => `${s} does not let me in; its key has to be renewed. Tell the owner.`,
  'not-found': (s) => `${s} does not have that.`,
  'too-many-requests': (s, wait) => `${s} has been asked too often. Try again ${wait}.`,
  'service-failed': (s) => `${s} has a fault of its own right now. Try again in a moment.`,
  'service-refused': (s) => `${s} did not take that question. Try it in other words.`,
  'service-moved': (s) => `${s} sends me somewhere else, and I do not follow. Tell the owner.`,
  'service-garbage': (s) => `${s} answered with something I cannot read. Try again later.`,
  'service-slow': (s) => `${s} takes too long to answer. Try again in a moment.`,
  'too-big': (s) => `${s} sent more than I can take. Ask for less of it.`,
  unreachable: (s) => `I cannot reach ${s} right now. Try again in a moment.`,
};

const german: typeof english = {
  'access-refused': (s) => `${s} lässt mich nicht hinein; der Zugang muss erneuert werden.`,
  'not-found': (s) => `${s} kennt das nicht.`,
  'too-many-requests': (s, wait) => `${s} wurde zu oft gefragt. Versuch es ${wait} noch einmal.`,
  'service-failed': (s) => `${s} hat gerade selbst einen Fehler. Versuch es gleich noch einmal.`,
  'service-refused': (s) => `${s} hat die Frage nicht angenommen. Versuch es mit anderen Worten.`,
  'service-moved': (s) => `${s} schickt mich woandershin, dem folge ich nicht.`,
  'service-garbage': (s) => `${s} hat etwas geantwortet, das ich nicht lesen kann.`,
  'service-slow': (s) => `${s} braucht zu lange. Versuch es gleich noch einmal.`,
  'too-big': (s) => `${s} hat mehr geschickt, als ich nehmen kann. Frag nach weniger.`,
  unreachable: (s) => `Es ist gerade nicht zu erreichen: ${s}. Versuch es gleich noch einmal.`,
};

const mends: Partial<Record<HttpFault, string>> = {
  'not-found': 'Correct its address in the settings.',
  'service-moved': 'Set the address that it redirects to.',
  'service-garbage': 'Check that the address is that of this service, and its version.',
  'too-many-requests': 'Wait, or raise the limit of the account.',
  'service-failed': 'Look at its log.',
  'service-slow': 'Look at its load and at the network.',
  unreachable: 'Start it, or correct its address in the settings.',
};

export const httpSentences = (
  fault: HttpFault,
  { service, renew, language, seconds }: Heard,
): { say: string; mend: string } => {
  const mend = fault === 'access-refused' ? renew : (mends[fault] ?? 'Look at its log.');
  if (language.toLowerCase().startsWith('de')) {
    const wait = waitOf(seconds, ['Sekunden', 'Minuten', 'später']);
    const name = fault === 'unreachable' ? service.de : capital(service.de);
    return { say: german[fault](name, wait), mend };
  }
  const wait = waitOf(seconds, ['seconds', 'minutes', 'later']);
  const name = fault === 'unreachable' ? service.en : capital(service.en);
  return { say: english[fault](name, wait), mend };
};
