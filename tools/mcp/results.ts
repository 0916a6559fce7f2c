/** What a server answered, made small: text is kept, everything else is only named. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ToolResult } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { plain, visible } from './plain.ts';
import { answerSaid, refusedSaid } from './words.ts';

const textMax = 4_000;
const dataMax = 1_500;
const namesMax = 8;
const nameMax = 60;

type Content = CallToolResult['content'][number];

const nameOf = (content: Content): string | undefined => {
  if (content.type === 'image') return `an image (${plain(content.mimeType, nameMax)})`;
  if (content.type === 'audio') return `a sound (${plain(content.mimeType, nameMax)})`;
  if (content.type === 'resource_link') return `a file: ${plain(content.name, nameMax)}`;
  if (content.type === 'resource') {
    return `a file: ${plain(content.resource.uri.split('/').at(-1), nameMax)}`;
  }
  return undefined;
};

const textOf = (content: Content): string | undefined =>
  content.type === 'text' ? content.text : undefined;

/** JSON of what is small enough; text in it shows all that it holds. */
const smallData = (data: unknown): unknown => {
  if (data === undefined) return undefined;
  const text = visible(JSON.stringify(data));
  return text.length <= dataMax ? (JSON.parse(text) as unknown) : undefined;
};

const cut = (text: string): string =>
  text.length <= textMax ? text : `${text.slice(0, textMax - 1)}…`;

export interface Answer {
  text: string;
  data?: unknown;
  /** What came besides text. */
  also?: string[];
}

/** An answer as the mind and a screen get it. */
export const answerOf = (result: CallToolResult): Answer => {
  const { content, structuredContent } = result;
  const data = smallData(structuredContent);
  const said = visible(content.flatMap((one) => textOf(one) ?? []).join('\n')).trim();
  const whole = said === '' && structuredContent ? JSON.stringify(structuredContent) : said;
  const also = content.flatMap((one) => nameOf(one) ?? []).slice(0, namesMax);
  // Servers repeat their data as text: once is enough.
  const repeated = data !== undefined && sameAs(said, data);
  return {
    text: cut(visible(whole)),
    ...(data !== undefined && !repeated && { data }),
    ...(also.length > 0 && { also }),
  };
};

const sameAs = (text: string, data: unknown): boolean => {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(data);
  } catch {
    return false;
  }
};

/**
 * The result of a call. An effect has no receipt, because nobody read back what it did: so what
 * the server says of it is shown, and not claimed.
 * @throws {ToolError} where the server says that it failed.
 */
export const resultOf = (
  result: CallToolResult,
  spoken: { title: string; language: string },
): ToolResult => {
  const answer = answerOf(result);
  if (result.isError) {
    throw new ToolError(refusedSaid(answer.text, spoken), 'service-refused', {
      mend: "Look at the server's own log.",
    });
  }
  return { say: answerSaid(answer.text, spoken), show: answer, outside: true };
};
