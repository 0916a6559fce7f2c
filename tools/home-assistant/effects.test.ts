/** Random homes of scenes, scripts, groups, helpers and automations: no way to a lock unseen. */
import { describe, expect, test } from 'vitest';
import { effectsOf } from './effects.ts';
import type { Call } from './leaves.ts';
import { buildHome, type Home, type Registries, type State } from './model.ts';

type Json = Record<string, unknown>;

/** A home to be built up piece by piece. */
class Building {
  readonly states: Record<string, State> = {};
  readonly configs = new Map<string, Json>();
  readonly sources: Record<string, { domain: string }> = {};
  readonly areas = new Map<string, string>();
  readonly labels = new Map<string, string[]>();

  add(id: string, state = 'off', attributes: Json = {}): string {
    this.states[id] = { entity_id: id, state, attributes };
    return id;
  }

  home(): Home {
    const ids = Object.keys(this.states);
    const registries: Registries = {
      entities: ids.map((entity_id) => ({
        ...{ entity_id, id: `uuid-${entity_id}`, area_id: this.areas.get(entity_id) ?? null },
        labels: this.labels.get(entity_id) ?? [],
      })),
      ...{ devices: [], floors: [], sources: this.sources, configs: this.configs },
      areas: [...new Set(this.areas.values())].map((name) => ({ area_id: name, name })),
    };
    return buildHome(this.states, registries);
  }
}

const random = (seed: number) => () => {
  // Mulberry32 (public domain): small, and good enough to draw graphs.
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** A step that comes to `target`, in one of the ways a household may write it. */
const stepTo = (target: string, next: () => number): Json => {
  const [domain = '', name = ''] = target.split('.');
  const plain: Record<string, string> = {
    script: 'script.turn_on',
    scene: 'scene.turn_on',
    automation: 'automation.trigger',
    lock: 'lock.unlock',
    cover: 'cover.open_cover',
    alarm_control_panel: 'alarm_control_panel.alarm_disarm',
    event: '',
  };
  if (domain === 'event') return { event: name };
  const action = plain[domain] ?? 'homeassistant.turn_on';
  const ways: (() => Json)[] = [
    () => ({ action, target: { entity_id: target } }),
    () => ({ service: action, data: { entity_id: [target] } }),
    () => ({ service: action, entity_id: `${target}` }),
    () =>
      domain === 'script'
        ? { action: target }
        : { action, target: { entity_id: `uuid-${target}` } },
    () => ({ action, target: { area_id: `area of ${target}` } }),
  ];
  return (ways[Math.floor(next() * ways.length)] as () => Json)();
};

/** The step inside branches, waits and loops. */
const wrapped = (step: Json, next: () => number): Json => {
  const wraps: ((inner: Json) => Json)[] = [
    (inner) => inner,
    // biome-ignore lint/suspicious/noThenProperty: Home Assistant calls it so.
    (inner) => ({ if: [{ condition: 'sun' }], then: [{ delay: 5 }], else: [inner] }),
    (inner) => ({ choose: [{ conditions: [], sequence: [inner] }], default: [{ stop: '' }] }),
    (inner) => ({ choose: [], default: inner }),
    (inner) => ({ repeat: { count: 2, sequence: [inner] } }),
    (inner) => ({ parallel: [{ delay: 1 }, { sequence: [inner] }] }),
  ];
  return (wraps[Math.floor(next() * wraps.length)] as (inner: Json) => Json)(step);
};

/** One more thing from which `target` is reached; returns its id. */
const behind = (building: Building, target: string, { next, name }: Draw): string => {
  const [domain = ''] = target.split('.');
  const act = wrapped(stepTo(target, next), next);
  const kinds = ['script', 'automation', 'helper', 'group', 'scene', 'event', 'member-trigger'];
  const kind = kinds[Math.floor(next() * kinds.length)];
  building.areas.set(target, `area of ${target}`);
  if (kind === 'script') {
    building.configs.set(`script.${name}`, { sequence: [{ delay: 1 }, act] });
    return building.add(`script.${name}`);
  }
  if (kind === 'helper' || kind === 'member-trigger') {
    const helper = building.add(`input_boolean.${name}`);
    const group = building.add(`group.${name}`, 'off', { entity_id: [helper] });
    const watched = kind === 'helper' ? helper : group;
    const trigger = { trigger: 'state', entity_id: [watched] };
    building.configs.set(`automation.${name}`, { triggers: [trigger], actions: [act] });
    building.add(`automation.${name}`, 'on');
    return helper;
  }
  if (kind === 'event') {
    const trigger = { platform: 'event', event_type: `open_${name}` };
    building.configs.set(`automation.${name}`, { trigger, action: act });
    building.add(`automation.${name}`, 'on');
    building.configs.set(`script.fires_${name}`, { sequence: [{ event: `open_${name}` }] });
    return building.add(`script.fires_${name}`);
  }
  const holds = !['script', 'automation', 'scene', 'event'].includes(domain);
  if (kind === 'group' && holds) {
    return building.add(`group.${name}`, 'off', { entity_id: [target] });
  }
  if (kind === 'scene' && holds) {
    return building.add(`scene.${name}`, 'unknown', { entity_id: [target] });
  }
  building.configs.set(`automation.${name}`, { triggers: [], actions: [act] });
  return building.add(`automation.${name}`, 'on');
};

interface Draw {
  next: () => number;
  name: string;
}

const leaves = ['light.lamp', 'switch.plug', 'fan.air', 'media_player.radio', 'climate.room'];
const guarded = ['lock.front', 'cover.garage', 'alarm_control_panel.house', 'switch.oven'];

/** A chain to the leaf, with side ways to lamps, and sometimes a circle. */
const draw = (seed: number, leafs: readonly string[]): { home: Home; call: Call; leaf: string } => {
  const next = random(seed);
  const building = new Building();
  for (const id of leaves) building.add(id);
  const leaf = building.add(leafs[Math.floor(next() * leafs.length)] as string, 'locked');
  let top = leaf;
  const length = 1 + Math.floor(next() * 8);
  for (let index = 0; index < length; index++) {
    top = behind(building, top, { next, name: `n${index}` });
    const lamp = leaves[Math.floor(next() * leaves.length)] as string;
    const config = building.configs.get(top);
    const steps = config?.sequence;
    if (Array.isArray(steps)) steps.unshift(stepTo(lamp, () => 0));
    // A circle: it calls itself again.
    if (Array.isArray(steps) && next() < 0.3) steps.unshift(stepTo(top, () => 0));
  }
  const step = stepTo(top, () => 0) as { action: string; target: Json };
  const [domain = '', service = ''] = step.action.split('.');
  return { home: building.home(), call: { domain, service, target: step.target }, leaf };
};

describe('500 random homes', () => {
  test('with one guarded thing at the end: danger in all', () => {
    const missed = [];
    for (let seed = 1; seed <= 500; seed++) {
      const { home, call, leaf } = draw(seed, guarded);
      const found = effectsOf(call, home);
      // Danger for this very thing, not for something that could not be read.
      const seen = found.effect === 'danger' && found.dangers.includes(leaf);
      if (!seen) missed.push({ seed, call, found });
    }
    console.log(`guarded leaf behind 500 random graphs: ${missed.length} not seen as danger`);
    expect(missed).toEqual([]);
  });

  test('with none: danger in none', () => {
    const wrong = [];
    for (let seed = 1; seed <= 500; seed++) {
      const { home, call } = draw(seed, leaves);
      const { effect, why } = effectsOf(call, home);
      if (effect !== 'write') wrong.push({ seed, call, effect, why });
    }
    console.log(`no guarded leaf behind 500 random graphs: ${wrong.length} seen as danger`);
    expect(wrong).toEqual([]);
  });
});

const effect = (call: Call, prepare: (building: Building) => void = () => {}) => {
  const building = new Building();
  for (const id of ['light.lamp', 'lock.front', 'switch.plug']) building.add(id);
  building.add('cover.blind', 'open', { current_position: 50 });
  prepare(building);
  return effectsOf(call, building.home());
};
const on = (entity_id: string, service = 'turn_on', data: Json = {}): Call => {
  const [domain = ''] = entity_id.split('.');
  return { domain, service, data, target: { entity_id } };
};
const script = (building: Building, ...sequence: unknown[]): void => {
  building.add('script.it');
  building.configs.set('script.it', { sequence });
};

describe('one by one', () => {
  test.each<[string, Call, string]>([
    ['lock', on('lock.front', 'lock'), 'write'],
    ['unlock', on('lock.front', 'unlock'), 'danger'],
    ['open a lock', on('lock.front', 'open'), 'danger'],
    ['close a blind', on('cover.blind', 'close_cover'), 'write'],
    ['open a blind', on('cover.blind', 'open_cover'), 'danger'],
    ['toggle a blind', on('cover.blind', 'toggle'), 'danger'],
    ['lower a blind', on('cover.blind', 'set_cover_position', { position: 20 }), 'write'],
    ['raise a blind', on('cover.blind', 'set_cover_position', { position: 80 }), 'danger'],
    [
      'position by template',
      on('cover.blind', 'set_cover_position', { position: '{{ 9 }}' }),
      'danger',
    ],
    ['light', on('light.lamp'), 'write'],
    ['all lights', on('light.all'), 'write'],
    ['homeassistant on a lock', { ...on('lock.front'), domain: 'homeassistant' }, 'danger'],
    ['restart', { domain: 'homeassistant', service: 'restart' }, 'danger'],
    ['shell', { domain: 'shell_command', service: 'open_up' }, 'danger'],
    ['mqtt', { domain: 'mqtt', service: 'publish', data: { topic: 'door' } }, 'danger'],
    ['weather', { domain: 'weather', service: 'get_forecasts' }, 'read'],
    ['scene that is unknown', on('scene.gone'), 'danger'],
    ['script that cannot be read', on('script.gone'), 'danger'],
    ['script stopped', on('script.gone', 'turn_off'), 'write'],
  ])('%s', (_, call, expected) => {
    expect(effect(call).effect).toBe(expected);
  });

  test.each<[string, unknown[], string]>([
    ['a service by template', [{ action: '{{ x }}' }], 'danger'],
    [
      'lights by template',
      [{ action: 'light.turn_on', target: { entity_id: '{{ x }}' } }],
      'write',
    ],
    [
      'anything by template',
      [{ action: 'homeassistant.turn_on', target: { entity_id: '{{ x }}' } }],
      'danger',
    ],
    [
      'a device action',
      [{ device_id: 'd', domain: 'lock', type: 'unlock', entity_id: 'uuid-lock.front' }],
      'danger',
    ],
    [
      'a device condition',
      [{ condition: 'device', device_id: 'd', domain: 'lock', type: 'is_locked' }],
      'write',
    ],
    [
      'a step that is switched off',
      [{ enabled: false, action: 'lock.unlock', target: { entity_id: 'lock.front' } }],
      'write',
    ],
    ['an unknown step', [{ something_new: true }], 'danger'],
    [
      'a scene made on the spot',
      [{ action: 'scene.apply', data: { entities: { 'lock.front': 'unlocked' } } }],
      'danger',
    ],
    ['lists within lists', [[[{ action: 'lock.unlock', entity_id: 'lock.front' }]]], 'danger'],
    ['a wait and a word', [{ delay: 1 }, '{{ true }}', { action: 'notify.me', data: {} }], 'write'],
  ])('script with %s', (_, steps, expected) => {
    expect(effect(on('script.it'), (building) => script(building, ...steps)).effect).toBe(expected);
  });

  test('an automation that is switched off starts nothing', () => {
    const watch = (state: string) => (building: Building) => {
      building.add('automation.watch', state);
      building.configs.set('automation.watch', {
        triggers: [{ trigger: 'state', entity_id: 'light.lamp' }],
        actions: [{ action: 'lock.unlock', target: { entity_id: 'lock.front' } }],
      });
    };
    expect(effect(on('light.lamp'), watch('on')).effect).toBe('danger');
    expect(effect(on('light.lamp'), watch('off')).effect).toBe('write');
  });

  test('a template, and what a household labelled, is asked about', () => {
    const template = (building: Building) => {
      building.sources['switch.plug'] = { domain: 'template' };
    };
    expect(effect(on('switch.plug'), template)).toMatchObject({
      effect: 'danger',
      dangers: ['switch.plug'],
    });
    const label = (building: Building) => building.labels.set('light.lamp', ['protected']);
    expect(effect(on('light.lamp'), label).effect).toBe('danger');
  });

  test('why names the chain', () => {
    const found = effect(on('script.it'), (building) =>
      script(building, { action: 'lock.unlock', target: { entity_id: 'lock.front' } }),
    );
    expect(found).toMatchObject({ dangers: ['lock.front'], touches: ['lock.front'] });
    expect(found.why).toContain('it → front');
  });
});
