/** A plain GET of node:http as a fetch Request that copies nothing: most requests are one. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What needs no parsing, with ports that `URL` would leave as they are; others go the long way. */
const plainHost = /^[a-z\d._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;
const plainTarget = /^\/[\w\-.~!$&'()*+,;=:@/?]*$/;
const dotSegment = /\/\.\.?(?:[/?]|$)/;

const headerMethods = ['entries', 'getSetCookie', 'keys', 'values'] as const;
const requestParts = ['cache', 'credentials', 'destination', 'integrity', 'keepalive', 'mode'];
const requestMethods = [
  'arrayBuffer',
  'blob',
  'bytes',
  'clone',
  'formData',
  'json',
  'text',
] as const;

/** The headers as they were sent, in turns of name and value. */
class LightHeaders {
  readonly #sent: readonly string[];
  #whole: Headers | undefined;

  constructor(sent: readonly string[]) {
    this.#sent = sent;
  }

  get(name: string): string | null {
    const sent = this.#sent;
    const wanted = name.toLowerCase();
    let found: string | null = null;
    for (let at = 0; at < sent.length; at += 2) {
      const each = sent[at] as string;
      if (each.length !== wanted.length || each.toLowerCase() !== wanted) continue;
      const value = sent[at + 1] as string;
      if (found === null) found = value;
      else found += `${wanted === 'cookie' ? ';' : ','} ${value}`;
    }
    return found;
  }
  has(name: string): boolean {
    return this.get(name) !== null;
  }
  forEach(each: (value: string, name: string, headers: Headers) => void): void {
    this.whole().forEach(each);
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.whole()[Symbol.iterator]();
  }
  whole(): Headers {
    if (!this.#whole) {
      this.#whole = new Headers();
      for (let at = 0; at < this.#sent.length; at += 2) {
        this.#whole.append(this.#sent[at] ?? '', this.#sent[at + 1] ?? '');
      }
    }
    return this.#whole;
  }
}
for (const name of headerMethods) {
  Object.defineProperty(LightHeaders.prototype, name, {
    value(this: LightHeaders) {
      return this.whole()[name]();
    },
  });
}
Object.setPrototypeOf(LightHeaders.prototype, Headers.prototype);

class LightRequest {
  readonly method = 'GET';
  readonly url: string;
  readonly headers: LightHeaders;
  readonly body = null;
  readonly bodyUsed = false;
  readonly #outgoing: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(url: string, headers: LightHeaders, outgoing: ServerResponse) {
    this.url = url;
    this.headers = headers;
    this.#outgoing = outgoing;
  }

  /** Aborted when the client goes before it has its answer. */
  get signal(): AbortSignal {
    if (!this.#signal) {
      const ending = new AbortController();
      const outgoing = this.#outgoing;
      const leave = (): void => {
        if (!outgoing.writableFinished) ending.abort('The client has gone.');
      };
      if (outgoing.closed) leave();
      else outgoing.once('close', leave);
      this.#signal = ending.signal;
    }
    return this.#signal;
  }
  whole(): Request {
    return new Request(this.url, { headers: this.headers.whole(), signal: this.signal });
  }
}
for (const name of requestParts) {
  Object.defineProperty(LightRequest.prototype, name, {
    get(this: LightRequest) {
      return this.whole()[name as keyof Request];
    },
  });
}
for (const name of requestMethods) {
  Object.defineProperty(LightRequest.prototype, name, {
    value(this: LightRequest) {
      return this.whole()[name]();
    },
  });
}
Object.setPrototypeOf(LightRequest.prototype, Request.prototype);

/** Undefined for a request that is anything but a GET without a body, plainly written. */
export const lightRequest = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Request | undefined => {
  const { method, url = '' } = incoming;
  if (method !== 'GET' || !plainTarget.test(url) || dotSegment.test(url)) return undefined;
  const headers = new LightHeaders(incoming.rawHeaders);
  const host = headers.get('host');
  if (host === null || !plainHost.test(host)) return undefined;
  if (headers.has('content-length') || headers.has('transfer-encoding')) return undefined;
  return new LightRequest(`http://${host}${url}`, headers, outgoing) as unknown as Request;
};
