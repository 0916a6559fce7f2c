/** What the file tools say, in English and German; at most 300 characters each. */

const sentences = {
  en: {
    none: (what: string) => `I found no file like ${what}.`,
    noneRecent: 'No file has changed in that time.',
    one: (file: string, folder: string, when: string) =>
      `I found ${file}${folder && ` in ${folder}`}${when && `, changed on ${when}`}.`,
    many: (count: string, files: string) => `I found ${count} files: ${files}.`,
    recent: (files: string) => `Changed lately: ${files}.`,
    more: (files: string, more: number) => `${files}, and ${more} more`,
    cut: ' There are too many files to look at all of them.',
    begins: (file: string, text: string) => `${file} begins: ${text}`,
    goesOn: (file: string, text: string) => `${file} goes on: ${text}`,
    isEmpty: (file: string) => `${file} is empty.`,
    ended: (file: string) => `That was all of ${file}.`,
    unreadable: (file: string) =>
      `I cannot read ${file}: only plain text, Markdown and tables in CSV. Open it on a device.`,
    which: (files: string) => `Which one do you mean: ${files}?`,
    whichOne: 'Tell me which file: some words of its name will do.',
    notAllowed: 'I do not open that path. Name the file by the words of its name.',
    gone: 'That file is not there any more.',
    rootGone: (name: string) =>
      `The folder ${name} is not there right now. See whether its disk is connected.`,
    rootGoneMend: (name: string) => `Connect the disk of ${name}, or correct FILES_ROOTS.`,
    noAccount: 'There are no files of yours here. The owner can connect your Nextcloud account.',
    garbage: 'Nextcloud answered with something I cannot read. Try again later.',
    noLinks: 'Nextcloud does not allow public links here. Its administrator can switch them on.',
    notCloud: 'I can only share files that lie in Nextcloud.',
    shareWhat: (file: string, date: string) =>
      `make a link with which anybody can read ${file} until ${date}`,
    shared: (file: string, date: string) =>
      `There is a link to ${file} now, good until ${date}. You find it on the page.`,
    notReadOnly: 'Nextcloud made that link with more rights than reading, so I deleted it again.',
    notMade: 'I asked for the link, but Nextcloud does not show it.',
    unshared: 'The link is deleted.',
    stillShared: 'I asked, but the link is still there. Delete it in Nextcloud.',
  },
  de: {
    none: (what: string) => `Ich habe keine Datei wie ${what} gefunden.`,
    noneRecent: 'In dieser Zeit hat sich keine Datei geändert.',
    one: (file: string, folder: string, when: string) =>
      `Gefunden: ${file}${folder && ` in ${folder}`}${when && `, geändert am ${when}`}.`,
    many: (count: string, files: string) => `Ich habe ${count} Dateien gefunden: ${files}.`,
    recent: (files: string) => `Zuletzt geändert: ${files}.`,
    more: (files: string, more: number) => `${files} und ${more} weitere`,
    cut: ' Es sind zu viele Dateien, um alle anzusehen.',
    begins: (file: string, text: string) => `${file} beginnt so: ${text}`,
    goesOn: (file: string, text: string) => `${file} geht so weiter: ${text}`,
    isEmpty: (file: string) => `${file} ist leer.`,
    ended: (file: string) => `Das war alles in ${file}.`,
    unreadable: (file: string) =>
      `${file} kann ich nicht lesen: nur Text, Markdown und CSV. Öffne sie auf einem Gerät.`,
    which: (files: string) => `Welche meinst du: ${files}?`,
    whichOne: 'Sag mir, welche Datei: ein paar Wörter ihres Namens genügen.',
    notAllowed: 'Diesen Pfad öffne ich nicht. Nenn die Datei mit den Wörtern ihres Namens.',
    gone: 'Diese Datei ist nicht mehr da.',
    rootGone: (name: string) =>
      `Der Ordner ${name} ist gerade nicht da. Sieh nach, ob sein Laufwerk angeschlossen ist.`,
    rootGoneMend: (name: string) => `Connect the disk of ${name}, or correct FILES_ROOTS.`,
    noAccount:
      'Hier sind keine Dateien von dir. Dein Nextcloud-Konto kann der Eigentümer anbinden.',
    garbage: 'Nextcloud hat etwas geantwortet, das ich nicht lesen kann. Versuch es später.',
    noLinks: 'Nextcloud erlaubt hier keine öffentlichen Links. Die Verwaltung kann sie zulassen.',
    notCloud: 'Teilen kann ich nur Dateien, die in Nextcloud liegen.',
    shareWhat: (file: string, date: string) =>
      `einen Link anlegen, mit dem alle bis ${date} ${file} lesen können`,
    shared: (file: string, date: string) =>
      `Es gibt jetzt einen Link zu ${file}, gültig bis ${date}. Er steht auf der Seite.`,
    notReadOnly: 'Der Link hätte mehr als Lesen erlaubt, darum habe ich ihn wieder gelöscht.',
    notMade: 'Ich habe um den Link gebeten, aber Nextcloud zeigt ihn nicht.',
    unshared: 'Der Link ist gelöscht.',
    stillShared: 'Ich habe darum gebeten, aber den Link gibt es noch. Lösch ihn in Nextcloud.',
  },
};

/** @param language BCP 47. */
export const fileWords = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;

/** Words of a file as part of a spoken sentence. */
export const heard = (text: string, most = 50): string => {
  const plain = text
    .replace(/[*_#`<>|[\]{}~\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1).trimEnd()}…` : plain;
};
