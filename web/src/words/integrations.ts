/** What the page about the services behind Butler says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Integrations',
  about: 'The services that Butler knows: which are on, how they are, and what they let you say.',
  searchLabel: 'Search services and what they do',
  show: 'Show',
  shows: { all: 'All', on: 'Switched on', wrong: 'Need mending', off: 'Switched off' },
  count: (count: number) => (count === 1 ? 'one service' : `${count} services`),
  states: {
    ready: 'works',
    starting: 'starting',
    failed: 'does not work',
    off: 'off',
    mistaken: 'set wrongly',
  },
  noneFit: 'No service fits',
  latency: (ms: string) => `answers in ${ms}`,
  since: (span: string) => `for ${span}`,
  doctor: 'What it says',
  mend: 'What mends it',
  switchOn: 'What switches it on',
  mistakes: 'What is wrong in its settings',
  setup: 'Settings',
  variables: 'It reads these from .env. Values are never shown.',
  required: 'needed',
  optional: 'optional',
  tools: (count: number) => (count === 1 ? 'One thing it does' : `${count} things it does`),
  needs: (permission: string) => `needs: ${permission}`,
  examples: 'You can say',
  restart: 'After a change in .env, start Butler again.',
};

const de: WordsLike<typeof en> = {
  title: 'Dienste',
  about:
    'Die Dienste, die Butler kennt: welche an sind, wie es ihnen geht, und was du sagen kannst.',
  searchLabel: 'Dienste und was sie tun durchsuchen',
  show: 'Zeigen',
  shows: { all: 'Alle', on: 'Eingeschaltet', wrong: 'Brauchen Hilfe', off: 'Ausgeschaltet' },
  count: (count) => (count === 1 ? 'ein Dienst' : `${count} Dienste`),
  states: {
    ready: 'funktioniert',
    starting: 'startet',
    failed: 'funktioniert nicht',
    off: 'aus',
    mistaken: 'falsch eingestellt',
  },
  noneFit: 'Dazu passt kein Dienst',
  latency: (ms) => `antwortet in ${ms}`,
  since: (span) => `seit ${span}`,
  doctor: 'Was er sagt',
  mend: 'Was hilft',
  switchOn: 'Was ihn einschaltet',
  mistakes: 'Was an seinen Einstellungen falsch ist',
  setup: 'Einstellungen',
  variables: 'Er liest sie aus .env. Werte werden nie gezeigt.',
  required: 'nötig',
  optional: 'freiwillig',
  tools: (count) => (count === 1 ? 'Eine Sache, die er kann' : `${count} Dinge, die er kann`),
  needs: (permission) => `braucht: ${permission}`,
  examples: 'Das kannst du sagen',
  restart: 'Nach einer Änderung in .env musst du Butler neu starten.',
};

export const integrationsWords = inLanguage({ en, de });
