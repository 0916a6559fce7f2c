/** The home through Home Assistant: judged by what is touched, and every change read back. */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import { colour } from './colours.ts';
import { connectHomeAssistant, healthOf } from './connection.ts';
import { move } from './covers.ts';
import { mode, temperature } from './degrees.ts';
import { howLong, when } from './history.ts';
import {
  addToList,
  clearList,
  listNames,
  readList,
  removeFromList,
  reopenOnList,
  tickOff,
} from './lists.ts';
import { alarm, lock } from './locks.ts';
import { media, source } from './media.ts';
import { recognise } from './recognise.ts';
import { start, vacuum } from './starting.ts';
import { measure, state, which } from './states.ts';
import { adjust, level, turn } from './switching.ts';
import { trackers } from './trackers.ts';

export default integration({
  name: 'home-assistant',
  about: 'The house: lights, heating, blinds, locks, players, scenes and sensors.',
  doing: {
    read: { en: 'looking around the house', de: 'sehe im Haus nach' },
    write: { en: 'setting something in the house', de: 'stelle etwas im Haus ein' },
  },
  config: z.object({
    url: z.url({ protocol: /^https?$/, error: 'must be an address such as http://host:8123' }),
    token: z.string().min(20, 'must be a long-lived access token of Home Assistant'),
  }),
  connect: connectHomeAssistant,
  health: healthOf,
  renew:
    'In Home Assistant, make a long-lived access token on the Security page of your profile, and ' +
    'set HOME_ASSISTANT_TOKEN.',
  understand: recognise,
  close: (client) => client.close(),
}).tools({
  turn,
  level,
  adjust,
  colour,
  temperature,
  mode,
  move,
  lock,
  alarm,
  media,
  source,
  start,
  vacuum,
  list_add: addToList,
  list_done: tickOff,
  list_read: readList,
  list_remove: removeFromList,
  list_clear: clearList,
  list_reopen: reopenOnList,
  list_names: listNames,
  state,
  which,
  measure,
  when,
  how_long: howLong,
  trackers,
});
