// The people's rows on both databases: what may stand there, and two changes at once.
import { beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import type { Database } from './database.ts';
import { createFacts } from './facts.ts';
import { defaultSoul } from './souls.ts';
import { openUsers, type Users } from './users.ts';

eachEngine((open) => {
  let database: Database;
  let users: Users;
  let count = 0;
  beforeAll(async () => {
    database = await open();
    users = await openUsers(database);
  }, 120_000);
  const join = async () => {
    count += 1;
    return await users.insert({ id: `user-${count}`, name: 'Ada', role: 'adult' });
  };

  it('are there for every process, with the household’s values for the rest', async () => {
    const ada = await users.insert({
      ...{ id: 'ada', name: ' Ada ', username: 'ada', role: 'owner', passwordHash: '$x' },
      ...{ permissions: ['home', 'a"b,{}'], devices: ['phone', { kind: 'watch' }] },
      ...{ notifications: { quiet: true }, soul: { humor: true }, language: 'de-AT' },
    });
    expect(ada).toMatchObject({
      ...{ name: 'Ada', wakeWord: null, ttsVoice: null, startMode: 'push_to_talk' },
      soul: { ...defaultSoul, humor: 'subtle' },
    });
    const elsewhere = await openUsers(database);
    expect(elsewhere.byId('ada')).toEqual(ada);
    expect(elsewhere.byUsername('ada')).toEqual(ada);
    await users.update('ada', { wakeWord: 'hey butler', startMode: 'wake_word' });
    expect(elsewhere.byId('ada')?.wakeWord).toBeNull();
    expect(await elsewhere.load('ada')).toEqual(users.byId('ada'));
    expect(elsewhere.byId('ada')).toMatchObject({
      wakeWord: 'hey butler',
      permissions: ['home', 'a"b,{}'],
    });
    await users.update('ada', { permissions: [] });
    await elsewhere.refresh();
    expect(elsewhere.byId('ada')?.permissions).toEqual([]);
  });

  it('lose no field when two changes meet', async () => {
    const { id } = await join();
    const elsewhere = await openUsers(database);
    await Promise.all([
      users.update(id, { soul: { formality: 'formal' } }),
      elsewhere.update(id, { soul: { verbosity: 'detailed' } }),
      users.update(id, { soul: { humor: 'none' }, ttsVoice: 'am_michael' }),
      elsewhere.update(id, { language: 'de' }),
    ]);
    expect(await users.load(id)).toMatchObject({
      ...{ language: 'de', ttsVoice: 'am_michael' },
      soul: { formality: 'formal', verbosity: 'detailed', humor: 'none' },
    });
  });

  it('are refused with a sentence where something cannot be', async () => {
    const { id } = await join();
    const wrong: [object, string][] = [
      [{ startMode: 'shout' }, 'start_mode must be push_to_talk, wake_word or app_open.'],
      [{ ttsVoice: '' }, 'tts_voice must have 1 to 60 characters.'],
      [{ wakeWord: 'x'.repeat(61) }, 'wake_word must have 1 to 60 characters.'],
      [{ language: 'German' }, 'language must be a tag such as en or de-AT.'],
      [{ permissions: 'home' }, 'permissions must be a list of names.'],
      [{ soul: { formality: 'stiff' } }, 'formality must be casual, balanced or formal.'],
    ];
    for (const [patch, sentence] of wrong) {
      await expect(users.update(id, patch)).rejects.toThrow(sentence);
      const made = users.insert({ id: 'never', name: 'Never', role: 'adult', ...patch });
      await expect(made).rejects.toThrow(sentence);
    }
    expect(await users.load('never')).toBeUndefined();
    await expect(users.update('nobody', { name: 'X' })).rejects.toMatchObject({
      code: 'person-unknown',
    });
    await expect(users.remove('nobody')).rejects.toThrow('There is nobody with the id "nobody"');
    await users.update(id, { username: 'taken' });
    const other = await join();
    const second = users.update(other.id, { username: 'taken' });
    await expect(second).rejects.toMatchObject({ code: 'username-taken' });
    const again = users.insert({ id, name: 'Again', role: 'adult' });
    await expect(again).rejects.toMatchObject({ code: 'id-taken' });
  });

  it('come all or not at all', async () => {
    const people = ['x', 'y', 'x'].map((id) => ({ id, name: id, role: 'child' as const }));
    await expect(users.insertAll(people)).rejects.toMatchObject({ code: 'id-taken' });
    expect(await users.load('y')).toBeUndefined();
    expect(await users.insertAll(people.slice(0, 2), { unlessThere: true })).toHaveLength(2);
    const later = await users.insertAll(people.slice(1), { unlessThere: true });
    expect(later).toEqual([]);
  });

  it('go with all that is theirs', async () => {
    const { id } = await join();
    const facts = createFacts(database);
    await facts.remember(id, { category: 'personal', fact: 'Is here', source: 'explicit' });
    await users.remove(id);
    expect(users.byId(id)).toBeUndefined();
    expect(await users.load(id)).toBeUndefined();
    const rows = await database.sql`
      select from butler.user_facts where user_id = ${id}
      union all select from butler.memory_marks where user_id = ${id}`;
    expect(rows).toHaveLength(0);
  });
});
