/** Nextcloud's OCS interface: what the server is, and public links to single files. */
import { z } from 'zod';
import { ToolError } from '../core/tool-error.ts';
import type { Asking, Cloud } from './nextcloud.ts';
import { fileWords } from './words.ts';

const api = 'ocs/v2.php/apps/files_sharing/api/v1/shares';
const json = { format: 'json' };

const shareSchema = z.object({
  id: z.coerce.string(),
  url: z.url({ protocol: /^https?$/ }),
  permissions: z.coerce.number(),
  expiration: z.string().nullish(),
  path: z.string().nullish(),
});
export type Share = z.infer<typeof shareSchema>;

/** Every answer of OCS is wrapped so. */
const envelope = <Data extends z.ZodType>(data: Data) => z.object({ ocs: z.object({ data }) });

const capabilities = envelope(
  z.object({
    version: z.object({ string: z.string() }),
    capabilities: z.object({
      files_sharing: z.object({ public: z.object({ enabled: z.boolean() }).optional() }).optional(),
    }),
  }),
);

export interface CloudState {
  version: string;
  /** The server lets people make public links. */
  links: boolean;
}

/** @throws {ToolError} */
export const cloudState = async (cloud: Cloud, asking: Asking): Promise<CloudState> => {
  const path = 'ocs/v2.php/cloud/capabilities';
  const { ocs } = await cloud.http.json(path, capabilities, { ...asking, query: json });
  const found = ocs.data;
  const links = found.capabilities.files_sharing?.public?.enabled ?? false;
  return { version: found.version.string, links };
};

/** 1 reads, 16 shares on; any other bit would let a stranger change something. */
const readBits = 1 | 16;

/** Made for reading alone, until that day. */
export const isReadOnly = ({ permissions }: Share): boolean =>
  (permissions & 1) === 1 && (permissions & ~readBits) === 0;

/** The day on which a link ends, `YYYY-MM-DD`. */
export const endOf = ({ expiration }: Share): string | undefined => expiration?.slice(0, 10);

/** A public link: everybody who has it may read this one file. @throws {ToolError} */
export const share = async (
  cloud: Cloud,
  { path, until }: { path: string; until: string },
  asking: Asking,
): Promise<Share> => {
  const refused = [400, 403, 404];
  const answer = await cloud.http.request(api, {
    ...{ ...asking, method: 'POST', query: json, allow: refused },
    body: { path, shareType: 3, permissions: 1, expireDate: until },
  });
  const said = fileWords(asking.language);
  if (answer.status === 404) throw new ToolError(said.gone, 'not-found');
  if (refused.includes(answer.status)) {
    throw new ToolError(said.noLinks, 'links-refused', { mend: said.noLinks });
  }
  const read = envelope(shareSchema).safeParse(parsed(answer.bytes));
  if (read.success) return read.data.ocs.data;
  throw new ToolError(said.garbage, 'service-garbage');
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

/** As it is now; undefined where there is no such link. @throws {ToolError} */
export const readShare = async (
  cloud: Cloud,
  id: string,
  asking: Asking,
): Promise<Share | undefined> => {
  const answer = await cloud.http.request(`${api}/${encodeURIComponent(id)}`, {
    ...{ ...asking, query: json, allow: [404] },
  });
  if (answer.status === 404) return undefined;
  const read = envelope(z.array(shareSchema).length(1)).safeParse(parsed(answer.bytes));
  return read.data?.ocs.data[0];
};

/** @throws {ToolError} */
export const unshare = async (cloud: Cloud, id: string, asking: Asking): Promise<void> => {
  await cloud.http.request(`${api}/${encodeURIComponent(id)}`, {
    ...{ ...asking, method: 'DELETE', query: json, allow: [404] },
  });
};
