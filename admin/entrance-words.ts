/** What people are told about who comes in, in each of the house's languages. */

type Said = { device?: string; name?: string; code?: string };
type Words = { title: string; detail: string };

const catalogue = {
  'device-waits': {
    en: ({ device, code }: Said) => ({
      title: `“${device}” asks to come in`,
      detail: `It shows the code ${code}. Let it in only if you see the same code on its screen.`,
    }),
    de: ({ device, code }: Said) => ({
      title: `„${device}“ bittet um Einlass`,
      detail:
        `Es zeigt den Code ${code}. Lass es nur herein, wenn du denselben Code auf seinem ` +
        'Bildschirm siehst.',
    }),
  },
  'device-new': {
    en: ({ device }: Said) => ({
      title: `You are now also on “${device}”`,
      detail: 'If that was not you, revoke the device and change your password everywhere.',
    }),
    de: ({ device }: Said) => ({
      title: `Du bist jetzt auch auf „${device}“ angemeldet`,
      detail: 'Warst du das nicht, dann sperre das Gerät und ändere dein Passwort überall.',
    }),
  },
  'device-stolen': {
    en: ({ device, name }: Said) => ({
      title: `“${device}” of ${name} was logged out`,
      detail:
        'Its token was used in two places, so one of them held a copy. Log in there again, and ' +
        'change the password if you do not know how that came about.',
    }),
    de: ({ device, name }: Said) => ({
      title: `„${device}“ von ${name} wurde abgemeldet`,
      detail:
        'Sein Token wurde an zwei Stellen benutzt, eine davon hatte also eine Kopie. Melde dich ' +
        'dort neu an, und ändere das Passwort, wenn du nicht weißt, wie es dazu kam.',
    }),
  },
  'passkey-new': {
    en: ({ device }: Said) => ({
      title: `“${device}” is a passkey of yours now`,
      detail:
        'It lets in whoever holds it, also after you change your password. If that was not you, ' +
        'remove it, and revoke the devices that you do not know.',
    }),
    de: ({ device }: Said) => ({
      title: `„${device}“ ist jetzt ein Passkey von dir`,
      detail:
        'Er lässt herein, wer ihn hat, auch wenn du dein Passwort änderst. Warst du das nicht, ' +
        'dann entferne ihn und sperre die Geräte, die du nicht kennst.',
    }),
  },
  'login-locked': {
    en: () => ({
      title: 'Somebody guesses your password',
      detail:
        'Logging in by password now waits after each try. A passkey, another device of yours, ' +
        'or an owner of the house lets you in at once.',
    }),
    de: () => ({
      title: 'Jemand rät dein Passwort',
      detail:
        'Anmelden mit Passwort wartet jetzt nach jedem Versuch. Ein Passkey, ein anderes Gerät ' +
        'von dir oder ein Besitzer des Hauses lässt dich sofort herein.',
    }),
  },
} as const;

/** The words of a notice for a language; any other than German is English. */
export const wordsFor =
  (code: keyof typeof catalogue, said: Said = {}) =>
  (language: string): Words =>
    catalogue[code][language.startsWith('de') ? 'de' : 'en'](said);
