/** A request of uWebSockets.js as a fetch Request: all of it copied, its body read on demand. */
import type { NativeRequest, NativeResponse } from './uws-native.ts';

/** A request that is over as soon as its handler returns, copied; upgrades have no body. */
export interface Copied {
  /** Undefined: not an address that a request may have. */
  url: string | undefined;
  headers: Headers;
}

/** Header bytes are read as UTF-8 there, and are Latin-1 by the fetch standard. */
const latin1 = (value: string): string =>
  /^[\x20-\x7e\t]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');

/** As node:http's side has it: a path, or the absolute form of a proxy. */
const urlOf = (target: string, host: string): string | undefined => {
  const absolute = /^https?:\/\//i.test(target);
  const url = absolute ? target : `http://${host}${target}`;
  const path = target.split('?', 1)[0] ?? '';
  if ((!absolute && !target.startsWith('/')) || host === '' || path.includes('\\'))
    return undefined;
  if (!URL.canParse(url)) return undefined;
  const { href, hostname, username, password } = new URL(url);
  // `Host: a@b` or `Host: a/b` would move the rest into other parts of the address.
  const plain = absolute || hostname.length <= host.length;
  return plain && username === '' && password === '' && !/[/?#@]/.test(host) ? href : undefined;
};

export const copyOf = (request: NativeRequest): Copied | undefined => {
  const headers = new Headers();
  try {
    request.forEach((name, value) => {
      headers.append(name, latin1(value));
    });
  } catch {
    return undefined;
  }
  const query = request.getQuery();
  const target = request.getUrl() + (query ? `?${query}` : '');
  const url = urlOf(target, request.getHeader('host'));
  return { url, headers };
};

export interface Body {
  stream: ReadableStream<Uint8Array>;
  /** All of it has come. */
  isWhole(): boolean;
  /** Nothing more will come. */
  cut(reason: Error): void;
}

/** Read no faster than the application takes it; call it before the handler returns. */
export const bodyOf = (response: NativeResponse, isOver: () => boolean): Body => {
  let whole = false;
  let paused = false;
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        source = controller;
      },
      pull: () => {
        if (paused && !isOver()) response.resume();
        paused = false;
      },
      cancel: () => {
        source = undefined;
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 16 * 1024 }),
  );
  response.onData((chunk, isLast) => {
    whole ||= isLast;
    if (chunk.byteLength > 0) source?.enqueue(new Uint8Array(chunk.slice(0)));
    if (isLast) {
      source?.close();
      source = undefined;
    } else if (source && (source.desiredSize ?? 0) <= 0 && !paused && !isOver()) {
      paused = true;
      response.pause();
    }
  });
  return {
    stream,
    isWhole: () => whole,
    cut: (reason) => {
      source?.error(reason);
      source = undefined;
    },
  };
};
