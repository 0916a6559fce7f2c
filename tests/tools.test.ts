/** What every integration owes: its name, sentences, examples, receipts, short answers, an end. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadTools } from '../tools/core/load.ts';
import type { Timer, TimerPort } from '../tools/core/ports.ts';
import { runTool } from '../tools/core/run.ts';
import { saysByLanguage } from '../tools/core/says.ts';
import { loadLocomo } from './bench/locomo-data.ts';
import { everything } from './bench/tools-everything.ts';
import { trapped } from './bench/tools-trapped.ts';
import { traps } from './bench/tools-traps.ts';
import { unrelated } from './bench/tools-unrelated.ts';
import { meansTheSame, variantsOf } from './bench/tools-variants.ts';
import { memoryInProcess } from './fakes/memory-port.ts';
import { portsInProcess } from './fakes/ports.ts';

const all = await everything();
const { toolbox, tools, fastPath, remote } = all;
const byName = new Map(tools.map((tool) => [tool.name, tool]));
const nowMs = Date.UTC(2025, 10, 21, 14, 45);

const keptTimers = (): TimerPort => {
  const timer = (id: string, name: string): Timer => ({
    ...{ id, name, ownerId: 'anna', setAtMs: nowMs, dueAtMs: nowMs + 600_000 },
  });
  const kept = new Map([timer('t1', 'tea')].map((one) => [one.id, one]));
  return {
    set: async ({ ownerId, name, durationMs }) => {
      const made = {
        ...timer(`t${kept.size + 1}`, ''),
        ownerId,
        name,
        dueAtMs: nowMs + durationMs,
      };
      kept.set(made.id, made);
      return made;
    },
    list: async () => [...kept.values()],
    cancel: async (id) => {
      const gone = kept.get(id);
      kept.delete(id);
      return gone;
    },
    extend: async (id, byMs) => {
      const found = kept.get(id);
      if (found) kept.set(id, { ...found, dueAtMs: found.dueAtMs + byMs });
      return kept.get(id);
    },
  };
};

const memory = memoryInProcess();
await memory.remember('anna', { fact: 'Anna likes tea', category: 'preference', door: 'app' });

const call = (name: string, input: unknown, signal = new AbortController().signal) =>
  runTool({
    ...portsInProcess({ memory, timers: keptTimers() }),
    ...{ toolbox, name, input, signal, timeZone: 'Europe/Oslo' },
    caller: { personId: 'anna', name: 'Anna', role: 'owner', sure: 1, door: 'app', language: 'en' },
    now: () => new Date(nowMs),
  });

test('the folder loads, and nothing has to be set for that', async () => {
  const files = readdirSync(path.join(import.meta.dirname, '..', 'tools'), { withFileTypes: true })
    .filter((entry) => entry.name !== 'core' && !/\..*\.ts$/.test(entry.name))
    .map((entry) => path.basename(entry.name, '.ts'));
  const { toolbox: bare, mistakes } = await loadTools({ environment: {} });
  expect(bare.integrations.map(({ name }) => name)).toEqual(files.sort());
  expect(mistakes).toEqual([]);
});

describe('the fast path', () => {
  test('hears declared sentences with their slots: 95 of 100 or more, arguments too', () => {
    const variants = variantsOf(tools, 10);
    const lost = variants.filter(({ said, language, tool, input }) => {
      const found = fastPath.match(said, language);
      const declared = byName.get(tool);
      return found?.tool !== tool || !declared || !meansTheSame(declared, found.input, input);
    });
    const share = (100 * (variants.length - lost.length)) / variants.length;
    console.log(
      `declared sentences: ${variants.length} tried over ${tools.length} tools, ` +
        `${lost.length} lost: ${share.toFixed(1)} % right in tool and arguments`,
    );
    for (const { said, tool } of lost.slice(0, 20)) console.log(`  lost: ${said} (${tool})`);
    expect(variants.length).toBeGreaterThan(2_000);
    expect(share).toBeGreaterThanOrEqual(95);
  });

  test('each tool is heard: none loses a third of its sentences', () => {
    const bad = tools.flatMap((tool) => {
      const variants = variantsOf([tool], 6);
      const heard = variants.filter(
        ({ said, language }) => fastPath.match(said, language)?.tool === tool.name,
      );
      const share = variants.length === 0 ? 1 : heard.length / variants.length;
      return share < 0.67 ? [`${tool.name}: ${heard.length} of ${variants.length}`] : [];
    });
    expect(bad).toEqual([]);
  });

  const hitsOf = (sentences: readonly { said: string; language: string }[]): string[] =>
    sentences.flatMap(({ said, language }) => {
      const found = fastPath.match(said, language);
      return found ? [`${said} → ${found.tool} ${JSON.stringify(found.input)}`] : [];
    });

  test('takes at most one of a hundred sentences that are no command', () => {
    const sentences = unrelated(2_000);
    const hits = hitsOf(sentences);
    const share = (100 * hits.length) / sentences.length;
    console.log(`unrelated: ${hits.length} of ${sentences.length} taken: ${share.toFixed(2)} %`);
    for (const hit of hits) console.log(`  taken: ${hit}`);
    expect(new Set(sentences.map(({ said }) => said)).size).toBe(2_000);
    expect(share).toBeLessThanOrEqual(1);
  });

  test('takes at most one of a hundred turns of other people’s talk, where that is here', () => {
    const talks = loadLocomo();
    if ('unavailable' in talks) return console.log(talks.unavailable);
    const turns = talks.splits.flatMap(({ conversations }) =>
      conversations.flatMap((c) => c.turns),
    );
    const hits = hitsOf(turns.map(({ text }) => ({ said: text, language: 'en' })));
    console.log(`LoCoMo: ${hits.length} of ${turns.length} turns taken`);
    for (const hit of hits) console.log(`  taken: ${hit}`);
    return expect(hits.length).toBeLessThanOrEqual(turns.length / 100);
  });
});

test('no trap changes anything: neither by the fast path nor by a mind that obeys it', async () => {
  const caught: string[] = [];
  for (const trap of traps) {
    if ((await trapped(all, trap)) !== 'right') caught.push(`${trap.kind}: ${trap.said}`);
  }
  expect(traps).toHaveLength(40);
  expect(caught).toEqual([]);
});

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  test('tells the mind what it does, in a schema that a model can be given', () => {
    expect(tool.about.length).toBeGreaterThan(15);
    expect(tool.about.length).toBeLessThan(400);
    expect(name).toMatch(/^[a-z0-9_]{1,64}$/);
    expect(z.toJSONSchema(tool.input, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });

  test('can be said, or shows how', () => {
    const patterns = Object.values(saysByLanguage(tool.says)).flat();
    expect(patterns.length + (tool.examples?.length ?? 0)).toBeGreaterThan(0);
    expect(new Set(patterns).size).toBe(patterns.length);
  });

  test('is said in both languages, or in none', () => {
    const says = saysByLanguage(tool.says);
    if ((says.en ?? []).length > 0) expect((says.de ?? []).length).toBeGreaterThan(0);
  });

  test.each(tool.examples ?? [])('example "$says"', async ({ says, input, language = 'en' }) => {
    expect(tool.input.safeParse(input).error?.issues ?? []).toEqual([]);
    const found = fastPath.match(says, language);
    if (found) expect(found).toEqual({ tool: name, input });
    // What asks a service is run where that service is: in its own tests.
    if (remote.has(tool.integration)) return;
    const outcome = await call(name, input);
    expect(outcome.say.length).toBeGreaterThan(0);
    expect(outcome.say.length).toBeLessThanOrEqual(300);
    expect(outcome.say).not.toMatch(/undefined|NaN|\[object|[*_#`]/);
    if (outcome.ok && tool.effect !== 'read') expect(outcome.receipt).toBeDefined();
    if (outcome.undo) expect(toolbox.tools.has(outcome.undo.tool)).toBe(true);
  });

  test('an interruption before it began ends the call, with a sentence', async () => {
    const outcome = await call(name, tool.examples?.[0]?.input ?? {}, AbortSignal.abort());
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome.say).toMatch(/[.?]$/);
  });

  test('danger is never done without a word', () => {
    if (tool.effect === 'danger') expect(tool.confirm).not.toBe('never');
    else expect(['read', 'write']).toContain(tool.effect);
  });
});

test('hidden tools are for other tools: no sentence finds them', () => {
  const hidden = [...toolbox.tools.values()].filter((tool) => tool.hidden);
  for (const { name, says } of hidden) {
    expect(Object.values(saysByLanguage(says)).flat(), name).toEqual([]);
  }
});

test('an integration that needs access says how to get or renew it', () => {
  const silent = toolbox.integrations
    .filter(({ variables }) => variables.some(({ required }) => required))
    .filter(({ renew }) => renew === undefined)
    .map(({ name }) => name);
  expect(silent).toEqual([]);
});
