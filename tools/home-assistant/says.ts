/** How people ask for lights, levels, heating and covers, in English and German. */

const on = '(on{to=on}|off{to=off})';
const but = '(but not|but|except for|except|apart from|other than)';
const ausser = '(außer|bis auf)';
const anAus = '(an{to=on}|ein{to=on}|aus{to=off})';
const mache = '(schalte|schalt|mach|mache|dreh|drehe|stell|stelle|knips)';

export const turnSays = {
  en: [
    `(turn|switch|put) ${on} {what}`,
    `(turn|switch|put|get) {what} ${on}`,
    `(turn|switch|put) {what} ${on} [in|on] {where}`,
    `everything ${on} [in|on] {where}{what=everything}`,
    `(turn|switch) back ${on} {what}`,
    `(turn|switch) {what} back ${on}`,
    `{what} ${on}`,
    `i (want|need|would like) {what} (turned|switched|) ${on}`,
    `make sure [that] {what} (is|are) (turned|switched|) ${on}`,
    `(have|get|leave) {what} (turned|switched) ${on}`,
    '(shut|power) off{to=off} {what}',
    '(shut|power) {what} (off|down){to=off}',
    'power (on|up){to=on} {what}',
    '(activate|enable){to=on} the {what} (light|lights|switch|fan)',
    '(deactivate|disable){to=off} {what}',
    'kill{to=off} {what}',
    'lights out{to=off}{what=all lights}',
    'light up{to=on} {what}',
    'let there be light in{to=on} {what}',
    `(turn|switch|put) ${on} {what} ${but} {except}`,
    `(turn|switch|put) {what} ${on} ${but} {except}`,
    `(turn|switch|put) {what} ${but} {except} ${on}`,
    `{what} ${but} {except} ${on}`,
  ],
  de: [
    `${mache} {what} ${anAus}`,
    `${mache} ${anAus} {what}`,
    `{what} ${anAus}`,
    `{what} (anschalten|einschalten|anmachen|anknipsen){to=on}`,
    `{what} (ausschalten|ausmachen|abschalten|ausknipsen){to=off}`,
    `{what} soll ${anAus} [sein|gehen]`,
    `ich (will|möchte|brauche|hätte gern) {what} ${anAus}`,
    'lass {what} (angehen{to=on}|ausgehen{to=off})',
    `${mache} {what} ${ausser} {except} ${anAus}`,
    `{what} ${ausser} {except} (${anAus}|ausschalten{to=off}|anschalten{to=on}|ausmachen{to=off})`,
    'licht aus{to=off}{what=alle lichter}',
    'sorge dafür dass {what} (an{to=on}|aus{to=off}) (ist|sind)',
  ],
};

const words =
  '(full{percent=100}|maximum{percent=100}|max{percent=100}|half{percent=50}|minimum{percent=1})';

export const levelSays = {
  en: [
    '(set|put|turn|change|bring|dim|brighten|make|adjust) {what} (to|at) {percent} percent ' +
      '[brightness|volume|speed]',
    '(set|put|turn|change|adjust) [the] (brightness|volume|speed|position|level) of {what} ' +
      'to {percent} [percent]',
    '(set|put|turn|change|adjust) {what} (brightness|volume|speed|position|level) to ' +
      '{percent} [percent]',
    '(set|put|turn|change) [the] (brightness|volume|speed) to {percent} [percent] (in|on|' +
      'for|of) {what}',
    '(dim|brighten) {what} [down|up] to {percent}',
    '(turn|dim|bring) {what} (up|down) to {percent} [percent]',
    '{what} (to|at) {percent} percent',
    '{what} {percent} percent',
    '(open|close|raise|lower) {what} to {percent} [percent]',
    `(set|put|turn|dim) {what} (to|at) ${words} [brightness|volume|speed]`,
    `(set|turn) {what} to ${words}`,
    '(give|i want|i need) {percent} percent (in|on|for) {what}',
    '(set|dim) {what} (but|except) {except} to {percent} percent',
  ],
  de: [
    '(stell|stelle|setz|setze|dimm|dimme|mach|mache|fahr|fahre|dreh|drehe) {what} auf ' +
      '{percent} [prozent]',
    '{what} auf {percent} prozent [stellen|dimmen|setzen|fahren]',
    '(stell|stelle|setz|setze) die (helligkeit|lautstärke) (von|in|im|bei) {what} auf ' +
      '{percent} [prozent]',
    'die (helligkeit|lautstärke) (von|in|im) {what} auf {percent} [prozent]',
    '(stell|mach|dimm) {what} auf (halb{percent=50}|voll{percent=100}|ganz hell{percent=100})',
  ],
};

const bit = '[a (bit|little|little bit|lot|touch)]';
const more = '(brighter|louder|faster|warmer|hotter){to=more}';
const less = '(dimmer|darker|softer|quieter|slower|cooler|colder|less bright){to=less}';

export const adjustSays = {
  en: [
    `dim {what} ${bit}{to=less}`,
    `dim down {what}{to=less}`,
    `brighten [up] {what} ${bit}{to=more}`,
    `make {what} ${bit} [much] (${more}|${less})`,
    `(turn|bring) (up{to=more}|down{to=less}) {what} ${bit}`,
    `(turn|bring) {what} (up{to=more}|down{to=less}) ${bit}`,
    `(turn|bring) {what} (up{to=more}|down{to=less}) by {by} [percent]`,
    `(raise|increase){to=more} [the] (brightness|volume|temperature|speed) (of|in|on) {what}`,
    '(lower|decrease|reduce){to=less} [the] (brightness|volume|temperature|speed) (of|in|' +
      'on) {what}',
    '(raise|increase){to=more} {what} by {by} [percent]',
    '(lower|decrease|reduce){to=less} {what} by {by} [percent]',
    `{what} ${bit} (${more}|${less})`,
    `(i want|i would like|i need) {what} ${bit} (${more}|${less})`,
  ],
  de: [
    '(mach|mache|stell|stelle|dreh) {what} [etwas|ein bisschen|ein wenig] (heller|lauter|' +
      'wärmer|schneller){to=more}',
    '(mach|mache|stell|stelle|dreh) {what} [etwas|ein bisschen|ein wenig] (dunkler|leiser|' +
      'kälter|kühler|langsamer){to=less}',
    '{what} [etwas|ein bisschen] (heller|lauter|wärmer){to=more}',
    '{what} [etwas|ein bisschen] (dunkler|leiser|kälter|kühler){to=less}',
    '(dimm|dimme) {what} [etwas|ein bisschen|herunter|runter]{to=less}',
    '(dreh|drehe) {what} (auf|hoch){to=more}',
    '(dreh|drehe) {what} (runter|herunter){to=less}',
  ],
};

const farbe =
  '(rot{colour=red}|grün{colour=green}|blau{colour=blue}|gelb{colour=yellow}|' +
  'orange{colour=orange}|lila{colour=purple}|violett{colour=violet}|rosa{colour=pink}|' +
  'türkis{colour=turquoise}|weiß{colour=white}|warmweiß{colour=warm white}|' +
  'kaltweiß{colour=cool white})';

export const colourSays = {
  en: [
    '(make|set|turn|change|switch|put|paint|colour|color) {what} {colour}',
    '(set|change|switch|turn|put) {what} to [the] [colour|color] {colour}',
    '(set|change|switch) [the] (colour|color) of {what} to {colour}',
    '(set|change|switch) {what} (colour|color) to {colour}',
    '(make|have) {what} (go|glow|shine|look) {colour}',
    'i (want|would like|need) {what} [in|to be] {colour}',
    '{what} in {colour}',
    '(give me|i want|i need) {colour} (light|lights) (in|on|at) {what}',
    '(set|change|turn|switch|make) {what} [to] {kelvin} kelvin',
    '(set|change) [the] colour temperature of {what} to {kelvin} [kelvin]',
    '{what} at {kelvin} kelvin',
  ],
  de: [
    `(mach|mache|stell|stelle|schalte|färb|färbe) {what} [auf] ${farbe}`,
    `{what} [auf|in] ${farbe} [stellen|machen|schalten]`,
    `{what} soll ${farbe} (sein|leuchten)`,
    '(stell|stelle|setz|setze) {what} auf {kelvin} kelvin',
  ],
};

const degrees = '[degrees] [celsius|centigrade]';

export const temperatureSays = {
  en: [
    `(set|put|turn|change|adjust) [the] temperature to {degrees} ${degrees}`,
    `(set|put|turn|change) [the] temperature (in|of|on|for) {what} to {degrees} ${degrees}`,
    `(set|put|turn|change) {what} temperature to {degrees} ${degrees}`,
    `(set|put|turn|change|adjust|raise|lower|heat|cool) {what} to {degrees} degrees [celsius]`,
    `(set|turn) {what} (up|down) to {degrees} degrees`,
    `(turn) (up|down) {what} to {degrees} degrees`,
    `make it {degrees} degrees [in {what}]`,
    `{degrees} degrees in {what}`,
    `(i want|i would like) [it] [to be] {degrees} degrees [in {what}]`,
    `(heat|cool) [it] [up|down] to {degrees} degrees`,
    `{what} (to|at) {degrees} degrees`,
    `(set|turn) [the] (thermostat|heating|heater) to {degrees}`,
  ],
  de: [
    '(stell|stelle|dreh|drehe|setz|setze|heiz|heize) {what} auf {degrees} grad',
    '(stell|stelle|setz|setze) die temperatur [(in|im|von) {what}] auf {degrees} [grad]',
    '{what} auf {degrees} grad [stellen|heizen]',
    'ich (will|möchte|hätte gern) {degrees} grad (in|im) {what}',
  ],
};

const modeWords =
  '(heat{mode=heat}|heating{mode=heat}|cool{mode=cool}|cooling{mode=cool}|auto{mode=auto}|' +
  'automatic{mode=auto}|dry{mode=dry}|fan only{mode=fan_only}|heat cool{mode=heat_cool})';

export const modeSays = {
  en: [
    `(set|switch|put|turn|change) {what} (to|into|in|on) ${modeWords} [mode]`,
    `(set|switch|put|change) [the] mode (of|on|for) {what} to ${modeWords}`,
    `(set|switch|put|change) {what} mode to ${modeWords}`,
    `{what} (to|in) ${modeWords} mode`,
    `(use|activate) ${modeWords} mode (on|in|for) {what}`,
    `(set|switch) {what} ${modeWords} mode`,
    `(have|let) {what} run (in|on) ${modeWords} [mode]`,
    `(start|begin) (heating{mode=heat}|cooling{mode=cool}) {what}`,
    `change {what} over to ${modeWords}`,
    `i want {what} (in|on) ${modeWords} [mode]`,
  ],
  de: [
    '(stell|stelle|schalte) {what} auf (heizen{mode=heat}|kühlen{mode=cool}|automatik{mode=auto})',
  ],
};

const opening = '(open{to=open}|close{to=close})';

export const coverSays = {
  en: [
    `${opening} {what}`,
    'open up{to=open} {what}',
    '(open|pull|roll|put) {what} up{to=open}',
    '(raise|lift){to=open} {what}',
    '(lower){to=close} {what}',
    '(pull|roll|put|let) down{to=close} {what}',
    '(pull|roll|put|let) {what} down{to=close}',
    '(pull|draw|shut) {what} (closed|shut|){to=close}',
    '(pull|roll) up{to=open} {what}',
    'shut{to=close} {what}',
    'stop{to=stop} {what} (from moving|moving)',
    'stop{to=stop} the (blinds|blind|shutters|curtains|cover|garage door){what=covers}',
    'make sure [that] {what} (is|are) (closed|shut){to=close}',
    'get {what} (open{to=open}|closed{to=close})',
    `${opening} {what} ${but} {except}`,
    'i want {what} (open{to=open}|closed{to=close}|shut{to=close})',
  ],
  de: [
    '(öffne|öffnen){to=open} {what}',
    '(schließe|schließ){to=close} {what}',
    '(mach|mache|fahr|fahre|zieh|ziehe) {what} (auf{to=open}|hoch{to=open}|zu{to=close}|' +
      'runter{to=close}|herunter{to=close})',
    '{what} (öffnen{to=open}|schließen{to=close}|hochfahren{to=open}|' +
      'runterfahren{to=close}|zu{to=close}|auf{to=open}|hoch{to=open}|runter{to=close})',
    '(halt|halte) {what} an{to=stop}',
    '(mach|fahr) {what} (außer|bis auf) {except} (zu{to=close}|auf{to=open})',
  ],
};
