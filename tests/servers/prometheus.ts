/** A real Prometheus on loopback for one test, with the files that are for people's own. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports.ts';
import { end, launch } from './program.ts';
import { findPrometheus } from './prometheus/install.ts';

/** One series of an instant query. */
export interface Series {
  metric: Record<string, string>;
  /** Seconds since 1970, and the number as text. */
  value: [number, string];
}

export interface PrometheusServer {
  /** @throws with Prometheus's own words where it cannot be parsed. */
  query(expression: string): Promise<Series[]>;
  /** `GET /api/v1/…`, its `data`. */
  api(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;

/** @param configuration as a file; relative paths in it begin in the folder it is put into. */
export const startPrometheus = async (
  configuration: string,
  files: Readonly<Record<string, string>>,
): Promise<PrometheusServer | { unavailable: string }> => {
  const found = await findPrometheus();
  if ('unavailable' in found) return found;
  const folder = mkdtempSync(join(tmpdir(), 'butler-prometheus-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, configuration);
  const [port = 0] = await freePorts(['tcp']);
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () =>
    (await fetch(`${url}/-/ready`).catch(() => undefined))?.status === 200;
  const child: ChildProcess = await launch({
    ...{ name: 'Prometheus', program: found.prometheus, isReady, withinMs: READY_WITHIN_MS },
    words: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
  });
  const api = async (path: string): Promise<unknown> => {
    const answer = (await (await fetch(`${url}/api/v1/${path}`)).json()) as {
      status: string;
      data?: unknown;
      error?: string;
    };
    if (answer.status !== 'success') throw new Error(answer.error);
    return answer.data;
  };
  return {
    api,
    query: async (expression) => {
      const data = await api(`query?query=${encodeURIComponent(expression)}`);
      return (data as { result: Series[] }).result;
    },
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Runs promtool in a folder that holds these files; @returns what it printed, and how it ended. */
export const promtool = async (
  words: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<{ ok: boolean; said: string } | { unavailable: string }> => {
  const found = await findPrometheus();
  if ('unavailable' in found) return found;
  const folder = mkdtempSync(join(tmpdir(), 'butler-promtool-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = spawnSync(found.promtool, words, {
      ...{ cwd: folder, encoding: 'utf8', timeout: 60_000 },
    });
    return { ok: status === 0, said: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
