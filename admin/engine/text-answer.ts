/** JSON answers whose text and headers stay at hand: an engine writes them without a stream. */
import type { MiddlewareHandler } from 'hono';
import type { AdminEnv } from '../access.ts';

/** Names, in lower case, and values in turns: as node:http takes them. */
type HeaderList = readonly string[];

interface AddedHeaders {
  /** Whatever the route said. */
  always: HeaderList;
  /** Where the route says nothing. */
  otherwise: HeaderList;
  /** Both of them. */
  whole: HeaderList;
}

const jsonType = 'application/json';
const typeAlone: HeaderList = ['content-type', jsonType];

const bodyReaders = ['arrayBuffer', 'blob', 'bytes', 'clone', 'formData', 'json', 'text'] as const;

const append = (headers: Headers, list: HeaderList): void => {
  for (let at = 0; at < list.length; at += 2) headers.append(list[at] ?? '', list[at + 1] ?? '');
};

const put = (headers: Headers, { always, otherwise }: AddedHeaders): void => {
  for (let at = 0; at < always.length; at += 2) headers.set(always[at] ?? '', always[at + 1] ?? '');
  for (let at = 0; at < otherwise.length; at += 2) {
    const [name = '', value = ''] = otherwise.slice(at, at + 2);
    if (!headers.has(name)) headers.set(name, value);
  }
};

/** Reads like any other Response; what that costs is paid only then. */
class TextAnswer {
  readonly said: string;
  readonly status: number;
  readonly #own: HeaderList;
  #more: HeaderList = [];
  /** Made for whoever asks for them; from then on they are what counts. */
  #headers: Headers | undefined;

  constructor(said: string, status: number, own: HeaderList) {
    this.said = said;
    this.status = status;
    this.#own = own;
  }

  add(added: AddedHeaders): void {
    // Beside its type alone nothing can collide.
    if (this.#headers || this.#own.length > typeAlone.length) put(this.headers, added);
    else this.#more = added.whole;
  }
  list(): string[] {
    return this.#headers ? [...this.#headers].flat() : [...this.#own, ...this.#more];
  }
  get headers(): Headers {
    if (!this.#headers) {
      this.#headers = new Headers();
      append(this.#headers, this.#own);
      append(this.#headers, this.#more);
    }
    return this.#headers;
  }
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
  get statusText(): string {
    return '';
  }
  get bodyUsed(): boolean {
    return false;
  }
  get body(): Response['body'] {
    return this.whole().body;
  }
  whole(): Response {
    return new Response(this.said, { status: this.status, headers: this.headers });
  }
}
for (const name of bodyReaders) {
  Object.defineProperty(TextAnswer.prototype, name, {
    value(this: TextAnswer) {
      return this.whole()[name]();
    },
  });
}
Object.setPrototypeOf(TextAnswer.prototype, Response.prototype);

const madeHere = (answer: Response): TextAnswer | undefined =>
  answer instanceof TextAnswer ? answer : undefined;

/** The whole text of an answer, where it is known. */
export const textOf = (answer: Response): string | undefined => madeHere(answer)?.said;

/** Names and values in turns. */
export const headersOf = (answer: Response): string[] =>
  madeHere(answer)?.list() ?? [...answer.headers].flat();

/** Puts headers on any answer. */
export const addHeaders = (answer: Response, added: AddedHeaders): void => {
  const made = madeHere(answer);
  if (made) made.add(added);
  else put(answer.headers, added);
};

/** JSON that was written before; for engines alone. */
export const jsonText = (text: string): Response =>
  new TextAnswer(text, 200, typeAlone) as unknown as Response;

/** With an engine below, `c.json` makes answers of this kind: a third of a small request's time. */
export const textAnswers: MiddlewareHandler<AdminEnv> = (c, next) => {
  if (c.env?.engine === undefined) return next();
  const { header, status } = c;
  let plain = true;
  c.header = (...named) => {
    plain = false;
    header(...named);
  };
  c.status = (code) => {
    plain = false;
    status(code);
  };
  const json = (value: unknown, init?: never, headers?: Record<string, string>): unknown => {
    const said = JSON.stringify(value);
    const code = init ?? 200;
    if (plain && !headers && typeof code === 'number') return new TextAnswer(said, code, typeAlone);
    // Hono merges status and headers; the text is put in afterwards.
    const answer = c.body(null, init, { 'content-type': jsonType, ...headers });
    return new TextAnswer(said, answer.status, [...answer.headers].flat());
  };
  c.json = json as typeof c.json;
  return next();
};
