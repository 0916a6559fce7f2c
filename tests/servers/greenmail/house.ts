/** The mail tools of a house with these settings, called as the runtime calls them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTools } from '../../../tools/core/load.ts';
import type { Ports } from '../../../tools/core/ports.ts';
import { runTool } from '../../../tools/core/run.ts';
import { portsInProcess } from '../../fakes/ports.ts';

/** 15:45 on a Saturday, there. */
const nowMs = Date.UTC(2026, 10, 21, 14, 45);

const mailTools = new URL('../../../tools/mail/index.ts', import.meta.url).href;

interface Calling {
  personId?: string;
  role?: 'guest' | 'child' | 'adult' | 'owner';
  language?: string;
  signal?: AbortSignal;
  /** The person's own words. */
  said?: string;
}

export const mailHouse = async (
  environment: Record<string, string>,
  ports: Ports = portsInProcess(),
) => {
  // Mail alone: what other integrations need is not this test's.
  const folder = mkdtempSync(join(tmpdir(), 'butler-mail-'));
  writeFileSync(join(folder, 'mail.ts'), `export { default } from '${mailTools}';\n`);
  const { toolbox, mistakes } = await loadTools({ folder, environment });
  rmSync(folder, { recursive: true });
  const call = (name: string, input: Record<string, unknown>, how: Calling = {}) => {
    const { personId = 'anna', role = 'adult', language = 'en', said } = how;
    return runTool({
      ...{ toolbox, name, input, timeZone: 'Europe/Oslo', now: () => new Date(nowMs) },
      ...ports,
      caller: { personId, name: personId, role, sure: 1, door: 'app', language },
      signal: how.signal ?? new AbortController().signal,
      ...(said !== undefined && { turn: { id: 't1', said } }),
    });
  };
  return { toolbox, mistakes, call, close: () => toolbox.close() };
};
