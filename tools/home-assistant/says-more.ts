/** How people ask for locks, players, scenes and lists. */

export const lockSays = {
  en: [
    'lock{to=lock} {what}',
    'lock up{to=lock} {what}',
    'unlock{to=unlock} {what}',
    '(make sure|see to it) [that] {what} (is|are) locked{to=lock}',
    '(get|have|keep) {what} locked{to=lock}',
    'bolt{to=lock} {what}',
    '(secure){to=lock} {what}',
    'i want {what} locked{to=lock}',
    'take the lock off{to=unlock} {what}',
    'put the lock on{to=lock} {what}',
    'lock{to=lock} {what} (but|except) {except}',
    '(get|have) {what} unlocked{to=unlock}',
    'i want {what} unlocked{to=unlock}',
    '{what} lock{to=lock} please',
  ],
  de: [
    '(schließ|schließe|sperr|sperre) {what} ab{to=lock}',
    '(verriegle|verriegel|verschließe){to=lock} {what}',
    '(schließ|schließe|sperr|sperre) {what} auf{to=unlock}',
    '(entriegle|entriegel|entsperre){to=unlock} {what}',
    '{what} (abschließen{to=lock}|absperren{to=lock}|aufschließen{to=unlock})',
  ],
};

export const alarmSays = {
  en: [
    'arm the (alarm|alarm system|security system|house){to=arm_away}',
    '(turn|switch) on the (alarm|security) system{to=arm_away}',
    'arm the (alarm|alarm system) (away{to=arm_away}|home{to=arm_home})',
    'arm the (alarm|alarm system|house) for the night{to=arm_night}',
    'arm (home{to=arm_home}|away{to=arm_away}|night{to=arm_night}) [mode]',
    'set the alarm system to (home{to=arm_home}|away{to=arm_away}|night{to=arm_night})',
    'set the alarm system{to=arm_away}',
    'disarm the (alarm|alarm system|security system|house){to=disarm}',
    '(turn|switch) off the (alarm|security) system{to=disarm}',
    'disarm{to=disarm} {what}',
    'arm{to=arm_away} {what}',
    'activate the (alarm|security) system{to=arm_away}',
  ],
  de: [
    '(stell|stelle|schalte|mach) (den alarm|die alarmanlage) scharf{to=arm_away}',
    '(alarmanlage|alarm) scharf [stellen|schalten]{to=arm_away}',
    '(stell|stelle|schalte) (den alarm|die alarmanlage) (unscharf|aus){to=disarm}',
  ],
};

const player = '(music|song|track|movie|film|video|show|episode|playback|tv|television|radio)';

export const mediaSays = {
  en: [
    `pause [the|this] ${player}{to=pause}`,
    'pause{to=pause} {what}',
    'pause it{to=pause}',
    `(resume|continue|unpause) [the|this] ${player}{to=play}`,
    '(resume|unpause){to=play} {what}',
    'continue playing{to=play} [on|in] [{what}]',
    `(stop) [the|this] ${player}{to=stop}`,
    'stop playing{to=stop} [on|in] [{what}]',
    `(skip|next) [this|the|to the next] ${player}{to=next}`,
    `(play|go to|skip to) the next ${player}{to=next} [(on|in) {what}]`,
    `next ${player}{to=next} [(on|in) {what}]`,
    `(play|go to|go back to) the (previous|last) ${player}{to=previous} [(on|in) {what}]`,
    `previous ${player}{to=previous} [(on|in) {what}]`,
    `mute{to=mute} [the] ${player}`,
    'mute{to=mute} {what}',
    'unmute{to=unmute} {what}',
    `unmute{to=unmute} [the] ${player}`,
    `pause [the] ${player}{to=pause} (on|in) {what}`,
    `(press|hit) (pause{to=pause}|play{to=play}) on {what}`,
    'play{to=play} {what} again',
  ],
  de: [
    '(pausiere|pausier){to=pause} {what}',
    'pause{to=pause}',
    '(nächstes|nächster) (lied|titel|song|stück){to=next}',
    '(voriges|vorheriges|letztes) (lied|stück){to=previous}',
    '(spiel|spiele) {what} weiter{to=play}',
    '(stoppe|stopp){to=stop} die (musik|wiedergabe)',
    '(mach|stell|schalte) {what} stumm{to=mute}',
    'weiterspielen{to=play}',
  ],
};

export const sourceSays = {
  en: [
    '(switch|change|set|turn) {what} to [the] (source|input|channel) {source}',
    '(switch|change|set) [the] (source|input) (of|on) {what} to {source}',
    '(switch|change|set) [the] (source|input) to {source} on {what}',
    '(select|choose|use) [the] (source|input) {source} on {what}',
    '(select|choose|use) {source} as [the] (source|input) (on|for) {what}',
    '(put|show) [the] (source|input) {source} on {what}',
    '(switch|change) to [the] (source|input) {source}',
    '(switch|change) {what} over to [the] (source|input) {source}',
    '(select|choose) [the] (source|input) {source}',
    'use [the] {source} input on {what}',
    '(switch|set) {what} to [the] {source} (source|input)',
  ],
  de: ['(stell|stelle|schalte) {what} auf [die] (quelle|eingang) {source}'],
};

const routine = '(scene|script|routine|mode|mood|automation|scenario)';

export const startSays = {
  en: [
    `(activate|start|run|begin|launch|set|apply|execute|trigger|play) [the] {what} ${routine}`,
    `(activate|start|run|begin|launch|set|apply|execute|trigger) [the] ${routine} {what}`,
    '(turn|switch) on [the] {what} (scene|script|routine)',
    '(turn|switch) [the] {what} (scene|script|routine) on',
    `(turn|switch) on [the] ${routine} {what}`,
    '(activate|run|execute|trigger|launch) {what}',
    '{what} (scene|script|routine)',
    `(go|switch|change) (to|into) {what} ${routine}`,
    `put the (house|home|room|lights) (in|into) {what} ${routine}`,
    'press [the] {what} [button]',
    'push [the] {what} [button]',
    `(i want|give me|do) [the] {what} ${routine}`,
  ],
  de: [
    '(starte|aktiviere|aktivier|starten) [die|das|den] (szene|skript|routine|automation|' +
      'modus) {what}',
    '(starte|aktiviere|aktivier) {what}',
    'szene {what} [starten|aktivieren|an]',
    '(drück|drücke) [den|die|das] {what}',
    '{what} (starten|aktivieren)',
  ],
};

const cleaner = '(vacuum|vacuum cleaner|robot|robot vacuum|hoover)';

export const vacuumSays = {
  en: [
    `(start|run|send) [the] ${cleaner}{to=start}`,
    `(start|begin) (vacuuming|hoovering){to=start}`,
    `(vacuum|hoover|clean) the (house|floor|floors){to=start}`,
    `(turn|switch) on the ${cleaner}{to=start}`,
    `let the ${cleaner} (clean|run){to=start}`,
    `pause the ${cleaner}{to=pause}`,
    `stop the ${cleaner}{to=stop}`,
    `(stop|end) (vacuuming|hoovering|cleaning){to=stop}`,
    `(dock|return|recall) the ${cleaner}{to=dock}`,
    `send the ${cleaner} (home|back|to its dock|to the dock|back home){to=dock}`,
    `(start|run) [the] ${cleaner}{to=start} {what}`,
    `(dock|send home) [the] ${cleaner}{to=dock} {what}`,
  ],
  de: [
    '(starte|start) den (staubsauger|saugroboter|sauger){to=start}',
    '(stoppe|stopp|halte) den (staubsauger|saugroboter|sauger) [an]{to=stop}',
    'schick den (staubsauger|saugroboter|sauger) (heim|zurück|zur station|nach hause){to=dock}',
    '(saug|sauge) [die wohnung|das haus|staub]{to=start}',
  ],
};
