/** The house's ports and tools with every write counted, and tools with their marks taken off. */
import { ToolError } from '../../tools/core/define.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import type { Ports } from '../../tools/core/ports.ts';
import type { Shelf, ShelfOwner } from '../../tools/core/shelf-port.ts';

/** What was really done, by where it was done. */
export type Done = Record<string, number>;

/** Writes of these are no effects: the mind's calls that read may make them. */
const writes = ['put', 'remove', 'change'] as const;

const countedShelf = (shelf: Shelf, count: () => void): Shelf => ({
  ...shelf,
  all: (owner) => shelf.all(owner),
  get: (key, owner) => shelf.get(key, owner),
  ...Object.fromEntries(
    writes.map((name) => [
      name,
      (...given: [string, never, ShelfOwner?]) => {
        count();
        return (shelf[name] as (...all: unknown[]) => unknown)(...given);
      },
    ]),
  ),
});

const counting = <Port extends object>(
  port: Port,
  names: readonly (keyof Port & string)[],
  count: (name: string) => void,
): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      // Its own fields are private: nobody else may be `this`.
      if (!names.includes(name as never)) {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return (...given: unknown[]) => {
        count(String(name));
        return (value as (...all: unknown[]) => unknown).apply(target, given);
      };
    },
  });

/** The house's ports, each write of them counted. */
export const counted = (lent: Ports, count: (what: string) => void): Ports => ({
  ...lent,
  timers: counting(lent.timers, ['set', 'cancel', 'extend'], (name) => count(`timer.${name}`)),
  memory: counting(
    lent.memory,
    ['remember', 'forget', 'takeBack', 'restore', 'updateSoul'],
    (name) => count(`memory.${name}`),
  ),
  shelves: {
    of: (integration, language) =>
      countedShelf(lent.shelves.of(integration, language), () => count(`shelf.${integration}`)),
  },
});

/** Nobody is kept from asking too often, and nothing is cached between two cases. */
export const patient = (tool: LoadedTool): void => {
  tool.callsPerMinute = 1_000_000;
};

const rethrown = (error: unknown): never => {
  const { message, code, handOver } = error as ToolError;
  throw error instanceof ToolError ? new ToolError(message, code, { handOver }) : error;
};

/** The same tool whose words nobody marks: what would happen without taint. */
export const unmarked = (tool: LoadedTool): LoadedTool => {
  const { run, effectOf, outside: _, discovered: _named, ...rest } = tool;
  const bare: LoadedTool = {
    ...rest,
    run: async (input, context) => {
      const read: typeof context.read = async (name, given) => {
        const outcome = await context.read(name, given);
        return outcome && { ...outcome, outside: false };
      };
      return { ...(await run(input, { ...context, read }).catch(rethrown)), outside: false };
    },
  };
  if (!effectOf) return bare;
  bare.effectOf = async (input, context) => {
    const touched = await Promise.resolve(effectOf(input, context)).catch(rethrown);
    return typeof touched === 'string' ? touched : { ...touched, outside: false };
  };
  return bare;
};
