/** Arguments of a tool call as the model wrote them: whole JSON objects pass, nothing else runs. */

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object in a JSON text; undefined for anything else. */
export function parseArguments(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Arguments for LiveKit's tool loop. LiveKit repairs broken JSON by guessing, so a message that was
 * cut off in the middle would be sent as it is. What does not parse is therefore replaced by a JSON
 * array: LiveKit refuses it, never runs the tool, and tells the model why as an error result.
 */
export function soundArguments(text: string): string {
  if (parseArguments(text)) return text.trim() || '{}';
  return JSON.stringify(['the arguments were cut off or no JSON object: call the tool again']);
}
