/** What the HTTP surface sees of the house: the few members it uses, nothing more. */
import type { Backups } from '../agent/backups.ts';
import type { Caller } from '../agent/caller.ts';
import type { Settings } from '../agent/config.ts';
import type { Catalogue } from '../agent/doors/catalogue.ts';
import type { ChatEvent, Gesture } from '../agent/doors/protocol.ts';
import type { Reading, ReadingTool } from '../agent/doors/readings.ts';
import type { Socket } from '../agent/doors/socket.ts';
import type { Happenings } from '../agent/happenings.ts';
import type { Household } from '../agent/household.ts';
import type { Logger } from '../agent/log.ts';
import type { Metrics } from '../agent/metrics.ts';
import type { IncidentBook, Monitor } from '../agent/monitor.ts';
import type { Notices } from '../agent/notices.ts';
import type { Part } from '../agent/parts.ts';
import type { Reasons } from '../agent/reasons.ts';
import type { Spending } from '../agent/spending.ts';
import type { Turns } from '../agent/turns.ts';
import type { Database } from '../memory/database.ts';
import type { Facts } from '../memory/facts.ts';
import type { History } from '../memory/history.ts';
import type { Recall } from '../memory/recall.ts';
import type { Users } from '../memory/users.ts';
import type { Timers } from '../schedule/timers.ts';

/** What a person says in writing: words, or a button that stands for some. */
export type Utterance = { text: string } | Gesture;

export type { ChatEvent, Part, Reading, ReadingTool };

/** What is known of people and was said by them; every call names the person whose it is. */
export interface HouseMemory {
  /** For what belongs to the house's administration: devices, accounts, the audit log. */
  readonly database: Database;
  readonly users: Users;
  readonly facts: Facts;
  readonly history: History;
  readonly recall: Pick<Recall, 'searchFacts' | 'searchHistory'>;
  /** Never throws and never waits. */
  state(): { state: 'ready' | 'starting' | 'failed' | 'off'; sentence: string };
}

/** Mono sound of 16 bit. */
export interface ReadAloud {
  samples: Int16Array;
  sampleRateHz: number;
}

export interface House {
  readonly settings: Settings;
  readonly log: Logger;
  readonly version: string;
  readonly turns: Pick<Turns, 'list' | 'on'>;
  readonly timers: Pick<Timers, 'list' | 'cancel'>;
  /** What was done, and why; what it cost; what is changed while Butler runs. */
  readonly reasons: Pick<Reasons, 'list'>;
  readonly spending: Pick<Spending, 'rows' | 'status' | 'today'>;
  readonly household: Pick<Household, 'list' | 'change' | 'get'>;
  /** What a tool does, by its full name. */
  readonly toolbox: {
    readonly tools: ReadonlyMap<string, { effect: 'read' | 'write' | 'danger' }>;
  };
  readonly happenings: Pick<Happenings, 'on' | 'tell'>;
  readonly notices: Pick<Notices, 'tell' | 'settle' | 'list' | 'read'>;
  readonly backups: Pick<Backups, 'list' | 'make' | 'fileOf' | 'remove' | 'state'>;
  readonly metrics: Pick<Metrics, 'read' | 'http'>;
  /** How every part was when it was last asked, and what was down when. */
  readonly watching: {
    readonly monitor: Pick<Monitor, 'states'>;
    readonly incidents: Pick<IncidentBook, 'list' | 'uptime'> | undefined;
  };
  readonly memory: HouseMemory;
  readonly speaking: {
    /** A sentence in this caller's voice; undefined while the house has none. */
    readAloud(reading: {
      text: string;
      caller: Caller;
      signal: AbortSignal;
    }): Promise<ReadAloud | undefined>;
  };
  /** `digits` undefined takes the PIN away. */
  setPin(personId: string, digits: string | undefined): void;
  /** Never throws and never waits: `/health` answers from it. */
  parts(): Part[];
}

/** What became of a command that came over `/ws`. */
export interface CommandOutcome {
  ok: boolean;
  /** A sentence for a person. */
  say: string;
  /** Why not, for a program. */
  code?: string;
}

/** What other programs may ask in a person's name; each call is judged as any other. */
export interface Readings {
  /** The tools that only read and that this person may use without being asked. */
  list(caller: Caller): ReadingTool[];
  /** Undefined for every tool that is not in that list; never throws. */
  read(order: {
    caller: Caller;
    tool: string;
    input: unknown;
    signal: AbortSignal;
    /** Butler's own page asks: tools that no program is shown are read for it, too. */
    own?: boolean;
  }): Promise<Reading | undefined>;
}

export interface Doors {
  readonly readings: Readings;
  /** What the house can do. */
  readonly catalogue: Catalogue;
  /** One written turn; ends when `signal` aborts. `done` carries the whole answer. */
  chat(turn: { caller: Caller; signal: AbortSignal } & Utterance): AsyncIterable<ChatEvent>;
  /** Serves one spoken conversation until the socket closes; returns at once or when it ends. */
  voice(arrival: { socket: Socket; caller: Caller }): void | Promise<void>;
  /** One tool call, judged as any other: a command that would need a question is refused. */
  command(order: {
    caller: Caller;
    tool: string;
    input: unknown;
    signal: AbortSignal;
  }): Promise<CommandOutcome>;
}
