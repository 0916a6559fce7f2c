/** Every setting that Butler has stands in one place on the page, and is found there. */
import { expect, it } from 'vitest';
import { settings as environment } from '../../../agent/config.ts';
import { schemas } from '../../../agent/household/keys.ts';
import { groups, restartGroupOf, restartOnly, type Setting } from './settings-groups.ts';

const setting = (key: string, about: string, change: Setting['change']): Setting => ({
  ...{ key, about, value: null, set: false, secret: false, from: 'default', change },
});

it('has a field for each setting that changes while Butler runs', () => {
  const shown = groups.flatMap(([, keys]) => keys);
  expect([...shown].toSorted()).toEqual(Object.keys(schemas).toSorted());
});

it('knows where settings that need a restart belong', () => {
  const known = Object.keys(environment.shape).filter((key) => !(key in schemas));
  const byGroup = Map.groupBy(known, restartGroupOf);
  expect(byGroup.get('talk')).toContain('LIVEKIT_URL');
  expect(byGroup.get('mind')).toContain('ANTHROPIC_API_KEY');
  expect(byGroup.get('data')).toEqual(expect.arrayContaining(['JWT_SECRET', 'BUTLER_DATA']));
  expect(byGroup.get('network')).toContain('BUTLER_PORT');
  // Whatever is new lands there: a crowd of them means that a group is missing.
  expect(byGroup.get('watching')?.length).toBeLessThan(15);
});

it('finds by name, also without lines below, and by meaning', () => {
  const all = [
    setting('GROQ_API_KEY', 'Speech to text by Groq.', 'restart'),
    setting('LIVEKIT_URL', 'The LiveKit server.', 'restart'),
    setting('BUTLER_LANGUAGE', "The household's language.", 'now'),
  ];
  expect(restartOnly(all, '').map(([group]) => group)).toEqual(['talk', 'ears']);
  expect(restartOnly(all, 'groq api').map(([group]) => group)).toEqual(['ears']);
  expect(restartOnly(all, 'SERVER').map(([group]) => group)).toEqual(['talk']);
  expect(restartOnly(all, 'language')).toEqual([]);
});
