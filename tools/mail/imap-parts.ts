/** Which parts of a mail are its words, by the structure that an IMAP server tells beforehand. */
import type { MessageStructureObject } from 'imapflow';
import PostalMime from 'postal-mime';
import type { MailBody } from './mailbox.ts';
import { partBytesMax } from './mailbox.ts';

/** As IMAP numbers it: "1", "2.1". */
export interface TextPart {
  key: string;
  type: 'text/plain' | 'text/html';
  /** Size in bytes, still encoded. */
  size: number;
  /** A header of its own that says how to decode it. */
  header: string;
}

export interface Parts {
  texts: TextPart[];
  attachments: string[];
}

/** Apple's mail puts pictures between pieces of text. */
const textPartsMax = 4;
const depthMax = 20;

/** What a server tells about a part goes into a header: nothing in it may end the line. */
const safe = (value: string): string => value.replace(/[^\x20-\x7e]|["\\]/g, '');

const headerOf = ({ type, parameters, encoding }: MessageStructureObject): string => {
  const charset = parameters?.charset;
  const flowed = parameters?.format;
  return [
    `Content-Type: ${safe(type)}${charset ? `; charset="${safe(charset)}"` : ''}${
      flowed ? `; format=${safe(flowed)}` : ''
    }`,
    `Content-Transfer-Encoding: ${safe(encoding ?? '7bit')}`,
    '\r\n',
  ].join('\r\n');
};

const fileName = ({ parameters, dispositionParameters }: MessageStructureObject): string =>
  dispositionParameters?.filename ?? parameters?.name ?? '';

/** The parts that hold words, and the names of the rest. */
export const partsOf = (structure: MessageStructureObject | undefined): Parts => {
  const found: Parts = { texts: [], attachments: [] };
  const visit = (node: MessageStructureObject, depth: number): void => {
    if (depth > depthMax) return;
    const type = node.type.toLowerCase();
    if (type.startsWith('multipart/')) {
      for (const child of node.childNodes ?? []) visit(child, depth + 1);
      return;
    }
    const name = fileName(node);
    const isText = type === 'text/plain' || type === 'text/html';
    if (isText && node.disposition?.toLowerCase() !== 'attachment' && name === '') {
      if (found.texts.length >= textPartsMax) return;
      const size = node.size ?? 0;
      found.texts.push({ key: node.part ?? '1', type, size, header: headerOf(node) });
    } else if (name !== '') found.attachments.push(name);
  };
  if (structure) visit(structure, 0);
  return found;
};

const decoded = async (part: TextPart, bytes: Uint8Array): Promise<string> => {
  const raw = Buffer.concat([Buffer.from(part.header, 'latin1'), bytes]);
  const { text, html } = await PostalMime.parse(raw);
  return (part.type === 'text/html' ? html : text) ?? '';
};

/** @param bytes by the key of the part, still encoded, each at most `partBytesMax` long. */
export const bodyOf = async (
  { texts, attachments }: Parts,
  bytes: ReadonlyMap<string, Uint8Array>,
): Promise<MailBody> => {
  const words = { 'text/plain': [] as string[], 'text/html': [] as string[] };
  for (const part of texts) {
    const raw = bytes.get(part.key.toLowerCase());
    if (raw) words[part.type].push(await decoded(part, raw));
  }
  return {
    text: words['text/plain'].join('\n'),
    html: words['text/html'].join('\n'),
    attachments,
    cut: texts.some(({ size }) => size > partBytesMax),
  };
};
