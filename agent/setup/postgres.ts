/** Knocks at Postgres as far as the login, without a driver: the start of protocol 3.0. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { limitMs } from './finding.ts';

/** PostgreSQL "Frontend/Backend Protocol", message formats: type, length, body. */
const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};

const text = (value: string): Buffer => Buffer.from(`${value}\0`);

const startup = (user: string, database: string): Buffer => {
  const version = Buffer.from([0, 3, 0, 0]);
  const pairs = ['user', user, 'database', database].map(text);
  return message('', Buffer.concat([version, ...pairs, Buffer.from([0])]));
};

const md5 = (value: string | Buffer): string => createHash('md5').update(value).digest('hex');

const md5Answer = (user: string, password: string, salt: Buffer): Buffer =>
  text(`md5${md5(Buffer.concat([Buffer.from(md5(password + user)), salt]))}`);

/**
 * The client's final message of SCRAM-SHA-256 (RFC 5802, RFC 7677).
 * @param exchange the client's nonce and the server's first message.
 */
export const scramAnswer = (
  password: string,
  exchange: { clientFirst: string; serverFirst: string },
): string => {
  const { clientFirst, serverFirst } = exchange;
  const part = (name: string): string => serverFirst.match(`(?:^|,)${name}=([^,]*)`)?.[1] ?? '';
  const salted = pbkdf2Sync(
    password.normalize('NFKC'),
    Buffer.from(part('s'), 'base64'),
    Number(part('i')),
    32,
    'sha256',
  );
  const hmac = (key: Buffer, data: string): Buffer =>
    createHmac('sha256', key).update(data).digest();
  const clientKey = hmac(salted, 'Client Key');
  const storedKey = createHash('sha256').update(clientKey).digest();
  const withoutProof = `c=biws,r=${part('r')}`;
  const signature = hmac(storedKey, `${clientFirst},${serverFirst},${withoutProof}`);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
  return `${withoutProof},p=${proof.toString('base64')}`;
};

/** Reads whole messages off a socket, one at a time. */
async function* messagesOf(socket: Socket): AsyncGenerator<{ type: string; body: Buffer }> {
  let buffered = Buffer.alloc(0);
  for await (const chunk of socket) {
    buffered = Buffer.concat([buffered, chunk as Buffer]);
    while (buffered.length >= 5 && buffered.length > buffered.readInt32BE(1)) {
      const end = 1 + buffered.readInt32BE(1);
      yield { type: buffered.toString('latin1', 0, 1), body: buffered.subarray(5, end) };
      buffered = buffered.subarray(end);
    }
  }
}

/** The fields of an ErrorResponse: M the message, C the SQLSTATE. */
const errorText = (body: Buffer): string =>
  body
    .toString('utf8')
    .split('\0')
    .find((field) => field.startsWith('M'))
    ?.slice(1) ?? 'it refused without a reason';

interface Login {
  user: string;
  password: string;
  clientFirst: string;
}

/** Our answer to an authentication request (message R); undefined when it wants none. */
const authentication = (body: Buffer, login: Login): Buffer | undefined => {
  const kind = body.readInt32BE(0);
  if (kind === 3) return message('p', text(login.password));
  if (kind === 5) return message('p', md5Answer(login.user, login.password, body.subarray(4, 8)));
  if (kind === 10) {
    const first = Buffer.from(`n,,${login.clientFirst}`);
    const length = Buffer.alloc(4);
    length.writeInt32BE(first.length);
    return message('p', Buffer.concat([text('SCRAM-SHA-256'), length, first]));
  }
  if (kind === 11) {
    const exchange = { clientFirst: login.clientFirst, serverFirst: body.toString('utf8', 4) };
    return message('p', Buffer.from(scramAnswer(login.password, exchange)));
  }
  if (kind === 0 || kind === 12) return undefined;
  throw new Error(`it asks for a login of kind ${kind}, which doctor does not know`);
};

/**
 * Logs in to a Postgres server and leaves.
 * @param address postgres://user:password@host:port/database
 * @returns the server's version.
 * @throws with Postgres's own words, or the socket's error.
 */
export const knock = async (address: string): Promise<string> => {
  const url = new URL(address);
  const user = decodeURIComponent(url.username) || 'postgres';
  const clientFirst = `n=,r=${randomBytes(18).toString('base64')}`;
  const login = { user, password: decodeURIComponent(url.password), clientFirst };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(url.port || 5432) });
  const timer = setTimeout(
    () => socket.destroy(new DOMException('silent', 'TimeoutError')),
    limitMs,
  );
  try {
    socket.write(startup(user, decodeURIComponent(url.pathname.slice(1)) || user));
    let version = '';
    for await (const { type, body } of messagesOf(socket)) {
      if (type === 'E') throw new Error(errorText(body));
      const [name, value = ''] = type === 'S' ? body.toString('utf8').split('\0') : [];
      if (name === 'server_version') version = value;
      if (type === 'Z') return version;
      const answer = type === 'R' ? authentication(body, login) : undefined;
      if (answer) socket.write(answer);
    }
    throw new Error('it hung up: is this a Postgres?');
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
};
