/** Memory as tools see it, on both databases: undo brings back all, and only to its person. */
import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import type { Database } from '../memory/database.ts';
import { createFacts } from '../memory/facts.ts';
import { createHistory } from '../memory/history.ts';
import { supersede } from '../memory/learn/write.ts';
import { openUsers } from '../memory/users.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { createMemoryPort } from './memory-port.ts';

type Parts = Parameters<typeof createMemoryPort>[0];

const settingOf = async (database: Database) => {
  const users = await openUsers(database);
  for (const id of ['ada', 'ben']) await users.insert({ id, name: id, role: 'adult' });
  const stored = createFacts(database);
  const facts = { ...stored };
  const parts = {
    ...{ facts, users, history: createHistory(database) },
    recall: {},
    embedder: { model: 'none', embed: async () => [] },
    learner: { settle: async () => undefined },
  } as unknown as Parts;
  return { facts, stored, parts, port: createMemoryPort(parts) };
};

eachEngine((open) => {
  const tell = (fact: string) => ({ fact, category: 'preference', door: 'app' }) as const;

  it('what was forgotten comes back once, and to its person alone', async () => {
    const { port } = await settingOf(await open());
    const { fact } = await port.remember('ada', tell('Ada drinks coffee'));
    const ids = [fact?.id ?? 0];
    expect(await port.forget('ben', ids)).toEqual([]);
    expect(await port.forget('ada', ids)).toHaveLength(1);
    expect(await port.restore('ben', ids)).toEqual([]);
    expect(await port.restore('ada', ids)).toHaveLength(1);
    expect(await port.restore('ada', ids)).toEqual([]);
    expect(await port.byIds('ben', ids)).toEqual([]);
  });

  it('what was forgotten is gone from the process too, five minutes later', async () => {
    const { port } = await settingOf(await open());
    const { fact } = await port.remember('ada', tell('Ada drinks coffee'));
    const ids = [fact?.id ?? 0];
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const gone = port.forget('ada', ids);
    await vi.waitFor(() => gone, { timeout: 5_000 });
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    expect(await port.restore('ada', ids)).toEqual([]);
  });

  it('an undo that the database did not take can be asked for again', async () => {
    const { port, facts, stored } = await settingOf(await open());
    const { fact } = await port.remember('ada', tell('Ada drinks coffee'));
    const ids = [fact?.id ?? 0];
    await port.forget('ada', ids);
    facts.restore = async () => {
      throw new Error('the database went away');
    };
    await expect(port.restore('ada', ids)).rejects.toThrow();
    facts.restore = stored.restore;
    expect(await port.restore('ada', ids)).toHaveLength(1);
  });

  it('taking back a fact brings back what it was found to contradict', async () => {
    const { port, facts } = await settingOf(await open());
    await port.remember('ada', tell('Ada drinks coffee'));
    const { fact } = await port.remember('ada', tell('Ada drinks tea only'));
    const texts = async () => (await facts.list('ada')).map((one) => one.fact);
    const all = await facts.list('ada');
    const newer = all.find(({ id }) => id === fact?.id);
    const older = all.find(({ id }) => id !== fact?.id);
    if (!newer || !older) throw new Error('nothing was remembered');
    // As the learner settles it, a moment after the answer.
    await supersede({ facts, personId: 'ada', at: new Date() }, { newer, older });
    expect(await texts()).toEqual(['Ada drinks tea only']);
    expect(await port.takeBack('ada', newer.id)).toMatchObject({ fact: 'Ada drinks tea only' });
    expect(await texts()).toEqual(['Ada drinks coffee']);
    expect(await port.takeBack('ben', older.id)).toBeUndefined();
  });

  it('neither the order to forget nor a password stays in what was said', async () => {
    const { port, parts } = await settingOf(await open());
    const { fact } = await port.remember('ada', tell('Ada likes green tea'));
    const say = async (content: string) => {
      const turn = randomUUID();
      const message = { turn, door: 'app', content, heard: true, tainted: false, at: new Date() };
      await parts.history.record('ada', [{ ...message, role: 'user' }]);
      return turn;
    };
    await say('Forget that I like green tea.');
    await say('Good morning.');
    await port.forget('ada', [fact?.id ?? 0]);
    const secret = 'my password is hunter2';
    const turn = { id: await say(`Remember that ${secret}.`), said: `Remember that ${secret}.` };
    expect(await port.remember('ada', { ...tell(secret), turn })).toMatchObject({ why: 'secret' });
    const left = await parts.history.recent('ada', { days: 1, limit: 20, now: new Date() });
    expect(left.map(({ content }) => content)).toEqual(['Good morning.']);
  });
});
