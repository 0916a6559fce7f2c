/** Cuts the bytes of a Postgres client into batches that a backend answers as a whole. */

/** PostgreSQL "Frontend/Backend Protocol", message formats: one type byte, a length, a body. */
const header = 5;
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;
const code = (letter: string): number => letter.charCodeAt(0);
const terminate = code('X');
/** Query, Sync, Flush: after these a client waits for an answer. */
const endings = new Set([code('Q'), code('S'), code('H')]);
const lengthMax = 64 * 1024 * 1024;

export type Cut =
  | { kind: 'encryption' }
  | { kind: 'startup' }
  | { kind: 'cancel' }
  | { kind: 'batch'; bytes: Buffer; prepared: string[] }
  | { kind: 'terminate' };

/** Of one client: takes chunks of any size, gives whole batches. Throws on what is no Postgres. */
export class Cutter {
  #bytes: Buffer = Buffer.alloc(0);
  #messages: Buffer[] = [];
  #prepared: string[] = [];
  #started = false;

  take(chunk: Buffer): Cut[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const cuts: Cut[] = [];
    for (let message = this.#next(); message; message = this.#next()) {
      const cut = this.#started ? this.#ordinary(message) : this.#first(message);
      if (cut) cuts.push(cut);
    }
    return cuts;
  }

  #next(): Buffer | undefined {
    if (this.#bytes.length < header) return undefined;
    const length = this.#started ? this.#bytes.readInt32BE(1) + 1 : this.#bytes.readInt32BE(0);
    if (length < header || length > lengthMax)
      throw new Error('This is not the Postgres protocol.');
    if (this.#bytes.length < length) return undefined;
    const message = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return message;
  }

  #first(message: Buffer): Cut {
    const request = message.length < 8 ? 0 : message.readInt32BE(4);
    if (request === sslRequest || request === gssRequest) return { kind: 'encryption' };
    if (request === cancelRequest) return { kind: 'cancel' };
    this.#started = true;
    return { kind: 'startup' };
  }

  #ordinary(message: Buffer): Cut | undefined {
    const type = message[0] ?? 0;
    if (type === terminate) return { kind: 'terminate' };
    this.#messages.push(message);
    if (type === code('P')) {
      const name = message.toString('utf8', header, message.indexOf(0, header));
      if (name) this.#prepared.push(name);
    }
    if (!endings.has(type)) return undefined;
    const batch: Cut = {
      kind: 'batch',
      bytes: Buffer.concat(this.#messages),
      prepared: this.#prepared,
    };
    this.#messages = [];
    this.#prepared = [];
    return batch;
  }
}

/** Follows a backend's bytes for ReadyForQuery: `I` idle, `T` in a transaction, `E` failed. */
export class StatusReader {
  #bytes: Buffer = Buffer.alloc(0);
  /** Undefined until the backend says that it is ready. */
  status: string | undefined;

  take(chunk: Buffer): void {
    let bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    while (bytes.length >= header) {
      const length = bytes.readInt32BE(1) + 1;
      if (bytes.length < length) break;
      if (bytes[0] === code('Z')) this.status = String.fromCharCode(bytes[header] ?? 0);
      bytes = bytes.subarray(length);
    }
    this.#bytes = bytes;
  }
}

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(header);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const text = (value: string): Buffer => Buffer.from(`${value}\0`);

export const sync = (): Buffer => message('S', Buffer.alloc(0));
export const query = (sql: string): Buffer => message('Q', text(sql));
export const closeStatement = (name: string): Buffer =>
  message('C', Buffer.concat([Buffer.from('S'), text(name)]));

/** An ErrorResponse that ends the connection. @param state SQLSTATE, five characters. */
export const fatal = (state: string, sentence: string): Buffer =>
  message(
    'E',
    Buffer.concat([
      ...['SFATAL', 'VFATAL', `C${state}`, `M${sentence}`].map(text),
      Buffer.from([0]),
    ]),
  );

/**
 * What a server says after a login that asked for nothing: AuthenticationOk, its parameters,
 * BackendKeyData and ReadyForQuery.
 */
export const welcome = (parameters: Record<string, string>): Buffer =>
  Buffer.concat([
    message('R', Buffer.from([0, 0, 0, 0])),
    ...Object.entries(parameters).map(([name, value]) =>
      message('S', Buffer.concat([text(name), text(value)])),
    ),
    message('K', Buffer.alloc(8)),
    message('Z', Buffer.from('I')),
  ]);
