/** What people say to hear why Butler did something, or what it did. */

const that = '(that|this|it)';
const deedsEnglish =
  '(open|close|lock|unlock|start|stop|pause|play|add|delete|remove|cancel|create|set|send|dim|' +
  'brighten|move|change|raise|lower|note|note down|write down|reply to|forget|remember)';
const deedsGerman =
  '(ausgemacht|angemacht|ausgeschaltet|angeschaltet|eingeschaltet|geöffnet|geschlossen|' +
  'aufgemacht|zugemacht|abgeschlossen|aufgeschlossen|verriegelt|entriegelt|gestartet|gestoppt|' +
  'angehalten|gestellt|hinzugefügt|gelöscht|entfernt|abgebrochen|gedimmt|geändert|verschoben|' +
  'geschickt|gesendet|verschickt|aufgeschrieben|notiert|hochgedreht|heruntergedreht|vergessen)';
const why = '(warum|wieso|weshalb|wozu)';

export const whySays = {
  en: [
    `why did you do ${that}`,
    `why have you done ${that}`,
    'why did you just do (that|this)',
    `what made you do ${that}`,
    `how come you did ${that}`,
    'what was that for',
    `what was (the|your) reason for ${that}`,
    `what (is|was) the reason you did ${that}`,
    `(explain|tell me) why you did ${that}`,
    `who told you to do ${that}`,
    'why did you (turn|switch|put) (on|off|up|down) {what}',
    'why did you (turn|switch|put) {what} (on|off|up|down)',
    `why did you ${deedsEnglish} {what}`,
    `(explain|tell me) why you did not do ${that}{not=true}`,
    `why did (you not|not you) do ${that}{not=true}`,
  ],
  de: [
    `${why} hast du das [gerade|eben|jetzt] (gemacht|getan)`,
    'aus welchem Grund hast du das (gemacht|getan)',
    'was hat dich dazu gebracht',
    'wozu war das [gut]',
    'wer hat dir das (gesagt|aufgetragen|befohlen)',
    `(erklär|erkläre|sag|sage) mir ${why} du das (gemacht|getan) hast`,
    `${why} hast du {what} ${deedsGerman}`,
    `${why} hast du das nicht (gemacht|getan){not=true}`,
  ],
};

export const doneSays = {
  en: [
    'what did you [just] do',
    'what have you [just] done',
    'what did you do (last|just now)',
    'what was the last thing [that] you did',
    'what was your last action',
    'tell me what you [just] did',
    'what did you [just] change',
    'what have you done (in the last hour|lately)',
  ],
  de: [
    'was hast du [gerade|eben|zuletzt|jetzt] (gemacht|getan)',
    'was hast du [gerade|eben|zuletzt] geändert',
    'was war das letzte was du (gemacht|getan) hast',
    '(sag|sage) mir was du [gerade|eben|zuletzt] (gemacht|getan) hast',
    'was hast du (in der letzten Stunde|in letzter Zeit) (gemacht|getan)',
  ],
};
