/** The first page of an export: what is in it, what is not, and why. */

interface About {
  name: string;
  at: Date;
  files: string[];
}

const texts = {
  en: ({ name, at, files }: About): string => `Everything that Butler keeps about ${name}
As of ${at.toISOString()}.

Each table is there twice: as JSON, which holds everything, and as CSV for a spreadsheet (text that
would be taken for a formula begins with an apostrophe there).

${files.map((file) => `  ${file}`).join('\n')}

audit.json    what you did or had done to you in the administration
turns.json    how long each of your turns took, what it cost, which tools ran; no words
timers.json   your timers that have not gone off
pin.json      whether you have a PIN

Left out: your password's hash, passwords of your accounts elsewhere (look at them in the app), keys
of passkeys, one-time secrets, and the vectors that a model made of texts which are in here.

Not in here, because it is not yours alone: the household's lists and notes, and what other people
told Butler. In the services where you have an account, such as Jellyfin, ask for your data there.
`,
  de: ({ name, at, files }: About): string => `Alles, was Butler über ${name} aufbewahrt
Stand: ${at.toISOString()}.

Jede Tabelle liegt zweimal bei: als JSON, vollständig, und als CSV für eine Tabellenkalkulation
(Text, der dort als Formel gälte, beginnt mit einem Apostroph).

${files.map((file) => `  ${file}`).join('\n')}

audit.json    was du in der Verwaltung getan hast, und was dort an dir getan wurde
turns.json    wie lange jedes Gespräch dauerte, was es kostete, welche Werkzeuge liefen; kein Wort
timers.json   deine Timer, die noch laufen
pin.json      ob du eine PIN hast

Es fehlen: der Hash deines Passworts, Passwörter deiner Konten anderswo (die zeigt die App),
Schlüssel von Passkeys, Einmal-Geheimnisse, und die Vektoren, die ein Modell aus Texten gemacht hat,
die hier liegen.

Nicht dabei, weil es nicht dir allein gehört: Listen und Notizen des Haushalts, und was andere
Butler erzählt haben. Für Dienste, in denen du ein Konto hast, etwa Jellyfin, frag dort nach.
`,
};

export const readme = (language: string, about: About): string =>
  texts[language.toLowerCase().startsWith('de') ? 'de' : 'en'](about);
