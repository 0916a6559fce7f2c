/** What owners are told of backups, in the languages of the household. */

interface Words {
  title: string;
  detail: string;
}

const say = (language: string, en: Words, de: Words): Words => (/^de\b/.test(language) ? de : en);

/** @param sentence of the fault itself: it names folders and settings. */
export const failedWords =
  (sentence: string) =>
  (language: string): Words =>
    say(
      language,
      { title: 'A backup failed', detail: sentence },
      {
        title: 'Eine Sicherung ist fehlgeschlagen',
        detail: `Die älteren Sicherungen sind noch da. Im Einzelnen: ${sentence}`,
      },
    );

/** @param hours since the last one. */
export const missedWords =
  (hours: number) =>
  (language: string): Words =>
    say(
      language,
      {
        title: 'The daily backup is missing',
        detail:
          `There has been no backup for ${hours} hours. Butler makes one as soon as he can; if ` +
          'this stays, let him run at three in the morning and look at his settings.',
      },
      {
        title: 'Die tägliche Sicherung fehlt',
        detail:
          `Seit ${hours} Stunden gibt es keine Sicherung. Butler holt sie nach, sobald er kann; ` +
          'bleibt es dabei, lass ihn um drei Uhr nachts laufen und sieh nach seinen Einstellungen.',
      },
    );
