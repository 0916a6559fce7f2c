/** Nextcloud as its clients see it: OCS and SEARCH in this process, before a real WebDAV server. */
import { once } from 'node:events';
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import type { WebDavServer } from '../servers/webdav.ts';

interface PublicLink {
  id: string;
  path: string;
  url: string;
  permissions: number;
  expiration: string;
}

/** What is answered instead of the truth. */
export interface Fault {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  /** It never answers. */
  hangs?: boolean;
}

export interface NextcloudFake {
  url: string;
  /** What was asked, method and path. */
  asked: string[];
  links: Map<string, PublicLink>;
  /** Decides for each request; undefined lets it through. */
  fault: (asked: string) => Fault | undefined;
  /** It answers SEARCH, as Nextcloud does and plain WebDAV servers do not. */
  searches: boolean;
  /** The permissions that it gives to a link, whatever was asked. */
  linkPermissions: number;
  stop(): Promise<void>;
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry: Dirent) => entry.isFile())
    .map((entry: Dirent) => relative(folder, join(entry.parentPath, entry.name)));

/** SQL's LIKE without regard to case, as Nextcloud's databases have it. */
const isLike = (name: string, pattern: string): boolean => {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const source = escaped.replaceAll('%', '.*').replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'isu').test(name);
};

const search = (body: string, webdav: WebDavServer): string => {
  const patterns = [...body.matchAll(/<d:like>.*?<d:literal>(.*?)<\/d:literal>/gs)];
  const since = /<d:gt>.*?<d:literal>(.*?)<\/d:literal>/s.exec(body)?.[1];
  const found = filesIn(webdav.folder).filter((file) => {
    const { mtime } = statSync(join(webdav.folder, file));
    const name = file.split('/').at(-1) ?? '';
    return since
      ? mtime > new Date(since)
      : patterns.some(([, pattern = '']) => isLike(name, pattern));
  });
  const responses = found.map((file) => {
    const { mtime, size } = statSync(join(webdav.folder, file));
    const path = file.split('/').map(encodeURIComponent).join('/');
    const href = escapeXml(`/remote.php/dav/files/${webdav.username}/${path}`);
    return `<d:response><d:href>${href}</d:href><d:propstat><d:prop>
      <d:getlastmodified>${mtime.toUTCString()}</d:getlastmodified>
      <d:getcontentlength>${size}</d:getcontentlength><d:resourcetype/></d:prop>
      <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`;
  });
  const start = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">';
  return `${start}${responses.join('')}</d:multistatus>`;
};

interface Answer {
  status: number;
  body: unknown;
}

const ocs = (data: unknown, status = 200): Answer => ({
  status,
  body: { ocs: { meta: { status: status < 300 ? 'ok' : 'failure', statuscode: status }, data } },
});

const version = { major: 31, minor: 0, micro: 4, string: '31.0.4' };
const capabilities = { files_sharing: { api_enabled: true, public: { enabled: true } } };

const shares = '/ocs/v2.php/apps/files_sharing/api/v1/shares';

interface Asked {
  method: string;
  path: string;
  body: Buffer;
}

const newLink = (fake: NextcloudFake, webdav: WebDavServer, body: Buffer): Answer => {
  const wanted = JSON.parse(body.toString()) as Record<string, unknown>;
  const path = String(wanted.path);
  if (wanted.shareType !== 3 || !/^\d{4}-\d\d-\d\d$/.test(String(wanted.expireDate))) {
    return ocs([], 400);
  }
  if (!filesIn(webdav.folder).includes(path.slice(1))) return ocs([], 404);
  const id = String(fake.links.size + 100);
  const link = {
    ...{ id, path, url: `${fake.url}/s/a1b2c3d4e5f6${id}`, permissions: fake.linkPermissions },
    expiration: `${wanted.expireDate} 00:00:00`,
  };
  fake.links.set(id, link);
  return ocs(link);
};

const answerOcs = (fake: NextcloudFake, webdav: WebDavServer, asked: Asked): Answer => {
  const { method, path, body } = asked;
  if (path === '/ocs/v2.php/cloud/capabilities') return ocs({ version, capabilities });
  if (path === shares && method === 'POST') return newLink(fake, webdav, body);
  const id = path.startsWith(`${shares}/`) ? path.slice(shares.length + 1) : '';
  const link = fake.links.get(id);
  if (!link) return ocs([], 404);
  if (method === 'GET') return ocs([link]);
  if (method !== 'DELETE') return ocs([], 405);
  fake.links.delete(id);
  return ocs([]);
};

const toWebDav =
  (webdav: WebDavServer, message: IncomingMessage, response: ServerResponse) =>
  async (body: Buffer): Promise<void> => {
    const { method, url: path, headers } = message;
    const onward = request({ ...{ host: '127.0.0.1', port: webdav.port }, method, path, headers });
    onward.end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  };

export const startNextcloud = async (webdav: WebDavServer): Promise<NextcloudFake> => {
  const { username, password } = webdav;
  const login = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const server = createServer(async (message, response) => {
    const body = await bodyOf(message);
    const { pathname: path } = new URL(message.url ?? '/', 'http://x');
    const method = message.method ?? 'GET';
    const asked = `${method} ${path}`;
    fake.asked.push(asked);
    const fault = fake.fault(asked);
    if (fault?.hangs) return;
    const send = (status: number, text: string, headers: Record<string, string> = {}): void => {
      response.writeHead(status, headers);
      response.end(text);
    };
    if (fault) return send(fault.status ?? 200, fault.body ?? '', fault.headers);
    const right = message.headers.authorization === login;
    if (!right) return send(401, JSON.stringify(ocs([], 401).body));
    if (path.startsWith('/ocs/')) {
      // Without this header Nextcloud takes an API call for a forged one.
      if (message.headers['ocs-apirequest'] !== 'true') return send(412, 'CSRF check failed');
      const answer = answerOcs(fake, webdav, { method, path, body });
      return send(answer.status, JSON.stringify(answer.body), {
        'content-type': 'application/json; charset=utf-8',
      });
    }
    if (method === 'SEARCH' && fake.searches) return send(207, search(body.toString(), webdav));
    await toWebDav(webdav, message, response)(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const fake: NextcloudFake = {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: [] },
    ...{ links: new Map(), fault: () => undefined, searches: true, linkPermissions: 1 },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
};
