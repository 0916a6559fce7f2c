/** What a tree of processes costs, and whether anything of it is left. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { listens } from '../servers/ports.ts';

export interface ProcessRow {
  pid: number;
  parentPid: number;
  /** Resident memory, MB (2^20 bytes). */
  rssMb: number;
  /** User and system time since its start. */
  cpuSeconds: number;
  command: string;
}

/** Highest memory and all CPU time of one role; PSS (shared pages counted in part) on Linux. */
export interface RoleCost {
  processes: number;
  rssMb: number;
  pssMb: number | undefined;
  cpuSeconds: number;
}

const MB = 1024 * 1024;
const PAGE_BYTES = 4096;
const TICKS_PER_SECOND = 100;
const PSS_EVERY_SAMPLES = 5;

/** proc(5): the name in brackets may hold blanks and brackets, so fields count from its end. */
function readStat(pid: number): ProcessRow | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie costs nothing any more and waits only for its parent.
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return {
      pid,
      parentPid: Number(fields[1]),
      rssMb: (Number(fields[21]) * PAGE_BYTES) / MB,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      command,
    };
  } catch {
    return undefined;
  }
}

/** `ps` prints time as [days-]hours:minutes:seconds. */
function secondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}

function readPs(): ProcessRow[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,time=,command='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const [, pid, parentPid, rss, time = '', command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!pid) return [];
    const rssMb = Number(rss) / 1024;
    const cpuSeconds = secondsOf(time);
    return [{ pid: Number(pid), parentPid: Number(parentPid), rssMb, cpuSeconds, command }];
  });
}

function table(): ProcessRow[] {
  if (process.platform !== 'linux') return readPs();
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readStat(Number(pid)) ?? []);
}

/** The process and everything below it. */
export function processTree(rootPid: number): ProcessRow[] {
  const rows = table();
  const wanted = new Set([rootPid]);
  let size = 0;
  while (size !== wanted.size) {
    size = wanted.size;
    for (const { pid, parentPid } of rows) if (wanted.has(parentPid)) wanted.add(pid);
  }
  return rows.filter(({ pid }) => wanted.has(pid));
}

/** Proportional set size of one process, MB; undefined off Linux or when it has ended. */
export function pssMbOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

interface Watching {
  rootPid: number;
  /** Names the role of a process from its command line; undefined leaves it out. */
  roleOf(row: ProcessRow): string | undefined;
  everyMs?: number;
}

/** Samples a tree until `stop`. CPU counts from the first sample, also of children that ended. */
export class ProcessWatch {
  readonly #watching: Watching;
  readonly #costs = new Map<string, RoleCost>();
  readonly #cpu = new Map<number, { role: string; first: number; last: number }>();
  readonly #timer: NodeJS.Timeout;
  readonly #startedAtMs = performance.now();
  #samples = 0;

  constructor(watching: Watching) {
    this.#watching = watching;
    this.#sample();
    this.#timer = setInterval(() => this.#sample(), watching.everyMs ?? 1_000);
  }

  /** The costs by role, and how long was watched. */
  stop(): { seconds: number; roles: Record<string, RoleCost> } {
    clearInterval(this.#timer);
    this.#sample(true);
    for (const { role, first, last } of this.#cpu.values()) {
      const cost = this.#costs.get(role);
      if (cost) cost.cpuSeconds += last - first;
    }
    const seconds = (performance.now() - this.#startedAtMs) / 1000;
    return { seconds, roles: Object.fromEntries(this.#costs) };
  }

  #sample(last = false): void {
    const now = new Map<string, RoleCost>();
    const first = this.#samples === 0;
    const withPss = last || this.#samples++ % PSS_EVERY_SAMPLES === 0;
    for (const row of processTree(this.#watching.rootPid)) {
      const role = this.#watching.roleOf(row);
      if (role === undefined) continue;
      const known = this.#cpu.get(row.pid);
      // What began while we watched is counted from its very start.
      if (known) known.last = row.cpuSeconds;
      else {
        const from = first ? row.cpuSeconds : 0;
        this.#cpu.set(row.pid, { role, first: from, last: row.cpuSeconds });
      }
      const sum = now.get(role) ?? { processes: 0, rssMb: 0, pssMb: undefined, cpuSeconds: 0 };
      sum.processes++;
      sum.rssMb += row.rssMb;
      const pssMb = withPss ? pssMbOf(row.pid) : undefined;
      if (pssMb !== undefined) sum.pssMb = (sum.pssMb ?? 0) + pssMb;
      now.set(role, sum);
    }
    for (const [role, sum] of now) this.#keepHighest(role, sum);
  }

  #keepHighest(role: string, sum: RoleCost): void {
    const kept = this.#costs.get(role);
    if (!kept) {
      this.#costs.set(role, sum);
      return;
    }
    kept.processes = Math.max(kept.processes, sum.processes);
    kept.rssMb = Math.max(kept.rssMb, sum.rssMb);
    if (sum.pssMb !== undefined) kept.pssMb = Math.max(kept.pssMb ?? 0, sum.pssMb);
  }
}

/** Throws with a list when a process still runs or a port still answers after `withinMs`. */
export async function assertNothingLeft(what: {
  pids?: readonly number[];
  ports?: readonly number[];
  withinMs?: number;
}): Promise<void> {
  const { pids = [], ports = [], withinMs = 5_000 } = what;
  const giveUpAtMs = performance.now() + withinMs;
  while (true) {
    const rows = table().filter(({ pid }) => pids.includes(pid));
    const open: number[] = [];
    for (const port of ports) if (await listens(port)) open.push(port);
    if (rows.length === 0 && open.length === 0) return;
    if (performance.now() > giveUpAtMs) {
      const left = rows.map(({ pid, command }) => `process ${pid} (${command.slice(-80)})`);
      left.push(...open.map((port) => `port ${port}`));
      throw new Error(`Left behind: ${left.join(', ')}.`);
    }
    await sleep(100);
  }
}
