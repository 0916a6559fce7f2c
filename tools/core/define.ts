/** What an integration is: one service, its client, and the tools it offers, types inferred. */
import type { z } from 'zod';
import type { Card } from './card.ts';
import type { ToolOutcome } from './outcome.ts';
import type { Permission } from './permissions.ts';
import type { Ports } from './ports.ts';
import type { Shelf } from './shelf-port.ts';
import type { Spoken } from './spoken.ts';

export { ToolError } from './tool-error.ts';

/** What a tool finally does, not how it is called. */
export type Effect = 'read' | 'write' | 'danger';

/** From least to most. */
export const roles = ['guest', 'child', 'adult', 'owner'] as const;
export type Role = (typeof roles)[number];

export type Confirm = 'never' | 'if-unsure' | 'always' | 'with-pin';

/** Who speaks, as a tool sees it; given by the runtime, never by a model. */
export interface ToolCaller {
  personId: string;
  name: string;
  role: Role;
  /** 0 to 1: how sure the runtime is that this person speaks. */
  sure: number;
  door: string;
  /** The room that the device stands in, as the household calls it. */
  area?: string | undefined;
  /** What they may use; unset: what their role may (`tools/core/gate.ts`). */
  permissions?: readonly string[] | undefined;
  /** BCP 47. */
  language: string;
}

/** The utterance that a call comes from. */
export interface SaidTurn {
  /** As in the history. */
  id: string;
  /** The person's own words. */
  said: string;
}

/** What a tool gets besides its input. */
export interface ToolContext<Client> extends Omit<Ports, 'shelves'> {
  client: Client;
  /** Small documents of this integration. */
  shelf: Shelf;
  caller: ToolCaller;
  /** Aborts when the time is up, and for a `read` also when the person interrupts. */
  signal: AbortSignal;
  now: () => Date;
  /** IANA name of the household's zone. */
  timeZone: string;
  /** BCP 47 language of the answer. */
  language: string;
  /** Times, dates, durations and lists as that language says them. */
  words: Spoken;
  /** Unset for a call that no utterance led to. */
  turn?: SaidTurn | undefined;
  /**
   * Another tool that only reads, by its full name, for the same caller through the same gate.
   * Never throws; undefined where there is no such tool. Where it read words from outside, so
   * has this call.
   */
  read(tool: string, input: Record<string, unknown>): Promise<ToolOutcome | undefined>;
}

export interface Undo {
  /** Full name of the tool that takes it back. */
  tool: string;
  input: Record<string, unknown>;
}

export interface ToolResult {
  /** What is said, at most 300 characters, without markup. */
  say: string;
  /** Data for a screen and for the mind. */
  show?: unknown;
  /** The state read back after an effect; `receiptOf` (receipt.ts) for several things. */
  receipt?: unknown;
  undo?: Undo;
  /** For the person's screen; the mind never sees it. */
  card?: Card | undefined;
  /** These words come from outside, also where the tool's own usually do not. */
  outside?: boolean;
}

/** Sentences of the fast path: English as a list, or lists by language. */
export type Says = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** Sentences by language, e.g. `{ en: '…', de: '…' }`; English stands in for a missing one. */
export type ByLanguage = Readonly<Record<string, string>>;

/**
 * What Butler does while a tool runs, as a page shows it: `{ read: { en: 'looking at your
 * calendar', … } }`. Fixed words of ours, nothing from outside.
 */
export interface Doing {
  read: ByLanguage;
  write?: ByLanguage;
}

/** What a call finally does: a scene that opens a lock is `danger`, however it is called. */
export interface Touched {
  effect: Effect;
  /**
   * In the caller's language, for the question: "unlock the front door", "die Haustür öffnen".
   * A yes counts for exactly this; where it changes meanwhile, Butler asks again.
   */
  what?: string;
  /** The person is asked, whatever `confirm` says: it is not sure what is meant. */
  ask?: boolean;
  /** `what` holds words from outside. */
  outside?: boolean;
}

interface ToolTraits {
  /** One or two sentences for the mind: what it does and when to use it. */
  about: string;
  /** The least it does; `effectOf` may raise it for the arguments at hand, never lower it. */
  effect: Effect;
  /** Unset: the role alone decides. */
  permission?: Permission;
  /** The least role that may use it; default `guest`. */
  role?: Role;
  confirm: Confirm;
  says: Says;
  /** Default 8000. Longer than that, it goes on in the background after eight seconds. */
  timeoutMs?: number;
  /** It takes long: Butler says so at once, and reports when it is done. */
  background?: boolean;
  /** Doing it twice is as doing it once, so it may be tried again; reads are, by default. */
  idempotent?: boolean;
  /** Its results hold words from outside (mail, web pages, titles): the turn is tainted. */
  outside?: boolean;
  /** Never in a turn that has read words from outside, not even with a yes. */
  untaintedOnly?: boolean;
  /** What a person below `role` hears; unset: that it is not for them. */
  belowRole?: ByLanguage;
  /** The mind sees it without the integration's name before its own. */
  bareName?: boolean;
  /** The question before it, `{slot}`s filled from the input: `{ en: 'Unlock the {door}?' }`. */
  asks?: ByLanguage;
  /** Only for other tools: no mind is offered it, and no list shows it. */
  hidden?: boolean;
  /** How often a person may call it; default 60 for a read, 20 for an effect. */
  callsPerMinute?: number;
  /** Whom it asks, for "One moment, I am asking …": `{ en: 'the heating', de: 'die Heizung' }`. */
  asked?: ByLanguage;
  /** Where the integration's own `doing` does not fit this one. */
  doing?: ByLanguage;
}

export interface Tool<Client, Input extends z.ZodObject> extends ToolTraits {
  input: Input;
  /** What a person may say (in English, or `language`), and the input that should come of it. */
  examples?: readonly { says: string; input: z.input<Input>; language?: string }[];
  /**
   * The sentence for a person when this field does not fit. It also makes the fast path take a
   * sentence whose slot does not fit, so that the person hears why.
   */
  unfit?: { readonly [Field in keyof z.infer<Input>]?: ByLanguage };
  /** What this call would finally touch, found out before anything is done. */
  effectOf?: (
    input: z.output<Input>,
    context: ToolContext<Client>,
  ) => Effect | Touched | Promise<Effect | Touched>;
  /** Another tool does this better here: then the call is judged and run as that one. */
  instead?: (
    input: z.output<Input>,
    context: ToolContext<Client>,
  ) => OtherCall | undefined | Promise<OtherCall | undefined>;
  run: (input: z.output<Input>, context: ToolContext<Client>) => Promise<ToolResult>;
}

/** A call of a tool by its full name. */
export interface OtherCall {
  tool: string;
  input: Record<string, unknown>;
}

/** A tool whose types were checked where it was written, as the runtime handles it. */
export interface AnyTool extends ToolTraits {
  input: z.ZodObject;
  examples?: readonly { says: string; input: Record<string, unknown>; language?: string }[];
  unfit?: Readonly<Record<string, ByLanguage | undefined>>;
  effectOf?: (
    input: Record<string, unknown>,
    context: ToolContext<unknown>,
  ) => Effect | Touched | Promise<Effect | Touched>;
  instead?: (
    input: Record<string, unknown>,
    context: ToolContext<unknown>,
  ) => OtherCall | undefined | Promise<OtherCall | undefined>;
  run: (input: Record<string, unknown>, context: ToolContext<unknown>) => Promise<ToolResult>;
}

/** Accounts by kind: `{ caldav: z.object({ url, username, password }) }`. */
export type SourceSchemas = Readonly<Record<string, z.ZodObject>>;

/** What was configured, as `connect` gets it: the own settings, and the accounts of each kind. */
export type Connectable<
  Config extends z.ZodObject,
  Sources extends SourceSchemas,
> = z.output<Config> & { sources: { [Kind in keyof Sources]: z.output<Sources[Kind]>[] } };

interface Service<Config extends z.ZodObject, Client, Sources extends SourceSchemas> {
  /** As the file is called: lower case, digits and dashes. */
  name: string;
  about: string;
  /** Each key is an environment variable: `appPassword` of `pi-hole` is PI_HOLE_APP_PASSWORD. */
  config?: Config;
  /**
   * Accounts: `url` of `caldav` is CALDAV_URL, that of a second account CALDAV_2_URL, up to nine.
   * All of an account or none of it; with any the integration is on. Two integrations may share a
   * kind, and then its accounts.
   */
  sources?: Sources;
  /**
   * The only real I/O; called at the first use, and again after it failed. The signal limits the
   * connecting alone: ten seconds, less when the house closes.
   */
  connect?: (config: Connectable<Config, Sources>, signal: AbortSignal) => Client | Promise<Client>;
  /** Connected when the house opens and kept so: what arrives meanwhile counts. */
  awake?: boolean;
  /** Shown while one of its tools runs; unset: a plain phrase with its name. */
  doing?: Doing;
  /** On without any account: other integrations, or Butler's own door, give it what it needs. */
  always?: boolean;
  /** Tools that the service itself names, asked once connected and when `changed` is called. */
  discover?: (client: Client, changed: () => void) => Promise<Readonly<Record<string, AnyTool>>>;
  /** One line for `doctor`; throws where the service does not answer. */
  health?: (client: Client, signal: AbortSignal) => string | Promise<string>;
  /** How to get access, or to renew it: one sentence for `doctor`. */
  renew?: string;
  /** What the service itself would make of a sentence, without doing it: a call of a tool here. */
  understand?: (
    client: Client,
    sentence: string,
    options: { language: string; signal: AbortSignal },
  ) => Promise<Understood | undefined>;
  close?: (client: Client) => void | Promise<void>;
}

/** A call that a service found in a sentence; the gate judges it like any other. */
export interface Understood {
  /** Name within the integration. */
  tool: string;
  input: Record<string, unknown>;
}

export interface Integration {
  kind: 'integration';
  name: string;
  about: string;
  config?: z.ZodObject;
  sources?: SourceSchemas;
  connect?: (config: Record<string, unknown>, signal: AbortSignal) => unknown;
  awake?: boolean;
  doing?: Doing;
  always?: boolean;
  discover?: (client: unknown, changed: () => void) => Promise<Readonly<Record<string, AnyTool>>>;
  health?: (client: unknown, signal: AbortSignal) => string | Promise<string>;
  renew?: string;
  understand?: (
    client: unknown,
    sentence: string,
    options: { language: string; signal: AbortSignal },
  ) => Promise<Understood | undefined>;
  close?: (client: unknown) => void | Promise<void>;
  tools: Readonly<Record<string, AnyTool>>;
}

/** Declares a service; `.tools({ … })` adds what it can do. Nothing is connected yet. */
export const integration = <
  Config extends z.ZodObject = z.ZodObject,
  Client = undefined,
  Sources extends SourceSchemas = Record<never, z.ZodObject>,
>(
  service: Service<Config, Client, Sources>,
) => ({
  tools: <const Inputs extends Record<string, z.ZodObject>>(
    tools: {
      [Name in keyof Inputs]: Tool<Client, Inputs[Name]>;
    },
  ): Integration => {
    const strict = Object.entries<Tool<Client, z.ZodObject>>(tools).map(([name, tool]) => [
      name,
      { ...tool, input: tool.input.strict() },
    ]);
    // The types were checked against each other above; from here on they differ per tool.
    const erased: unknown = { kind: 'integration', ...service, tools: Object.fromEntries(strict) };
    return erased as Integration;
  },
});
