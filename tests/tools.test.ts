/** What every integration owes: its name, sentences, examples, receipts, short answers, an end. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compileFastPath } from '../agent/fastpath.ts';
import { type LoadedTool, loadTools } from '../tools/core/load.ts';
import type { Timer, TimerPort } from '../tools/core/ports.ts';
import { runTool } from '../tools/core/run.ts';
import { type Piece, parsePattern, saysByLanguage } from '../tools/core/says.ts';
import { slotKind } from '../tools/core/slots.ts';
import { memoryInProcess } from './fakes/memory-port.ts';

const { toolbox, mistakes } = await loadTools({ environment: {} });
const tools = [...toolbox.tools.values()];
const fastPath = compileFastPath(tools);
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
    ...{ toolbox, name, input, signal, timers: keptTimers(), timeZone: 'Europe/Oslo' },
    memory,
    caller: { personId: 'anna', name: 'Anna', role: 'owner', sure: 1, door: 'app', language: 'en' },
    now: () => new Date(nowMs),
  });

test('the folder loads, and nothing has to be set for that', () => {
  const files = readdirSync(path.join(import.meta.dirname, '..', 'tools'), { withFileTypes: true })
    .filter((entry) => entry.name !== 'core' && !/\..*\.ts$/.test(entry.name))
    .map((entry) => path.basename(entry.name, '.ts'));
  expect(toolbox.integrations.map(({ name }) => name)).toEqual(files.sort());
  expect(mistakes).toEqual([]);
});

const slotSamples: Record<string, Record<string, string[]>> = {
  en: {
    duration: ['five minutes', 'an hour and a half', '90 seconds'],
    text: ['tea', 'Oslo'],
    statement: ['I like tea'],
  },
  de: {
    duration: ['fünf Minuten', 'eine Stunde', '90 Sekunden'],
    text: ['Tee', 'Wien'],
    statement: ['ich Tee mag'],
  },
};
const numbers = ['three', '12', '40'];

/** One of the sentences a pattern stands for; `pick` chooses among so many. */
const sentenceOf = (
  pieces: readonly Piece[],
  { tool, language, pick }: { tool: LoadedTool; language: string; pick: (of: number) => number },
): string =>
  pieces
    .map((piece) => {
      if (piece.type === 'words') return piece.text;
      if (piece.type === 'set') return '';
      if (piece.type === 'choice') {
        const way = piece.ways[pick(piece.ways.length)] ?? [];
        return sentenceOf(way, { tool, language, pick });
      }
      const kind = slotKind(tool.input.shape[piece.name] as z.ZodType);
      const spoken =
        kind?.kind === 'choice'
          ? kind.options.map((option) => option.replaceAll('_', ' '))
          : (slotSamples[language]?.[kind?.kind ?? ''] ?? numbers);
      return spoken[pick(spoken.length)];
    })
    .join('');

test('the sentences that are declared find their own tool: 95 of 100 or more', () => {
  let seed = 7;
  const pick = (of: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % of;
  };
  const lost: string[] = [];
  let tried = 0;
  for (const tool of tools) {
    for (const [language, patterns] of Object.entries(saysByLanguage(tool.says))) {
      for (const pattern of patterns) {
        for (let variant = 0; variant < 8; variant++, tried++) {
          const said = sentenceOf(parsePattern(pattern), { tool, language, pick });
          if (fastPath.match(said, language)?.tool !== tool.name) lost.push(said);
        }
      }
    }
  }
  console.log(`declared sentences: ${tried} tried, ${lost.length} lost`);
  expect(tried).toBeGreaterThan(500);
  expect(lost.length, lost.slice(0, 5).join(' · ')).toBeLessThan(tried / 20);
});

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  test('tells the mind what it does, in a schema that a model can be given', () => {
    expect(tool.about.length).toBeGreaterThan(15);
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

  test.each(tool.examples ?? [])('example "$says"', async ({ says, input, language = 'en' }) => {
    expect(tool.input.safeParse(input).error?.issues ?? []).toEqual([]);
    const found = fastPath.match(says, language);
    if (found) expect(found).toEqual({ tool: name, input });
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
