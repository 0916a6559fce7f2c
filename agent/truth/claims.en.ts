/** How an English sentence claims that something in the house was done, or is so. */
import type { ClaimPatterns } from './claims.ts';

/** Verbs whose past means an effect of the house; "made", "found" and "told" mean too much else. */
const done =
  'turned|switched|set|put|opened|closed|shut|locked|unlocked|dimmed|brightened|' +
  'raised|lowered|' +
  'increased|decreased|reduced|changed|adjusted|started|stopped|paused|resumed|' +
  'played|skipped|' +
  'muted|unmuted|added|removed|deleted|cancelled|canceled|cleared|created|' +
  'scheduled|rescheduled|' +
  'saved|stored|noted|sent|texted|called|messaged|emailed|ordered|bought|booked|' +
  'activated|' +
  'deactivated|enabled|disabled|armed|disarmed|ran|triggered|launched|executed|' +
  'completed|' +
  'finished|handled|sorted|fixed|updated|moved|renamed|marked|ticked|checked off|' +
  'snoozed|' +
  'extended|shortened|restarted|rebooted|reset|connected|disconnected|paired|' +
  'downloaded|queued|' +
  'shuffled|cooled|heated|warmed|vacuumed|cleaned|watered|fed|lit|darkened|rolled|' +
  'drawn|pulled|' +
  'prepared|arranged|done|taken care|took care|applied|performed|shut off|powered|' +
  'plugged|begun|' +
  'began|boosted|silenced|confirmed|registered|recorded|posted|forwarded|' +
  'delivered|reserved|' +
  'requested|programmed|configured|initiated|docked|kicked off|flipped|cranked|' +
  'bumped|brought';

const doing =
  'turning|switching|setting|opening|closing|locking|unlocking|dimming|' +
  'brightening|raising|' +
  'lowering|increasing|decreasing|adjusting|starting|stopping|pausing|resuming|' +
  'playing|skipping|' +
  'muting|adding|removing|deleting|cancelling|canceling|creating|sending|' +
  'activating|' +
  'deactivating|enabling|disabling|arming|disarming|running|putting|shutting|' +
  'ordering|booking';

/** Things of a household that can be in a state, or be made. */
const thing =
  '(?:lights?|lamps?|bulbs?|lighting|heating|heaters?|thermostats?|radiators?|' +
  'doors?|locks?|' +
  'blinds?|shutters?|curtains?|covers?|garage|gates?|windows?|fans?|tv|television|' +
  'music|radio|' +
  'songs?|playlists?|album|video|movie|film|speakers?|volume|alarms?|timers?|' +
  'reminders?|oven|' +
  'stove|cooker|kettle|coffee machine|coffee maker|vacuum(?: cleaner)?|robot|' +
  'switch(?:es)?|' +
  'plugs?|outlets?|sockets?|dishwasher|washing machine|washer|dryer|fridge|' +
  'freezer|' +
  'air condition(?:ing|er)|ac|temperature|brightness|scenes?|mode|routine|script|' +
  'automations?|' +
  'security system|shades?|messages?|emails?|e-mails?|mail|texts?|order|lists?|' +
  'items?|notes?|events?|appointments?|' +
  'meeting|calendar|download|backup|request|command|task|setting|change|' +
  'sprinklers?|camera|' +
  'ad blocker|wifi|wi-fi|router|milk|bread|eggs|booking|reservation|call|house|' +
  'home|power|' +
  'everything|all of (?:them|it)|both of them)';

const soon =
  '(?:now|just|already|also|both|all|successfully|finally|indeed|again|safely|' +
  'fully|in fact|currently)';
const on =
  '(?:on|off|open|opened|closed|shut|locked|unlocked|running|playing|armed|' + 'disarmed|down|up)';
const ended =
  '(?=\\s*(?:$|now\\b|again\\b|for you\\b|already\\b|as (?:requested|asked|you)|' +
  'in the\\b|at\\b|to\\b|for\\b|until\\b))';
const be =
  '(?:is|are|was|were|has been|have been|should be|should now be|is being|are ' + 'being|got|gets)';

/** What a thing may be after "'s": there it stands for "is", not for whose it is. */
const states = 'on|off|open|closed|locked|set|playing|running';

const pattern = (source: string): RegExp => new RegExp(source, 'u');

const asked =
  '^(?:(?:please|hey|butler|okay|ok|and|then|now|also|just|could you|can you|' +
  'would you|will you|go ahead and|' +
  'i want you to|i need you to|i would like you to|lets|let us) )*';

export const english: ClaimPatterns = {
  expand: [
    [/\b(i|we|you|they)'ve\b/g, '$1 have'],
    [/\b(it|that|he|she|everything|there|what)'s\b/g, '$1 is'],
    [/\b(i)'m\b/g, '$1 am'],
    [/\b(you|they|we)'re\b/g, '$1 are'],
    [/\b([a-z]+)n't\b/g, '$1 not'],
    [/\b(i|we|you|they|it)'ll\b/g, '$1 will'],
    [/\b(?:keep|bear) (that|this|it|them) in mind\b/g, 'remember $1'],
    [new RegExp(`\\b(\\p{L}+)'s (?=(?:now |already |all )*(?:${states})\\b)`, 'gu'), '$1 is '],
  ],
  /** Clauses that ask, suppose, or speak of what is not. */
  never: [
    pattern(
      '^(?:and |but |so |or |then )*(?:shall|should|would|could|can|may|might|do|does|' +
        'did|will|is|are|was|were|' +
        'have|has|what|which|who|when|where|why|how|if|once|when|whenever|unless|until|' +
        'before|after|' +
        'whether|as soon as|to)\\b',
    ),
    pattern(
      '\\b(?:whether|if|once|unless|until|as soon as|asked me to|want me to|able ' + 'to)\\b',
    ),
    pattern('\\bin (?:1[0-9]{3}|20[0-9]{2})\\b'),
  ],
  acts: [
    // "I have just turned …", "I went ahead and set …", "I managed to turn …"
    pattern(
      `\\b(?:i|we|butler)(?: have| has)?(?: ${soon}| went ahead and| gone ahead and| ` +
        `gone and)* (?:${done})\\b`,
    ),
    pattern('\\b(?:i|we)(?: have)? (?:managed to|made (?:sure|a note))\\b'),
    pattern(
      `\\b(?:i|we)(?: have)? (?:got|put|made|brought|set|gone) (?:the|your|it|them|` +
        `everything|all)\\b.*\\b(?:${on}|brighter|darker|warmer|cooler|louder|quieter|` +
        `sorted|done)\\b`,
    ),
  ],
  effects: [
    pattern(
      `^(?:and |so |okay |ok |then )*(?:have )?(?:${soon} )*(?:${done}) (?:on|off|up|` +
        `down|it|that|them|the|your|all|both|a|an|for you)\\b`,
    ),
    pattern(
      `^(?:and |so |duly )*(?:${soon} )*(?:turned|switched|set|opened|closed|locked|` +
        `unlocked|started|stopped|sent|added|saved|noted|cancelled|canceled|finished|` +
        `completed|sorted|fixed|handled)(?: (?:on|off|up|down))?(?: (?:now|again|` +
        `already|for you))*$`,
    ),
    pattern(
      '^(?:and |so |okay |ok |yes |sure |great |perfect |alright )*(?:(?:it|that|this|' +
        'everything) (?:is )?)?(?:you are )?(?:now )?' +
        '(?:(?:all |already |now )*(?:done|set|sorted|finished|completed?|handled|ready|' +
        'taken care of)|good to go|' +
        'there you go|mission accomplished|consider it (?:done|handled|sorted|noted|' +
        'remembered|forgotten)|success|' +
        'done and done|task complete|job done|got it done|your wish is my command)' +
        '(?: (?:now|for you|already|again|as (?:requested|asked|you (?:asked|wanted|' +
        'wished))))*$',
    ),
    // "It has been switched off", "they are now closed": done to what was named before
    pattern(
      `\\b(?:it|that|they|this|these|those|all)(?: (?:is|are|have|has))(?: ${soon}| ` +
        `been)* (?:${done})(?=\\s*(?:$|on\\b|off\\b|now\\b|for you\\b))`,
    ),
    pattern(
      `${thing}(?: [\\p{L}-]+){0,4}? (?:has|have) (?:${soon} )*been (?:${soon} ` +
        `)*(?:${done})\\b`,
    ),
    pattern(
      `${thing}(?: [\\p{L}-]+){0,4}? (?:is|are|was|were)? ?(?:${soon} )*(?:turned|` +
        `switched|set|cancelled|canceled|created|added|sent|started|activated|saved|` +
        `scheduled|dimmed|lowered|raised|deleted|removed|paused|stopped|booked|ordered|` +
        `updated|changed|adjusted|muted)\\b`,
    ),
    pattern(`${thing}(?: [\\p{L}-]+){0,4}? (?:is|are) (?:now (?:${on})|(?:${on}) now)\\b`),
    pattern(`${thing}(?: [\\p{L}-]+){0,4}? should now be (?:${soon} )*(?:${on}|set|at)\\b`),
    pattern(`${thing}(?: [\\p{L}-]+){0,4}? should be (?:${soon} )*${on}(?: now)?$`),
    pattern(
      `\\b(?:it|they) (?:is|are|should be)(?: all)?(?: now (?:on|off|open|closed|` +
        `locked|unlocked|set|done|running|playing)| (?:on|off|open|closed|locked|` +
        `unlocked|set|done|running|playing) now)\\b`,
    ),
    pattern(
      `^(?!.*\\b(?:leave|keep|let|turn|switch|put|with|needs?|have|want|` +
        `says?)\\b)(?:the |your |all |both )*(?:[\\p{L}-]+ ){0,3}?${thing} (?:on|off|` +
        `open|closed|locked|unlocked|set|armed)${ended}`,
    ),
  ],
  progress: [
    // What is promised to memory: only a stored fact makes it true.
    pattern(
      `\\b(?:i|we) (?:will|shall|am going to) (?:${soon} |certainly |definitely |gladly |` +
        `always )*` +
        '(?:remember|memori[sz]e|(?:not|never) forget|make (?:a|sure to) (?:note|remember)|' +
        '(?:note|save|store) (?:that|this|it|them)|forget (?:that|this|it|about|everything))\\b',
    ),
    pattern(`\\b(?:i am |^)(?:${soon} )*(?:noting|memori[sz]ing|forgetting) (?:that|this|it)\\b`),
    pattern(`\\bi am (?:${soon} )*(?:${doing})\\b`),
    pattern(
      `^(?:and |so |okay |ok |now )*(?:${doing}) (?:on|off|up|down|it|that|them|the|` +
        `your|all|both|a|an|some|music)\\b`,
    ),
  ],
  states: [
    pattern(
      `${thing}(?: [\\p{L}-]+){0,4}? ${be} (?:not )?(?:${soon} )*(?:${on}|set|` +
        `scheduled|paused|muted|dimmed|booked)(?=\\s*(?:$|\\p{L}))`,
    ),
    pattern(
      `\\b(?:it|they|that)(?: ${be}) (?:${soon} )*(?:switched |turned )?(?:on|off|` +
        `open|closed|locked|unlocked|running|playing)(?: (?:now|already|again))*$`,
    ),
  ],
  idle: new Set(
    (
      'i we have has had been is are was were am be the a an your my our this that ' +
      'these those it they them ' +
      'now just already also all both and or so then okay ok sure yes no great ' +
      'perfect alright of course ' +
      'to for in at by with as you me asked requested done set turned switched put ' +
      'made should ' +
      'went ahead gone got taken took care everything again there here finished ready ' +
      'successfully'
    ).split(' '),
  ),
  opposites: [
    ['on', 'off'],
    ['open', 'closed'],
    ['opened', 'closed'],
    ['locked', 'unlocked'],
    ['up', 'down'],
  ],
  suspect: pattern(`\\b(?:i|we|butler|it|they|that|everything|all|done|set|${thing})\\b`),
  honest: pattern(
    '\\b(?:not|cannot|unable|none|never|nothing|nobody|sorry|unfortunately|afraid|' +
      'fail(?:s|ed)?|without|' +
      'no(?! (?:problem|worries|sweat|sooner))|instead|unavailable|offline|unclear|' +
      'unsure|missing|' +
      'wrong|errors?|trouble|later|wait|timed out|would need|need to know|tell me|let ' +
      'me know|please (?:say|tell|ask|try|check|use)|did you mean|which)\\b' +
      '|^(?:(?:but|well|so|and|actually) )*(?:i|you|we) (?:can|could|would|might|' +
      'may)\\b|^(?:let me|try|if)\\b',
  ),
  nod: pattern(
    '^(?:(?:sure|okay|ok|yes|yeah|of course|certainly|absolutely|alright|all right|' +
      'right|right away|very well|no problem|no worries|' +
      'great|perfect|good|gladly|my pleasure|thing|one moment|just a moment|a moment|' +
      'moment|please|hold on|' +
      'with pleasure|understood|got it|you got it|will do|sir|madam|here we go|there|' +
      'oh|well|so|then) ?)+$',
  ),
  command: [
    pattern(
      `${asked}(?:(?:remember|note|make a note|keep in mind) (?:that|this|my|i|our|we)|` +
        '(?:do not )?forget (?:that|this|my|about|what|everything))\\b',
    ),
    pattern(
      `${asked}(?:turn|switch|put|flip)\\b.*\\b(?:on|off|up|down|out)\\b|` +
        `${asked}(?:lock|unlock|dim|brighten|mute|unmute|snooze|arm|disarm|activate|` +
        `deactivate)\\b`,
    ),
    pattern(
      `${asked}(?:remind me (?:to|in|at|on|about|every|tomorrow|tonight)|wake (?:me|` +
        `us)|set (?:a|an|the|my|our|all)|` +
        `(?:text|message|email|call|phone|ring) (?!me\\b|it\\b|this\\b)\\p{L}+|order ` +
        `(?:a|an|some|me|us|more|two)|` +
        `(?:cancel|delete|remove|schedule|book) (?:the|my|our|a|an|all|it|that|this)|` +
        `play (?!(?:a|an|the|another) (?:\\p{L}+ )?(?:game|quiz|riddle)|with\\b|` +
        `along\\b|twenty\\b)\\p{L}+|` +
        `(?:pause|resume|skip|stop|start|shuffle) (?:the|my|it|that|this|all|playing)|` +
        `(?:add|put) .* (?:to|on) (?:the|my|our))\\b`,
    ),
    pattern(
      `${asked}(?:open|close|shut|start|stop|make|change|increase|decrease|reduce|` +
        `adjust|clear|create|run|send|save|` +
        `lower|raise|enable|disable|cool|heat|warm|move|clean|bring|get|reset|restart|` +
        `roll|draw|pull|water|vacuum)\\b.*` +
        `\\b${thing}\\b`,
    ),
    pattern(
      `${asked}make (?:it|the \\p{L}+) (?:brighter|darker|warmer|cooler|colder|louder|` +
        `quieter|softer)\\b`,
    ),
    pattern(
      `^(?:(?:please|and|all|the|both|my) )*(?:[\\p{L}-]+ )?${thing} (?:on|off|up|` +
        `down|please)(?: please)?$`,
    ),
  ],
  topic: pattern(
    `\\b(?:${thing}|(?:too|so|a bit|very) (?:dark|bright|cold|warm|hot|chilly|loud|quiet|stuffy)|` +
      'let \\p{L}+ know|tell (?!me\\b|us\\b)\\p{L}+)\\b',
  ),
  chat: pattern(
    '^(?:(?:please|hey|butler|okay|ok|and|so|well|but) )*(?:(?:i|we|you|he|she|they) ' +
      '(?!(?:want|need|would like|would love|could use)\\b)|' +
      'my|our|his|her|their|there|tell (?:me|us)|' +
      'explain|describe|write|imagine|suppose|name|list|read|say|what|' +
      'which|who|when|where|why|how|' +
      'is|are|was|were|do|does|did|has|have|had|should|' +
      '(?:can|could|would|will) (?:you (?:tell|explain|' +
      'say|help)|i)|thank|thanks|good|hello|hi|the \\p{L}+ (?:is|was|are|were))\\b',
  ),
  goesOn: pattern(
    '^(?:and|also|now|then|the|my|our|in|all|both|same|too|again|yes|yeah|please|' +
      'okay|ok|no,? the)\\b',
  ),
  recalls: pattern(
    '^(?:and |so |but |hey |butler )*(?:did|have|has|had|was|were|is|are|what|when|' +
      'which|who|why|how)\\b',
  ),
};
