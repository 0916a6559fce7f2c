/** How people ask how the home is, and was: states, readings, times. */

const ist =
  '(an{is=on}|aus{is=off}|offen{is=open}|auf{is=open}|zu{is=closed}|geschlossen{is=closed}|' +
  'abgeschlossen{is=locked}|abgesperrt{is=locked}|verriegelt{is=locked}|' +
  'aufgeschlossen{is=unlocked})';

export const stateSays = {
  en: [
    '(is|are) {what} {is} [now|right now|at the moment]',
    '(is|are) {what} still {is}',
    '(is|are) {what} (turned|switched) {is}',
    '(is|are) {what} (shut{is=closed}|cleaning{is=running}|active{is=on})',
    '(tell me|check|do you know|can you see|see) (if|whether) {what} (is|are) [still] {is}',
    'did (i|we|somebody|someone|anyone) leave {what} {is}',
    'have (i|we) left {what} {is}',
    'did (i|we|somebody|someone) (lock{is=locked}|close{is=closed}|shut{is=closed}) {what}',
    'what is the (state|status) of {what}',
    '(tell me|give me|check) the (state|status) of {what}',
    'what (state|status) is {what} in',
    '{what} (state|status)',
    'how is {what} set',
    'what is {what} doing',
    'what is {what} set to',
  ],
  de: [
    `(ist|sind) {what} [noch|gerade] ${ist}`,
    `(ob|schau ob|weißt du ob) {what} ${ist} (ist|sind)`,
    'wie ist der (status|zustand) von {what}',
    `habe ich {what} ${ist} gelassen`,
  ],
};

export const whichSays = {
  en: [
    '(which|what) {kind} are [still|currently|] {is}',
    '(which|what) {kind} is [still|currently|] {is}',
    '(which|what) {kind} did (i|we) leave {is}',
    'are [there] any {kind} [still] {is}',
    'is [there] any {kind} [still] {is}',
    'are any of the {kind} [still] {is}',
    'how many {kind} are [still] {is}',
    '(tell me|show me|list) (which|what|all) {kind} [that] are {is}',
    '(list|show me) the {is} {kind}',
    'did (i|we) leave any {kind} {is}',
    'have (i|we) left any {kind} {is}',
    'is anything [still] {is}{kind=lights}',
  ],
  de: [
    `(welche|welches) {kind} (sind|ist) [noch|gerade] ${ist}`,
    `(sind|ist) [noch] (irgendwelche|irgendein) {kind} ${ist}`,
    `wie viele {kind} sind [noch] ${ist}`,
  ],
};

const measured =
  '(temperature{measure=temperature}|humidity{measure=humidity}|power consumption{measure=power}|' +
  'power usage{measure=power}|energy consumption{measure=energy}|battery level{measure=battery}|' +
  'carbon dioxide level{measure=carbon_dioxide}|carbon dioxide{measure=carbon_dioxide}|' +
  'carbon monoxide level{measure=carbon_monoxide}|carbon monoxide{measure=carbon_monoxide}|' +
  'air pressure{measure=pressure})';

export const measureSays = {
  en: [
    `what is the [current] ${measured} (in|of|on|at|for) {where}`,
    `what is the [current] ${measured} [right now|now]`,
    `what is the ${measured} outside{where=outside}`,
    `what is the {where} ${measured}`,
    `what is {where} ${measured}`,
    `(tell|give) me the [current] ${measured} (in|of|on) {where}`,
    `(how warm|how cold|how hot) is it in{measure=temperature} {where}`,
    `(how warm|how cold|how hot) is it outside{measure=temperature}{where=outside}`,
    `how (warm|cold|hot) is{measure=temperature} {where}`,
    `how humid is it in{measure=humidity} {where}`,
    `how (high|low) is the ${measured} (in|of) {where}`,
    `(check|read) the ${measured} (in|of|on) {where}`,
    `${measured} in {where}`,
    'what does the {where} (thermometer|thermostat) say{measure=temperature}',
  ],
  de: [
    'wie (warm|kalt) ist es (in|im|auf){measure=temperature} {where}',
    'wie (warm|kalt) ist es draußen{measure=temperature}{where=outside}',
    'wie ist die (temperatur{measure=temperature}|luftfeuchtigkeit{measure=humidity}) (in|' +
      'im) {where}',
    'wie viel grad (hat es|sind es|ist es) (in|im){measure=temperature} {where}',
    'temperatur (in|im){measure=temperature} {where}',
  ],
};

export const whenSays = {
  en: [
    'when (was|were) {what} [last] {did} [last|the last time]',
    'when did (i|we|somebody|someone) [last] (open{did=opened}|close{did=closed}|' +
      'lock{did=locked}|unlock{did=unlocked}) {what}',
    'when did {what} [last] (open{did=opened}|close{did=closed}|start{did=started}|' +
      'stop{did=stopped}|change{did=changed})',
    'when did {what} (go|turn|come) (on{did=turned on}|off{did=turned off})',
    '(tell me|do you know) when {what} (was|were) [last] {did}',
    'what time (was|were) {what} [last] {did}',
    'at what time (was|were) {what} [last] {did}',
    'how long ago (was|were) {what} {did}',
    'when (was|were) the last time {what} (was|were) {did}',
    'when was the last time (that|) {what} (opened{did=opened}|changed{did=changed})',
    '(has|have) {what} been {did} today',
  ],
  de: [
    'wann (wurde|wurden) {what} [zuletzt|das letzte mal] (geöffnet{did=opened}|' +
      'geschlossen{did=closed}|abgeschlossen{did=locked}|aufgeschlossen{did=unlocked}|' +
      'eingeschaltet{did=turned on}|ausgeschaltet{did=turned off}|benutzt{did=used})',
    'wann (ging|ist) {what} [zuletzt] (an{did=turned on}|aus{did=turned off}|' +
      'auf{did=opened}|zu{did=closed}) [gegangen]',
  ],
};

const wieLange =
  '(an{is=on}|aus{is=off}|offen{is=open}|zu{is=closed}|geschlossen{is=closed}|' +
  'abgeschlossen{is=locked})';

export const howLongSays = {
  en: [
    'how long (has|have) {what} been {is}',
    'how long (has|have) {what} already been {is}',
    'since when (is|are|has|have) {what} [been] {is}',
    'for how long (has|have) {what} been {is}',
    'how long (is|are) {what} {is} [already|now]',
    '(tell me|do you know) how long {what} (has|have) been {is}',
    'how much time (has|have) {what} been {is}',
    'how long (was|were) {what} {is} today{today=true}',
    'how long (has|have) {what} been {is} today{today=true}',
    '(has|have) {what} been {is} (for long|for a long time|a long time|long)',
    'how many hours (was|were|has|have) {what} [been] {is} today{today=true}',
  ],
  de: [
    `(seit wann|wie lange) (ist|sind) {what} [schon] ${wieLange}`,
    `wie lange (war|waren) {what} heute ${wieLange}{today=true}`,
  ],
};
