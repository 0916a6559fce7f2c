/** What a call would finally touch: through groups, scenes and scripts to the leaves. */
import type { Effect } from '../core/define.ts';
import { type Action, actionsOf, type Config } from './actions.ts';
import { type Call, idleServices, leafEffect, plainDomains, readServices } from './leaves.ts';
import { domainOf, type Entity, type Home } from './model.ts';
import { isTemplate, targetsOf } from './targets.ts';
import { triggeredBy, triggeredByEvent } from './triggers.ts';

export type { Call } from './leaves.ts';

export interface Effects {
  effect: Effect;
  /** Every thing at the end of a chain, by id. */
  touches: string[];
  /** Those of them for which it is danger. */
  dangers: string[];
  /** The chain that made it what it is, for the log and the mind; empty for a plain write. */
  why: string;
}

/** No household's chain is longer; what is, counts as danger. */
const depthMax = 40;
const stepsMax = 20_000;

const guardedDomains = new Set(['lock', 'cover', 'valve', 'alarm_control_panel']);

/** Turned off, an automation or a script does nothing more. */
const silencing = new Set(['turn_off', 'reload']);

class Walk {
  readonly #home: Home;
  readonly #touched = new Set<string>();
  readonly #dangers = new Set<string>();
  readonly #done = new Set<string>();
  readonly #path: string[] = [];
  #effect: Effect = 'read';
  #why = '';
  #steps = 0;

  constructor(home: Home) {
    this.#home = home;
  }

  result(): Effects {
    const [touches, dangers] = [[...this.#touched], [...this.#dangers]];
    return { effect: this.#effect, touches, dangers, why: this.#why };
  }

  call(call: Call): void {
    const { domain, service } = call;
    if (isTemplate(domain) || isTemplate(service)) {
      this.#danger('a service by template');
      return;
    }
    if (readServices.has(`${domain}.${service}`)) return;
    this.#atLeastWrite();
    if (idleServices.has(domain)) return;
    if (domain === 'script' && !['turn_on', 'turn_off', 'toggle', 'reload'].includes(service)) {
      this.#entity(`script.${service}`, { ...call, service: 'turn_on' });
      return;
    }
    if (domain === 'scene' && service === 'apply') {
      this.#states(call.data?.entities);
      return;
    }
    if (!this.#isKnown(call)) {
      this.#danger(`${domain}.${service} is not known`);
      return;
    }
    const targets = targetsOf(call, this.#home);
    if (targets === 'unknown') {
      this.#danger(`${domain}.${service} on what a template says`);
      return;
    }
    for (const id of targets) this.#entity(id, call);
  }

  #isKnown({ domain, service }: Call): boolean {
    if (domain === 'homeassistant') return ['turn_on', 'turn_off', 'toggle'].includes(service);
    if (domain === 'scene') return service === 'turn_on';
    if (domain === 'script') return true;
    if (domain === 'automation')
      return ['trigger', 'toggle', 'turn_on', 'turn_off'].includes(service);
    return plainDomains.has(domain) || guardedDomains.has(domain);
  }

  #danger(why: string, id?: string): void {
    if (id) this.#dangers.add(id);
    if (this.#effect === 'danger') return;
    this.#effect = 'danger';
    this.#why = [...this.#path, why].join(' → ');
  }

  #atLeastWrite(): void {
    if (this.#effect === 'read') this.#effect = 'write';
  }

  /** `scene.apply` names things and the states they get. */
  #states(entities: unknown): void {
    if (typeof entities !== 'object' || entities === null) {
      this.#danger('a scene by template');
      return;
    }
    for (const id of Object.keys(entities)) this.#entity(id, sceneCall(id));
  }

  /** Each thing once for each service: cycles end here. */
  #entity(id: string, call: Call): void {
    const key = `${id} ${call.domain}.${call.service} ${JSON.stringify(call.data ?? {})}`;
    if (this.#done.has(key)) return;
    this.#done.add(key);
    if (++this.#steps > stepsMax || this.#path.length > depthMax) {
      this.#danger('the chain is too long to follow');
      return;
    }
    const entity = this.#home.entities.get(id);
    this.#path.push(entity?.name ?? id);
    this.#follow(id, entity, call);
    this.#path.pop();
  }

  #follow(id: string, entity: Entity | undefined, call: Call): void {
    const domain = domainOf(id);
    if (domain === 'script' || domain === 'automation') {
      this.#config(id, call);
      return;
    }
    if (!entity) {
      // A light that is gone does nothing; a scene or a lock that is unknown may.
      if (!plainDomains.has(domain)) this.#danger(`${id} is not known`, id);
      return;
    }
    if (domain === 'scene') {
      this.#scene(entity);
      return;
    }
    for (const member of entity.members) this.#entity(member, call);
    if (domain === 'group') {
      if (entity.members.length === 0) this.#danger(`what ${entity.name} holds cannot be read`, id);
      this.#consequences(entity);
      return;
    }
    this.#leaf(entity, call);
  }

  #leaf(entity: Entity, call: Call): void {
    this.#touched.add(entity.id);
    const { effect, why } = leafEffect(entity, call, this.#home);
    if (effect === 'danger') this.#danger(why ?? entity.name, entity.id);
    if (effect !== 'read') this.#consequences(entity);
  }

  #scene(scene: Entity): void {
    if (scene.members.length === 0) {
      if (lampsOnly.has(scene.platform ?? '')) {
        this.#touched.add(scene.id);
        return;
      }
      this.#danger(`what ${scene.name} sets cannot be read`, scene.id);
      return;
    }
    for (const member of scene.members) this.#entity(member, sceneCall(member));
    this.#consequences(scene);
  }

  #config(id: string, call: Call): void {
    if (silencing.has(call.service)) return;
    const config = this.#home.configs.get(id);
    if (!config) {
      this.#danger(`what ${id} does cannot be read`, id);
      return;
    }
    const entity = this.#home.entities.get(id);
    this.#actions(config);
    if (entity) this.#consequences(entity);
  }

  #actions(config: Config): void {
    for (const action of actionsOf(config)) this.#action(action);
  }

  #action(action: Action): void {
    if (action.kind === 'call') this.call(action.call);
    else if (action.kind === 'unknown') this.#danger(action.why);
    else this.#automations(triggeredByEvent(this.#home, action.event));
  }

  /** What starts of itself when this thing changes. */
  #consequences(entity: Entity): void {
    this.#automations(triggeredBy(this.#home, entity.id));
  }

  #automations(ids: readonly string[]): void {
    for (const id of ids) this.#entity(id, { domain: 'automation', service: 'trigger' });
  }
}

/** Platforms whose own scenes set lamps and nothing else. */
const lampsOnly = new Set(['hue', 'lifx', 'wled', 'yeelight', 'nanoleaf', 'tradfri']);

/** A scene says which things it sets, not how: for a lock that must count as opening. */
const sceneCall = (id: string): Call => ({ domain: domainOf(id), service: 'turn_on' });

/**
 * Follows the calls to the leaves. Pure; bounded; what cannot be read counts as danger.
 * Consequences by way of sensors (a lamp that a light meter sees) are not followed.
 */
export const effectsOf = (calls: Call | readonly Call[], home: Home): Effects => {
  const walk = new Walk(home);
  for (const call of Array.isArray(calls) ? calls : [calls as Call]) walk.call(call);
  return walk.result();
};
