/** What a backup says of itself: first who made it, at its end all that must be in it. */
import { z } from 'zod';

export const formatName = 'butler-backup';
export const formatVersion = 1;
/** First in the archive: a foreign or a newer one is known before anything else is read. */
export const markName = 'butler-backup.json';
/** Last but one, and its sum last: without them the archive is cut short. */
export const manifestName = 'manifest.json';
export const sumName = 'manifest.sha256';

export const markSchema = z.object({ format: z.literal(formatName), version: z.int().min(1) });

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const step = z.object({ number: z.int().min(1), name: z.string(), sha256 });
const member = z.object({
  name: z.string().min(1),
  bytes: z.int().min(0),
  sha256,
  /** Rows of this table, one JSON object a line. */
  table: z.string().optional(),
  /** A file below BUTLER_DATA. */
  path: z.string().optional(),
});

export const manifestSchema = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  at: z.iso.datetime(),
  /** Butler's version. */
  butler: z.string(),
  engine: z.enum(['postgres', 'pglite']),
  timeZone: z.string(),
  /** Steps of the schema that the rows are of. */
  schema: z.array(step).min(1),
  tables: z.record(z.string(), z.object({ rows: z.int().min(0), columns: z.array(z.string()) })),
  /** Last values, as text: they may be larger than a double holds. */
  sequences: z.record(z.string(), z.string().regex(/^-?\d+$/)),
  /** The newest entry of the audit log: what was taken out after this backup shows. */
  audit: z.object({ number: z.int(), hash: z.string() }).optional(),
  /** Whether the key of tokens and sealed passwords is in it, or stands in JWT_SECRET. */
  secret: z.enum(['inside', 'elsewhere']),
  members: z.array(member),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Member = Manifest['members'][number];
