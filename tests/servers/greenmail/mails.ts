/** Mails as they arrive, byte by byte: many senders, charsets and shapes, all of them invented. */

export interface Written {
  from: string;
  subject: string;
  text?: string;
  html?: string;
  /** How the text is written; default utf-8, quoted-printable. */
  charset?: string;
  /** Bytes of the text in a charset that Node cannot write. */
  bytes?: Buffer;
  encoding?: 'quoted-printable' | 'base64' | '8bit' | '7bit';
  files?: { name: string; type: string; content: Buffer }[];
}

const wrapped = (text: string): string => text.replace(/.{76}/g, '$&\r\n');

const quotedPrintable = (bytes: Buffer): string => {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  const encoded = lines.map((line) => {
    const safe = line.replace(
      /[^\x20-\x3c\x3e-\x7e]/g,
      (one) => `=${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
    return safe.replace(/(?:=[\dA-F]{2}|[^=]){1,72}(?=(?:=[\dA-F]{2}|[^=]))/g, '$&=\r\n');
  });
  return encoded.join('\r\n');
};

const encodedWord = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** `Bjørn <b@example.net>` with its name encoded. */
const address = (text: string): string =>
  text.replace(/^([^<]+)(?= <)/, (name) => encodedWord(name.trim()));

const bytesOf = ({ text = '', charset = 'utf-8', bytes }: Written): Buffer =>
  bytes ?? Buffer.from(text, /8859-1|1252/.test(charset) ? 'latin1' : 'utf8');

const part = (type: string, body: Buffer, encoding: string): Buffer => {
  const head = `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  const encoded =
    encoding === 'base64'
      ? Buffer.from(wrapped(body.toString('base64')))
      : encoding === 'quoted-printable'
        ? Buffer.from(quotedPrintable(body))
        : body;
  return Buffer.concat([Buffer.from(head), encoded]);
};

const multipart = (subtype: string, parts: readonly Buffer[]): Buffer => {
  const boundary = `=_${subtype}_${parts.length}_of_butler`;
  const head = `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n`;
  const pieces = parts.flatMap((one) => [
    Buffer.from(`--${boundary}\r\n`),
    one,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(head), ...pieces, Buffer.from(`--${boundary}--\r\n`)]);
};

const file = ({ name, type, content }: NonNullable<Written['files']>[number]): Buffer =>
  Buffer.concat([
    Buffer.from(`Content-Disposition: attachment; filename="${name}"\r\n`),
    part(`${type}; name="${name}"`, content, 'base64'),
  ]);

/** The whole mail as a server gets it. */
export const mime = (mail: Written): Buffer => {
  const { from, subject, html, charset = 'utf-8', encoding = 'quoted-printable', files } = mail;
  const texts: Buffer[] = [];
  if (mail.text !== undefined || mail.bytes) {
    texts.push(part(`text/plain; charset="${charset}"`, bytesOf(mail), encoding));
  }
  if (html !== undefined) {
    texts.push(part('text/html; charset="utf-8"', Buffer.from(html), 'quoted-printable'));
  }
  const [only] = texts;
  const words = texts.length === 1 && only ? only : multipart('alternative', texts);
  const body = files ? multipart('mixed', [words, ...files.map(file)]) : words;
  const head = [
    `From: ${address(from)}`,
    'To: Anna Lund <anna@example.com>',
    `Subject: ${encodedWord(subject)}`,
    `Message-ID: <${Buffer.from(subject).toString('hex').slice(0, 24)}@example.net>`,
    'MIME-Version: 1.0',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), body]);
};
