/** What every service offers for accounts, and how it says no. */
import { z } from 'zod';
import type { HttpAnswer, HttpRequest } from '../../tools/core/http.ts';
import { accountWords } from './words.ts';

export const services = ['jellyfin', 'audiobookshelf', 'immich', 'nextcloud'] as const;
export type Service = (typeof services)[number];

/** An account over there. */
export interface Found {
  id: string;
  isAdministrator: boolean;
}

/** For how long it may take, and in which language a fault is told. */
export type Asking = Pick<HttpRequest, 'signal' | 'language'>;

export interface NewAccount {
  username: string;
  /** As it is shown to others there. */
  name: string;
  password: string;
}

/** Every call throws an error whose message is a sentence: {@link Refusal}, or of `httpClient`. */
export interface Provider {
  /** As people know it. */
  title: string;
  find(username: string, asking: Asking): Promise<Found | undefined>;
  byId(id: string, asking: Asking): Promise<Found | undefined>;
  /** Never an administrator. @returns its id. @throws {NameTaken} {Refusal} */
  create(account: NewAccount, asking: Asking): Promise<string>;
  /** Switched on, with what such an account may do at most; again as often as one likes. */
  settle(id: string, asking: Asking): Promise<void>;
  /** @throws {Refusal} where the service finds it too weak. */
  setPassword(id: string, password: string, asking: Asking): Promise<void>;
  /** `locked`: it cannot be switched off there, so its password is now nobody's. */
  disable(id: string, asking: Asking): Promise<'off' | 'locked'>;
  /** The id of the account that these open; undefined where they open none. Leaves no session. */
  login(
    account: Pick<NewAccount, 'username' | 'password'>,
    asking: Asking,
  ): Promise<string | undefined>;
}

const saidMax = 200;

/** The service's words, as part of a sentence of ours. */
const quoted = (said: string): string => {
  const plain = said
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/["“”„«»<>]/g, "'")
    .trim();
  return `“${[...plain].slice(0, saidMax).join('').replace(/\.$/, '')}”`;
};

/** The service understood and said no: nothing was changed over there. */
export class Refusal extends Error {
  /** The service's own words, quoted. */
  readonly said: string;
  constructor(service: string, said: string, language: string) {
    const words = quoted(said);
    super(accountWords(language).refused(service, words));
    this.said = words;
  }
}

/** That name belongs to somebody else. */
export class NameTaken extends Error {}

/** It answered, but not as documented: what it did is not known. */
export class Garbage extends Error {}

/** Whether the service may have done what it was asked, for all we know. */
export const isUnsure = (error: unknown): boolean => {
  if (error instanceof Refusal || error instanceof NameTaken) return false;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const refused: unknown[] = ['access-refused', 'not-found', 'too-many-requests', 'service-moved'];
  return code !== 'service-refused' && !refused.includes(code);
};

const textOf = ({ bytes }: HttpAnswer): string => new TextDecoder().decode(bytes).trim();

const withMessage = z.object({
  message: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
});

/** What an error answer says: plain text, `{message}`, or a problem document. */
export const saidBy = (answer: HttpAnswer): string => {
  const text = textOf(answer);
  try {
    const { message, detail, title } = withMessage.parse(JSON.parse(text));
    return [message ?? detail ?? title ?? `${answer.status}`].flat().join('; ');
  } catch {
    // A page of HTML says nothing to a person.
    return text === '' || text.startsWith('<') ? `${answer.status}` : text;
  }
};

/** Reads an answer that `httpClient` was told to let through. */
export const readerOf =
  (service: string) =>
  <Value>(schema: z.ZodType<Value>, answer: HttpAnswer, { language }: Asking): Value => {
    try {
      return schema.parse(JSON.parse(textOf(answer)));
    } catch {
      throw new Garbage(accountWords(language).garbage(service));
    }
  };

export const isTakenText = (said: string): boolean => /\b(exists?|taken|already)\b/i.test(said);
