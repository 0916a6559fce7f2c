/** How a German sentence claims that something in the house was done, or is so. */
import type { ClaimPatterns } from './claims.ts';

/** Participles that mean an effect of the house. */
const done =
  '(?:(?:ein|aus|an|ab|um|zu|auf|los|hoch|runter|herunter|weiter|hinzu|fertig|' +
  'stumm|leiser|lauter|heller|' +
  'dunkler|wärmer|kälter)ge\\p{L}+(?:t|en)|gestellt|gesetzt|geöffnet|geschlossen|' +
  'gesperrt|entsperrt|verriegelt|' +
  'entriegelt|gedimmt|erhöht|gesenkt|verringert|geändert|angepasst|gestartet|' +
  'gestoppt|pausiert|' +
  'fortgesetzt|gespielt|übersprungen|gelöscht|entfernt|erstellt|angelegt|geplant|' +
  'gespeichert|notiert|' +
  'gemerkt|gesendet|geschickt|verschickt|verschoben|bestellt|gekauft|gebucht|' +
  'aktiviert|deaktiviert|' +
  'ausgeführt|ausgelöst|abgeschlossen|erledigt|gekümmert|repariert|aktualisiert|' +
  'umbenannt|' +
  'verlängert|verkürzt|verbunden|getrennt|heruntergeladen|gegossen|gereinigt|' +
  'geputzt|gesaugt|' +
  'eingetragen|ergänzt|abgebrochen|beendet|begonnen|angerufen|gemacht|' +
  'heruntergefahren|hochgefahren|' +
  'geregelt|veranlasst|eingerichtet|gedreht|gefahren)';

const thing =
  '(?:\\p{L}*licht(?:er)?|\\p{L}*lampen?|\\p{L}*leuchten?|beleuchtung|' +
  'heizung(?:en)?|\\p{L}*thermostat|heizkörper|' +
  '\\p{L}*tür(?:en)?|\\p{L}*tor(?:e)?|schloss|rollos?|rolll?äden|rollladen|' +
  'rolladen|jalousien?|vorhang|vorhänge|' +
  'fenster|ventilator|fernseher|musik|radio|lied|playlist|lautstärke|wecker|timer|' +
  'erinnerung(?:en)?|alarm|' +
  '\\p{L}*anlage|ofen|herd|wasserkocher|kaffeemaschine|staubsauger|saugroboter|' +
  'schalter|steckdosen?|' +
  'spülmaschine|geschirrspüler|waschmaschine|trockner|klimaanlage|temperatur|' +
  'helligkeit|szene|modus|' +
  'nachricht(?:en)?|e-?mail|bestellung|\\p{L}*liste|\\p{L}*listen|eintrag|notiz|' +
  'termin|kalender|aufgabe|' +
  'werbeblocker|wlan|garage|küche|alles|milch|brot|eier)';

const soon =
  '(?:jetzt|nun|schon|bereits|gerade|eben|auch|alle|alles|wieder|erfolgreich|' + 'gleich|soeben)';
const state =
  '(?:an|aus|auf|zu|offen|geöffnet|geschlossen|abgeschlossen|verriegelt|' +
  'entriegelt|aufgeschlossen|scharf|unscharf)';

const pattern = (source: string): RegExp => new RegExp(source, 'u');
const B = '(?<![\\p{L}])';
const E = '(?![\\p{L}])';

const asked =
  '^(?:(?:bitte|hey|butler|okay|und|dann|jetzt|auch|mal|kannst du|könntest du|' + 'würdest du) )*';

export const german: ClaimPatterns = {
  expand: [[/\bist's\b/g, 'ist es']],
  never: [
    pattern(
      `^(?:und |aber |oder |dann )*(?:soll|sollen|sollte|kann|könnte|möchtest|willst|` +
        `darf|wenn|falls|sobald|bevor|nachdem|` +
        `ob|was|welche[rsmn]?|wer|wann|wo|warum|wie|hast|habt|ist das|sind die|um)${E}`,
    ),
    pattern(
      `${B}(?:nicht|nie|nichts|kein\\p{L}*|ob|falls|sobald|würde\\p{L}*|` + `könnte\\p{L}*)${E}`,
    ),
    pattern(`${B}(?:1[0-9]{3}|20[0-9]{2})${E}`),
  ],
  acts: [
    pattern(`${B}(?:ich|wir) (?:habe?|haben)${E}.*${B}${done}${E}`),
    pattern(`${B}habe? ich${E}.*${B}${done}${E}`),
  ],
  effects: [
    pattern(
      `^(?:und |also |okay |gut |ja |das )*(?:(?:das|es|alles|schon) )*(?:ist |wäre ` +
        `)?(?:${soon} )*` +
        `(?:notiert|gemerkt|vermerkt|gespeichert|erledigt|fertig|gemacht|geschafft|passiert|` +
        `getan|abgehakt|vollbracht|` +
        `erledigt und erledigt|ausgeführt)(?: (?:für dich|jetzt|worden))*$`,
    ),
    pattern(`^(?:bitte schön|bitteschön|so|wird gemacht|wie gewünscht)$`),
    pattern(
      `${thing}(?: \\p{L}+){0,5}? (?:ist|sind|wurden?)(?: \\p{L}+){0,4}? ${done}(?: ` +
        `worden)?${E}`,
    ),
    pattern(
      `${B}(?:ist|sind|wurden?)(?: \\p{L}+){0,3} ${thing}(?: \\p{L}+){0,4}? ` + `${done}${E}`,
    ),
    pattern(`${thing}(?: \\p{L}+){0,4}? (?:ist|sind) (?:${soon} )+${state}${E}`),
    pattern(
      `^(?:der |die |das |dein |deine )*${thing}(?: \\p{L}+){0,2}? (?:${state}|` + `${done})$`,
    ),
    pattern(`${B}(?:es|sie|das) (?:ist|sind) (?:${soon} )+(?:${state}|${done})${E}`),
    pattern(`${thing}(?: \\p{L}+){0,3}? (?:läuft|spielt|startet|steht|fährt) ` + `(?:${soon})${E}`),
    pattern(`^(?:und |also )*${done}(?: für dich)?$`),
  ],
  progress: [
    // What is promised to memory: only a stored fact makes it true.
    pattern(
      `${B}(?:ich (?:merke|notiere|behalte|speichere)|(?:merke|notiere|behalte|speichere) ` +
        `ich)${E}|` +
        `${B}ich werde${E}.*${B}(?:merken|notieren|behalten|speichern)$`,
    ),
    pattern(
      `${B}ich (?:schalte|mache|stelle|setze|öffne|schließe|sperre|dimme|starte|` +
        `stoppe|pausiere|spiele|lösche|sende|schicke|aktiviere|fahre|regle|drehe|trage|` +
        `lege)${E}`,
    ),
    pattern(
      `${B}(?:schalte|mache|stelle|öffne|schließe|dimme|starte|stoppe|pausiere) ` + `ich${E}`,
    ),
  ],
  states: [
    pattern(
      `${thing}(?: \\p{L}+){0,4}? (?:ist|sind|war|waren) (?:${soon} )*(?:${state}|` +
        `${done})${E}`,
    ),
    pattern(`${thing}(?: \\p{L}+){0,3}? (?:läuft|spielt)${E}`),
    pattern(
      `${B}(?:es|sie) (?:ist|sind|war|waren) (?:${soon} )*(?:an|aus|zu|offen|` +
        `geschlossen|abgeschlossen)$`,
    ),
  ],
  idle: new Set(
    (
      'ich wir habe hab haben ist sind war wurde wurden der die das den dem ein eine ' +
      'einen einem dein deine ' +
      'deinen mein meine es sie jetzt nun schon bereits gerade eben auch alle alles ' +
      'und oder also okay gut ja ' +
      'klar natürlich für dich auf in im am zu mit wie gewünscht erledigt fertig ' +
      'gemacht gestellt gesetzt wieder'
    ).split(' '),
  ),
  opposites: [
    ['an', 'aus'],
    ['eingeschaltet', 'ausgeschaltet'],
    ['angemacht', 'ausgemacht'],
    ['offen', 'geschlossen'],
    ['geöffnet', 'geschlossen'],
  ],
  suspect: pattern(`${B}(?:ich|wir|es|sie|das|alles|erledigt|fertig|${thing})${E}`),
  honest: pattern(
    `${B}(?:nicht|nie|nichts|kein\\p{L}*|leider|entschuldigung|tut mir leid|ohne|` +
      `fehlt|fehlgeschlagen|unklar|stattdessen|fehler|schief|später|problem|` +
      `welche[rsnm]?|sag mir|sag bitte|bitte (?:sag|prüf|versuch)\\p{L}*|meinst ` +
      `du)${E}` +
      `|^(?:aber |also |und )*(?:ich|du|wir) (?:kann|kannst|könnte|könntest|können|` +
      `würde|darf)${E}|^(?:wenn|falls|versuch)${E}`,
  ),
  nod: pattern(
    '^(?:(?:klar|okay|ok|ja|natürlich|gern|gerne|sicher|selbstverständlich|alles ' +
      'klar|gut|sehr gut|in ordnung|kein problem|' +
      'einen moment|einen augenblick|moment|sofort|mache ich|mach ich|verstanden|also|' +
      'so|na|bitte|wird gemacht) ?)+$',
  ),
  command: [
    pattern(
      `${asked}(?:(?:merke?|notiere?) dir|behalte? im kopf|vergiss (?:nicht|dass|das|was|` +
        `alles))${E}`,
    ),
    pattern(
      `${asked}(?:schalte?|mache?|stelle?|setze?|drehe?|fahre?|öffne|schließe?|` +
        `sperre?|starte?|stoppe?|pausiere?|lösche?|` +
        `entferne?|schicke?|sende?|schreibe?|bestelle?|buche?|trage?|füge?|setze?|` +
        `aktiviere?|deaktiviere?|regle|` +
        `erhöhe?|senke?|spiele?|leere?|gieße?)${E}.*(?:${B}${thing}${E}|${B}(?:an|aus|` +
        `ein|auf|zu|ab|` +
        `heller|dunkler|wärmer|kälter|lauter|leiser|hoch|runter)$)`,
    ),
    pattern(
      `${asked}(?:dimme?|verriegele?|verriegle|entriegle|sauge?|erinnere? mich (?:an|` +
        `um|in|daran|morgen|heute)|` +
        `wecke? mich|spiele? (?:musik|etwas|\\p{L}+ von))${E}`,
    ),
    pattern(
      `^(?:bitte |und |dann |kannst du |könntest du |würdest du ).*${B}(?:an|aus|ein|` +
        `auf|zu)?(?:schalten|machen|stellen|öffnen|` +
        `schließen|dimmen|starten|stoppen|spielen|löschen|schicken|senden|aktivieren|` +
        `sperren)$`,
    ),
    pattern(
      `^(?:(?:bitte|und|alle|die|das|der) )*(?:\\p{L}+ )?${thing} (?:an|aus|auf|zu|` +
        `bitte)(?: bitte)?$`,
    ),
  ],
  topic: pattern(
    `${B}(?:${thing}|zu (?:dunkel|hell|kalt|warm|heiß|laut|leise)|sag (?!mir|uns)\\p{L}+)${E}`,
  ),
  chat: pattern(
    `^(?:(?:bitte|hey|butler|okay|und|also|aber) )*(?:(?:ich|wir|du|er|sie) ` +
      `(?!(?:will|möchte|brauche|hätte|wollen|möchten|brauchen)${E})|mein|meine|unser|unsere|` +
      `erzähl|erzähle|erklär|erkläre|beschreib|schreib mir|nenn|lies|was|` +
      `welche\\p{L}*|wer|wann|wo|` +
      `warum|wieso|wie|ist|sind|war|hast|hat|haben|kannst du mir|soll|danke|hallo|guten|gute)${E}`,
  ),
  goesOn: pattern(
    `^(?:und|auch|jetzt|dann|der|die|das|den|im|in|alle|beide|nochmal|noch|wieder|` +
      `ja|bitte|okay)${E}`,
  ),
  recalls: pattern(
    `^(?:und |aber |hey |butler )*(?:hast|hattest|ist|sind|war|waren|was|wann|` +
      `welche|wer|warum|wie)${E}`,
  ),
};
