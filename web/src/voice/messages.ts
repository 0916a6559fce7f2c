/** What the page and Butler say to each other beside the sound (docs: the voice protocol). */

export type ServerMessage =
  | { type: 'ready' }
  | { type: 'state'; state: 'listening' | 'thinking' | 'speaking' }
  | { type: 'transcript'; who: 'person' | 'butler'; text: string; final: boolean; id?: string }
  | { type: 'clear' }
  | { type: 'turn' }
  | { type: 'error'; code: string; title: string; detail: string };

export type ClientMessage =
  | { type: 'talk'; down: boolean }
  | { type: 'played'; ms: number }
  | { type: 'text'; text: string }
  | { type: 'stop' };

const states = ['listening', 'thinking', 'speaking'] as const;

/** The message, or undefined for what a newer or broken server may send: it is passed over. */
export function parseServerMessage(json: string): ServerMessage | undefined {
  const value = parseObject(json);
  if (!value) return undefined;
  switch (value.type) {
    case 'ready':
    case 'clear':
    case 'turn':
      return { type: value.type };
    case 'state': {
      const state = states.find((one) => one === value.state);
      return state && { type: 'state', state };
    }
    case 'transcript':
      return transcript(value);
    case 'error':
      return {
        type: 'error',
        code: textOf(value.code),
        title: textOf(value.title),
        detail: textOf(value.detail),
      };
    default:
      return undefined;
  }
}

function transcript(value: Record<string, unknown>): ServerMessage | undefined {
  const { who, text, final, id } = value;
  if ((who !== 'person' && who !== 'butler') || typeof text !== 'string') return undefined;
  const message: ServerMessage = { type: 'transcript', who, text, final: final === true };
  if (typeof id === 'string' || typeof id === 'number') message.id = String(id);
  return message;
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
