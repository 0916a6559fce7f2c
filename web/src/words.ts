/** Everything the page says, in one place. */
import type { Trouble } from './voice/trouble.ts';

export interface Notice {
  sentence: string;
  action?: string;
}

const troubles: Record<Trouble, Notice> = {
  refused: {
    sentence:
      'The microphone is blocked for this page. Allow it in the browser’s site settings, ' +
      'beside the address, then try again.',
    action: 'Try again',
  },
  none: {
    sentence: 'No microphone was found. Connect one, or type below, then try again.',
    action: 'Try again',
  },
  'in-use': {
    sentence:
      'Another program is using the microphone. Close it, for example a call, then try again.',
    action: 'Try again',
  },
  insecure: {
    sentence:
      'Browsers give the microphone only to secure pages. Open Butler with https, or on this ' +
      'machine as localhost. Typing works meanwhile.',
    action: 'Try again',
  },
  unplugged: {
    sentence: 'The microphone went away. Connect it again and press the button.',
    action: 'Try again',
  },
  unknown: {
    sentence: 'The microphone could not be started. Load the page again if this stays.',
    action: 'Try again',
  },
};

export const words = {
  butler: 'Butler',
  you: 'You',
  troubles,

  welcomeTitle: 'Welcome home.',
  welcomeText: 'You are the first one here, so this house is yours. Tell Butler who you are.',
  loginTitle: 'Good to see you.',
  loginText: 'Sign in, and Butler knows who is speaking.',
  nameLabel: 'What Butler should call you',
  usernameLabel: 'User name',
  usernameHint: 'Small letters and digits, for signing in.',
  passwordLabel: 'Password',
  passwordHint: 'At least 8 characters.',
  showPassword: 'Show',
  hidePassword: 'Hide',
  begin: 'Begin',
  beginning: 'One moment…',
  logIn: 'Sign in',
  logOut: 'Sign out',
  signedOut: 'You were signed out. Please sign in again.',
  usePasskey: 'Use a passkey',
  passkeyUnused: 'No passkey was used. Try again, or sign in with your password.',
  waitTitle: 'One of your devices decides.',
  waitText: 'Let this device in there, if it shows the same code:',
  waitRefused: 'This device was not let in.',
  waitExpired: 'Nobody answered in time. Please sign in again.',
  cancel: 'Cancel',

  greeting: (hour: number, name: string) => `${daytime(hour)}, ${name}.`,
  firstHint: 'Hold the button and ask, or type. For instance: “What time is it?”',
  hold: 'Hold to talk',
  holdEngraved: 'Hold',
  speakEngraved: 'Speak',
  holdHint: 'Hold it, or the space bar, while you speak',
  holdTouchHint: 'Hold it while you speak',
  openHint: 'Just speak. Butler hears when you have finished',
  holdLonger: 'Keep the button down while you speak, or choose “Keep listening”.',
  allowHint: 'The browser asks whether Butler may hear you',
  releaseHint: 'Let go when you have finished',
  offHints: {
    connecting: 'One moment, Butler is on his way',
    reconnecting: 'You can speak again in a moment',
    off: 'Write below, and Butler answers in writing',
  },
  tap: 'Keep listening',
  tapOn: 'Stop listening',
  stop: 'Stop',
  textLabel: 'Write to Butler',
  textPlaceholder: 'Or write to Butler…',
  send: 'Send',
  conversation: 'Conversation',
  interrupted: 'interrupted',
  dismiss: 'Dismiss',
  talkArea: 'Talk',
  houseNotes: 'About the house',

  states: {
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    offline: 'Typing only',
    idle: 'At your service',
    listening: 'Listening',
    thinking: 'Thinking',
    speaking: 'Speaking',
    opening: 'Waiting for the microphone',
  },
  links: {
    connecting: 'connecting',
    connected: 'connected',
    reconnecting: 'reconnecting',
    off: 'no voice',
  },

  microphoneReady: 'The microphone is ready now. Hold the button and speak.',
  soundBlocked: 'The browser keeps this page silent until you say otherwise.',
  turnOnSound: 'Turn on sound',
  connectionLost: 'The connection to the house was lost. Butler is calling again by himself.',
  connectionRetry: 'Try now',
  noAgent:
    'Butler did not come to the door: the voice worker is not running or too busy. ' +
    'Typing works meanwhile.',
  unreachable:
    'The house does not answer. Check that Butler is running and you are on its network.',
  unexpected: (status: number) =>
    `The house answered in a way this page does not know (${status}).`,
  answerBrokeOff: 'The answer broke off in the middle. Please ask again.',
  wordsMissing: (fields: string) => `Still missing: ${fields}.`,
  about: 'About you',
  turns: 'Turns',
  turnsTitle: 'The last turns',
  turnsHint: 'From the last sample of your voice to the first one of the answer.',
  turnsNone: 'Nothing has been said yet.',
  turnsAway: 'The turns could not be fetched. They are asked for again by themselves.',
  close: 'Close',
  nothingHeard: 'nothing heard',
  heardAfter: (ms: number) => `heard after ${milliseconds(ms)}`,
  milliseconds,
  stage: (name: string) => stages[name] ?? name,
  inputs: { voice: 'spoken', hold: 'button', text: 'typed' },
  transport: (name: string) => transports[name] ?? name,
  paths: { fast: 'command', mind: 'mind' },
  verdicts: { ask: 'asked first', refuse: 'refused' },
  checked: '(checked)',
  unchecked: '(not checked)',
  failed: 'failed',
  tokens: (prompt: number, cached: number) => `${prompt} tokens in, ${cached} of them cached`,
  money: (usd: number) => `${(usd * 100).toFixed(2)} ¢`,
  thrownAway: (count: number) =>
    count === 1 ? 'one guess thrown away' : `${count} guesses thrown away`,
  partStates: { ready: 'ready', starting: 'starting', off: 'off', failed: 'not working' },
} as const;

const stages: Record<string, string> = {
  hear: 'transcript',
  decide: 'end of turn',
  think: 'first word',
  clause: 'first clause',
  speak: 'voice',
  send: 'sending',
  carry: 'on its way',
  filler: 'bridged',
};

const transports: Record<string, string> = {
  websocket: 'WebSocket',
  livekit: 'LiveKit',
  text: 'in writing',
};

function milliseconds(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1_000)} s`;
}

function daytime(hour: number): string {
  if (hour < 5) return 'Good night';
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
