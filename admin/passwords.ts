/** Passwords as hashes that carry their own parameters: argon2id, or scrypt on an older Node. */
import * as nodeCrypto from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const argonParameters = { memory: 19_456, passes: 2, parallelism: 1 };
/** The same source for scrypt: N = 2^15, r = 8, p = 3 (32 MiB). */
const scryptParameters = { logCost: 15, blockSize: 8, parallelism: 3 };
const saltBytes = 16;
const keyBytes = 32;
/** Each hash takes 19 MiB or more and a thread: more at once would starve the voice. */
const hashesAtOnce = 2;
const hashesWaitingMax = 16;

/** Too many passwords are being checked at once. */
export class PasswordsBusyError extends Error {
  readonly code = 'passwords-busy';
}

interface Recipe {
  name: 'argon2id' | 'scrypt';
  /** argon2id: memory (KiB), passes, parallelism; scrypt: log2 N, r, p. */
  costs: [number, number, number];
  salt: Buffer;
}

const scrypt = promisify<string, Buffer, number, nodeCrypto.ScryptOptions, Buffer>(
  nodeCrypto.scrypt,
);

/** Typed letters may arrive composed or decomposed, by keyboard; both are one password. */
const normal = (password: string): string => password.normalize('NFKC');

const derive = async (password: string, { name, costs, salt }: Recipe): Promise<Buffer> => {
  const [first, second, third] = costs;
  if (name === 'scrypt') {
    const options = { N: 2 ** first, r: second, p: third, maxmem: 256 * 2 ** first * second };
    return await scrypt(normal(password), salt, keyBytes, options);
  }
  const parameters = { memory: first, passes: second, parallelism: third, tagLength: keyBytes };
  const argon2 = promisify<'argon2id', nodeCrypto.Argon2Parameters, Buffer>(nodeCrypto.argon2);
  return await argon2('argon2id', { message: normal(password), nonce: salt, ...parameters });
};

let running = 0;
const waiting: (() => void)[] = [];

const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (running >= hashesAtOnce) {
    if (waiting.length >= hashesWaitingMax) throw new PasswordsBusyError('too many at once');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The place goes straight to the next in line, so that nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
};

const write = ({ name, costs: [first, second, third], salt }: Recipe, key: Buffer): string => {
  const costs =
    name === 'argon2id'
      ? `v=19$m=${first},t=${second},p=${third}`
      : `ln=${first},r=${second},p=${third}`;
  return `$${name}$${costs}$${salt.toString('base64url')}$${key.toString('base64url')}`;
};

const hashPattern = new RegExp(
  String.raw`^\$(?:(argon2id)\$v=19\$m=(\d+),t=(\d+),p=(\d+)|` +
    String.raw`(scrypt)\$ln=(\d+),r=(\d+),p=(\d+))\$([\w-]+)\$([\w-]+)$`,
);

const read = (hash: string): { recipe: Recipe; key: Buffer } | undefined => {
  const match = hashPattern.exec(hash);
  if (!match) return undefined;
  const [, argon, memory, passes, lanes, , logCost, blockSize, parallelism, salt, key] = match;
  const costs = argon ? [memory, passes, lanes] : [logCost, blockSize, parallelism];
  const [first = 0, second = 0, third = 0] = costs.map(Number);
  const recipe: Recipe = {
    name: argon ? 'argon2id' : 'scrypt',
    costs: [first, second, third],
    salt: Buffer.from(salt ?? '', 'base64url'),
  };
  return { recipe, key: Buffer.from(key ?? '', 'base64url') };
};

/** Whether a stored text is a hash that {@link passwordMatches} can check. */
export const isPasswordHash = (hash: string): boolean => read(hash) !== undefined;

/**
 * A new hash in the PHC string format (argon2id since Node 24.7, else scrypt).
 * @throws {PasswordsBusyError} when too many wait already.
 */
export const hashPassword = async (
  password: string,
  name: Recipe['name'] = typeof nodeCrypto.argon2 === 'function' ? 'argon2id' : 'scrypt',
): Promise<string> => {
  const { memory, passes, parallelism } = argonParameters;
  const { logCost, blockSize, parallelism: lanes } = scryptParameters;
  const recipe: Recipe = {
    name,
    costs: name === 'argon2id' ? [memory, passes, parallelism] : [logCost, blockSize, lanes],
    salt: nodeCrypto.randomBytes(saltBytes),
  };
  return write(recipe, await inTurn(() => derive(password, recipe)));
};

/**
 * Whether the password is the one behind the hash, in time that does not depend on the answer.
 * @throws {PasswordsBusyError} when too many wait already.
 */
export const passwordMatches = async (password: string, hash: string): Promise<boolean> => {
  const stored = read(hash);
  if (!stored) return false;
  const key = await inTurn(() => derive(password, stored.recipe));
  return key.length === stored.key.length && nodeCrypto.timingSafeEqual(key, stored.key);
};
