/** Where the stable part of the prompt ends: what comes before is the same for every person. */

/**
 * The prompt builder puts this between the rules (the same for everybody, cached for all) and what
 * belongs to this person and this conversation. No model ever sees it.
 */
export const STABLE_END = '\n<!-- stable prefix ends -->\n';

/** The system text in one or two parts, in order, none of them empty. */
export function splitPrefix(text: string): string[] {
  const at = text.indexOf(STABLE_END);
  if (at < 0) return [text.trim()].filter(Boolean);
  const rest = text.slice(at + STABLE_END.length).replaceAll(STABLE_END, '\n\n');
  return [text.slice(0, at).trim(), rest.trim()].filter(Boolean);
}

/** For models that take one system text: the parts with the marker gone. */
export const joinPrefix = (text: string): string => splitPrefix(text).join('\n\n');
