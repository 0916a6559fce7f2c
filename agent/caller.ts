/** Who speaks in this turn, as the runtime knows it; never taken from a model's arguments. */
import { z } from 'zod';

export { mayUse } from '../tools/core/gate.ts';
export { permissions } from '../tools/core/permissions.ts';

/** The ways into the house. */
export const doorNames = ['app', 'room', 'echo', 'whatsapp', 'schedule', 'mcp'] as const;

export const callerSchema = z.object({
  /** The person's id in the household, stable for life. */
  personId: z.string().min(1),
  /** What Butler calls them. */
  name: z.string().min(1),
  role: z.enum(['owner', 'adult', 'child', 'guest']),
  /** 0 to 1: how sure the runtime is that this person speaks (1 = a token of theirs). */
  sure: z.number().min(0).max(1),
  door: z.enum(doorNames),
  /** The room that the device stands in, as the household calls it. */
  area: z.string().min(1).max(80).optional(),
  /** What they may use; unset: what their role may (tools/core/gate.ts). */
  permissions: z.array(z.string()).optional(),
  /** Language of the conversation, BCP 47. */
  language: z.string().min(2).default('en'),
  /** The voice that answers this person; unset: the household's. */
  voice: z.string().optional(),
});

export type Caller = z.infer<typeof callerSchema>;
