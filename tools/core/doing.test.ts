/** What a page shows while a tool runs: every integration has its words in both languages. */
import { expect, it } from 'vitest';
import { declaredDoing, doingOf } from './doing.ts';
import { loadTools } from './load.ts';

it('falls back to the name, and to English', () => {
  expect(doingOf({ integration: 'pi-hole' }, 'en')).toBe('asking Pi Hole');
  expect(doingOf({ integration: 'pi-hole' }, 'de-AT')).toBe('frage Pi Hole');
  expect(doingOf({ integration: 'pi-hole' }, 'fr')).toBe('asking Pi Hole');
  const doing = { en: 'looking', de: 'sehe nach' };
  expect(doingOf({ integration: 'pi-hole', doing }, 'de')).toBe('sehe nach');
});

it('has the words for reading where none for changing are declared', () => {
  const read = { en: 'looking' };
  expect(declaredDoing({ read }, 'danger')).toBe(read);
  expect(declaredDoing({ read, write: { en: 'changing' } }, 'danger')).toEqual({ en: 'changing' });
  expect(declaredDoing(undefined, 'read')).toBeUndefined();
});

it('is declared by every integration that is shipped', async () => {
  const accounts = {
    ...{ HOME_ASSISTANT_URL: 'http://localhost:1', HOME_ASSISTANT_TOKEN: 'x'.repeat(40) },
    ...{ CALDAV_URL: 'http://localhost:1', CALDAV_USERNAME: 'a', CALDAV_PASSWORD: 'b' },
    ...{ IMAP_HOST: 'localhost', IMAP_USERNAME: 'a', IMAP_PASSWORD: 'b', IMAP_PERSON: 'a' },
    FILES_ROOTS: '.',
  };
  const { toolbox } = await loadTools({ environment: accounts });
  const tools = [...toolbox.tools.values()];
  expect(new Set(tools.map(({ integration }) => integration)).size).toBeGreaterThan(9);
  const silent = tools.filter(({ doing }) => !doing?.en || !doing.de).map(({ name }) => name);
  expect(silent).toEqual([]);
  for (const tool of tools) expect(doingOf(tool, 'en')).toMatch(/^[a-z]+ing( |$)/);
  await toolbox.close();
});
