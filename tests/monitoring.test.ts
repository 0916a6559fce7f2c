// A real Prometheus reads a real Butler, by the files that docs/monitoring brings for it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { freePorts } from './servers/ports.ts';
import { findPrometheus } from './servers/prometheus/install.ts';
import { type PrometheusServer, promtool, startPrometheus } from './servers/prometheus.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../docs/monitoring/${name}`, import.meta.url), 'utf8');
const alerts = read('alerts.yml');
const dashboard = JSON.parse(read('grafana-dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

const found = await findPrometheus();
const without = 'unavailable' in found ? found.unavailable : undefined;
const token = randomBytes(24).toString('hex');
const withinMs = 20_000;

let butler: RunningButler;
let prometheus: PrometheusServer;
let watcher: WebSocket;
const events: { type: string; state?: string; part?: string }[] = [];

/** Somebody has the page open and hears of what happens to the house. */
const watchHealth = async (): Promise<WebSocket> => {
  const answer = await butler.request('/api/v1/ws/ticket', {});
  const { url, ticket } = (await answer.json()) as { url: string; ticket: string };
  const socket = new WebSocket(`${url}?ticket=${ticket}`);
  socket.onmessage = ({ data }) => void events.push(JSON.parse(String(data)));
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  socket.send(JSON.stringify({ type: 'subscribe', topics: ['health'] }));
  return socket;
};

beforeAll(async () => {
  if (without) return;
  // Nobody listens there: an integration that is down from the start.
  const [nowhere] = await freePorts(['tcp']);
  butler = await startButler({
    environment: {
      BUTLER_LOCAL_MODELS: 'off',
      BUTLER_HEALTH_SECONDS: '2',
      BUTLER_METRICS_TOKEN: token,
      HOME_ASSISTANT_URL: `http://127.0.0.1:${nowhere}`,
      HOME_ASSISTANT_TOKEN: 'a token of nobody, long enough',
    },
  });
  watcher = await watchHealth();
  const configuration = read('prometheus.yml')
    .replace('127.0.0.1:8000', new URL(butler.url).host)
    .replace('scrape_interval: 15s', 'scrape_interval: 1s')
    .replace('evaluation_interval: 15s', 'evaluation_interval: 1s');
  const started = await startPrometheus(configuration, {
    'alerts.yml': alerts,
    'butler-token': token,
  });
  if ('unavailable' in started) throw new Error(started.unavailable);
  prometheus = started;
});
afterAll(async () => {
  watcher?.close();
  await prometheus?.stop();
  await butler?.stop();
});

const numberOf = async (expression: string): Promise<number | undefined> => {
  const [series] = await prometheus.query(expression);
  return series && Number(series.value[1]);
};

/** Names as Prometheus knows them, of what Butler exports: also of what has no series yet. */
const exported = async (): Promise<Set<string>> => {
  const answer = await fetch(`${butler.url}/metrics`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const types = (await answer.text()).matchAll(/^# TYPE (\w+) (\w+)$/gm);
  return new Set(
    [...types].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
};

interface Rule {
  name: string;
  query: string;
  state: string;
  annotations: { summary?: string; action?: string };
}

const rules = async (): Promise<Rule[]> => {
  const { groups } = (await prometheus.api('rules')) as { groups: { rules: Rule[] }[] };
  return groups.flatMap((group) => group.rules);
};

/** Grafana puts a range there; any will do. */
const panels = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr.replaceAll('$__rate_interval', '1m')] as const),
);

const notMetrics: ReadonlySet<string> = new Set([
  ...['sum', 'rate', 'increase', 'by', 'le', 'topk', 'histogram_quantile', 'time', 'and'],
  ...['code', 'clock', 'tool', 'route', 'path', 'kind', 'status', 'service', 'verdict', 'job'],
]);

/** Every word of an expression that is not one of PromQL's, a label or a value. */
const metricsIn = (expression: string): string[] => {
  const bare = expression.replaceAll(/"[^"]*"/g, '').replaceAll(/\[[^\]]*\]/g, '');
  return [...bare.matchAll(/\b[a-z_]\w*/g)]
    .map(([word]) => word)
    .filter((word) => !notMetrics.has(word));
};

describe.skipIf(without)(`Prometheus${without ? `: ${without}` : ''}`, () => {
  it('scrapes Butler with the token for that', async () => {
    await expect.poll(() => numberOf('up{job="butler"}'), { timeout: withinMs }).toBe(1);
    expect(await numberOf('butler_database_up')).toBe(1);
    expect(await numberOf('butler_notices_waiting')).toBe(0);
    expect(await numberOf('process_resident_memory_bytes')).toBeGreaterThan(50e6);
    const requests = 'butler_http_request_seconds_count{route="/metrics",status="2xx"}';
    await expect.poll(() => numberOf(requests), { timeout: withinMs }).toBeGreaterThan(0);
  });

  it('sees what is down and what is up, and the incident of it', async () => {
    const down = 'butler_part_up{part="home-assistant",kind="integration"}';
    await expect.poll(() => numberOf(down), { timeout: withinMs }).toBe(0);
    expect(await numberOf('butler_part_up{part="memory"}')).toBe(1);
    expect(await numberOf('butler_part_latency_seconds{part="memory"}')).toBeGreaterThanOrEqual(0);
    const incident = 'butler_incidents_total{part="home-assistant"}';
    await expect.poll(() => numberOf(incident), { timeout: withinMs }).toBe(1);
    await expect.poll(() => numberOf('butler_incidents_open'), { timeout: withinMs }).toBe(1);
    const opened = events.find(({ type }) => type === 'incident');
    expect(opened).toMatchObject({ state: 'opened', part: 'home-assistant', closedAt: null });
    expect(Object.keys(opened ?? {})).not.toContain('sentence');
    expect(await numberOf('butler_websockets_open{kind="events"}')).toBe(1);
    const alerting = async () =>
      (await rules()).find(({ name }) => name === 'ButlerPartDown')?.state;
    await expect.poll(alerting, { timeout: withinMs }).toBe('pending');
    const { notifications } = (await (await butler.request('/api/v1/notifications')).json()) as {
      notifications: { code: string; title: string; detail: string }[];
    };
    expect(notifications).toMatchObject([
      { code: 'incident-opened', title: 'Home assistant does not work' },
    ]);
    expect(notifications[0]?.detail).not.toContain('a token of nobody');
  });

  it('has a rule for each alert, over numbers that Butler has, that says what to do', async () => {
    const known = await exported();
    const all = await rules();
    expect(all.length).toBeGreaterThanOrEqual(10);
    for (const { name, query, annotations } of all) {
      expect(annotations.summary, name).toMatch(/\.$/);
      expect(annotations.action?.length, name).toBeGreaterThan(20);
      const unknown = metricsIn(query).filter((word) => word !== 'up' && !known.has(word));
      expect(unknown, `${name}: ${query}`).toEqual([]);
      await prometheus.query(query);
    }
  });

  it('understands every panel of the dashboard, over numbers that Butler has', async () => {
    const known = await exported();
    expect(panels.length).toBeGreaterThan(20);
    for (const [title, expression] of panels) {
      const names = metricsIn(expression);
      expect(names.length, title).toBeGreaterThan(0);
      const unknown = names.filter((word) => word !== 'up' && !known.has(word));
      expect(unknown, `${title}: ${expression}`).toEqual([]);
      await prometheus.query(expression);
    }
    expect(dashboard.panels.length).toBe(new Set(dashboard.panels.map(({ title }) => title)).size);
  });

  it('takes neither another token nor this one for anything else', async () => {
    const ask = async (path: string, bearer: string) =>
      (await fetch(`${butler.url}${path}`, { headers: { authorization: `Bearer ${bearer}` } }))
        .status;
    expect(await ask('/metrics', randomBytes(24).toString('hex'))).toBe(401);
    expect(await ask('/api/v1/incidents', token)).toBe(401);
    expect(await ask('/metrics', butler.token)).toBe(200);
    expect(butler.output()).not.toContain(token);
  });
});

describe.skipIf(without)('the files for Prometheus', () => {
  const tool = async (words: string[], files: Record<string, string>) => {
    const checked = await promtool(words, files);
    if ('unavailable' in checked) throw new Error(checked.unavailable);
    expect(checked.said, checked.said).not.toMatch(/FAILED|error/i);
    expect(checked.ok, checked.said).toBe(true);
  };

  it('are well-formed', async () => {
    const files = {
      ...{ 'alerts.yml': alerts, 'butler-token': token },
      'prometheus.yml': read('prometheus.yml'),
    };
    await tool(['check', 'config', 'prometheus.yml'], files);
  });

  it('raise an alert when a part is down long enough, and not before', async () => {
    const test = `
rule_files: [alerts.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: butler_part_up{part="mail", kind="integration", job="butler"}
        values: '1 0 1 0 0 0 0 0 1'
      - series: up{job="butler"}
        values: '1x5 0x5'
      - series: butler_backup_last_success_timestamp_seconds{job="butler"}
        values: '1x2000'
    alert_rule_test:
      - { eval_time: 5m, alertname: ButlerPartDown, exp_alerts: [] }
      - eval_time: 7m
        alertname: ButlerPartDown
        exp_alerts:
          - exp_labels: { severity: warning, part: mail, kind: integration, job: butler }
            exp_annotations:
              summary: mail has not worked for three minutes.
              action: >-
                Run \`npm run doctor\` where Butler runs: it says the sentence that mends it. The
                page of notifications has it too.
      - { eval_time: 8m, alertname: ButlerPartDown, exp_alerts: [] }
      - { eval_time: 5m, alertname: ButlerAway, exp_alerts: [] }
      - eval_time: 8m
        alertname: ButlerAway
        exp_alerts:
          - exp_labels: { severity: critical, job: butler }
            exp_annotations:
              summary: Butler does not answer Prometheus.
              action: >-
                Open Butler's address in a browser. If that fails too, look at its log and start it
                again; if it works, compare BUTLER_METRICS_TOKEN with the token file of Prometheus.
      - { eval_time: 25h, alertname: ButlerBackupOld, exp_alerts: [] }
      - eval_time: 27h
        alertname: ButlerBackupOld
        exp_alerts:
          - exp_labels: { severity: warning, job: butler }
            exp_annotations:
              summary: The last backup is older than a day.
              action: >-
                Open the notifications: a backup that failed says why. Make one by hand on the page
                of backups, and look at the space where they lie.
`;
    await tool(['test', 'rules', 'test.yml'], { 'alerts.yml': alerts, 'test.yml': test });
  });
});
