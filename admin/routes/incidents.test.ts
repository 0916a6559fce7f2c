// How the house is, over HTTP: states for everybody, what is wrong and how to mend it for owners.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { echoingDoors, type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';
import { watchMail } from '../../tests/rig/watching.ts';

type Bearer = { authorization: string };
const token = 'a token for Prometheus, and long';

const refused = {
  ...{ state: 'failed' as const, sentence: 'mail.example refuses.', mend: 'Correct IMAP_HOST.' },
};

const integration = {
  ...{ name: 'mail', about: 'A post office.', on: true, state: 'failed' as const },
  ...{ latencyMs: 12, since: new Date('2026-03-01T11:00:00Z') },
  tools: [{ name: 'mail_list', about: 'Lists.', effect: 'read' as const, permission: 'mail' }],
  setup: {
    variables: [{ name: 'IMAP_HOST', about: 'Where it is.', required: true }],
    ...{ mistakes: [], line: 'mail.example refuses.', mend: 'Correct IMAP_HOST.' },
  },
};

let admin: FakeAdmin;
let ada: Bearer;
let bob: Bearer;
let watched: ReturnType<typeof watchMail>;
beforeEach(async () => {
  const languages: string[] = [];
  const catalogue = {
    integrations: () => [integration],
    tools: ({ role, language }: { role: string; language: string }) => {
      languages.push(`${role} ${language}`);
      const [tool] = integration.tools;
      return tool ? [{ ...tool, integration: 'mail', examples: [`hello ${role}`] }] : [];
    },
  };
  const environment = { BUTLER_METRICS_TOKEN: token };
  admin = await fakeAdmin({ environment, doors: { ...echoingDoors(), catalogue } });
  ada = (await admin.enter()).bearer;
  bob = (await admin.joinAs('guest', 'Bob')).bearer;
  watched = watchMail(admin, refused);
});
afterEach(() => admin.forget());

const ask = async (bearer: Bearer, path: string) => {
  const response = await admin.app.request(path, { headers: bearer });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, Record<string, unknown>[]>;
};

describe('how the house is', () => {
  it('is told with uptimes of a day and a week; what is wrong, to owners', async () => {
    await watched.look(4);
    const own = await ask(ada, '/api/v1/health/metrics');
    expect(own.parts).toMatchObject([
      {
        ...{ name: 'mail', kind: 'integration', state: 'failed', down: true },
        uptimePercent: { day: 87.5, week: 98.21 },
        ...{ sentence: refused.sentence, mend: refused.mend },
      },
    ]);
    expect(own.process).toMatchObject({ memoryMegabytes: expect.any(Number) });
    const other = await ask(bob, '/api/v1/health/metrics');
    expect(other.parts?.[0]).toMatchObject({ name: 'mail', state: 'failed' });
    expect(JSON.stringify(other)).not.toMatch(/example|IMAP/);
  });

  it('has its incidents, paged, open ones first', async () => {
    await watched.look(3);
    watched.mail.answer = { state: 'ready', sentence: 'It answers.' };
    await watched.look(2);
    const { incidents } = await ask(ada, '/api/v1/incidents');
    expect(incidents).toMatchObject([
      { part: 'mail', failures: 3, sentence: 'mail.example refuses.', mend: 'Correct IMAP_HOST.' },
    ]);
    expect(incidents?.[0]?.closedAt).not.toBeNull();
    const page = `/api/v1/incidents?limit=1&before=${incidents?.[0]?.id}`;
    expect((await ask(ada, page)).incidents).toEqual([]);
    const other = await ask(bob, '/api/v1/incidents');
    expect(other.incidents).toHaveLength(1);
    expect(JSON.stringify(other)).not.toMatch(/example|IMAP/);
    const { notifications } = await ask(ada, '/api/v1/notifications');
    expect(notifications).toMatchObject([{ code: 'incident-closed' }, { code: 'incident-opened' }]);
  });

  it('has its integrations; what switches them on and mends them is for owners', async () => {
    const { integrations } = await ask(ada, '/api/v1/integrations');
    expect(integrations).toMatchObject([{ name: 'mail', setup: integration.setup }]);
    const other = await ask(bob, '/api/v1/integrations');
    expect(other.integrations).toMatchObject([{ name: 'mail', state: 'failed', latencyMs: 12 }]);
    expect(JSON.stringify(other)).not.toMatch(/example|IMAP/);
  });

  it('has tools for the one who asks', async () => {
    const { tools } = await ask(bob, '/api/v1/tools');
    expect(tools).toMatchObject([{ name: 'mail_list', examples: ['hello guest'] }]);
  });
});

describe('the numbers', () => {
  const metricsAs = async (authorization: string, path = '/metrics') =>
    await admin.app.request(path, { headers: { authorization } });

  it('are read with the token for that, or an owner’s, and no other', async () => {
    const scraped = await metricsAs(`Bearer ${token}`);
    expect(scraped.status).toBe(200);
    expect(scraped.headers.get('content-type')).toContain('text/plain');
    expect(await scraped.text()).toContain('butler_http_request_seconds');
    expect((await metricsAs(ada.authorization)).status).toBe(200);
    expect((await metricsAs(bob.authorization)).status).toBe(403);
    for (const wrong of ['', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`]) {
      expect((await metricsAs(wrong)).status).toBe(401);
    }
  });

  it('are all that this token opens', async () => {
    for (const path of ['/api/v1/incidents', '/api/v1/me', '/metrics/', '/api/v1/turns']) {
      expect((await metricsAs(`Bearer ${token}`, path)).status, path).not.toBe(200);
    }
    expect(admin.lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(admin.lines)).not.toContain(token);
  });

  it('count requests by the pattern of their route, never by the address', async () => {
    await ask(ada, '/api/v1/incidents');
    await admin.app.request('/api/v1/private/words-of-ada', { headers: ada });
    await admin.app.request('/api/v1/incidents', { headers: ada, method: 'BREW' });
    const text = await (await metricsAs(`Bearer ${token}`)).text();
    const labels = 'method="GET",route="/api/v1/incidents",status="2xx"';
    expect(text).toContain(`butler_http_request_seconds_count{${labels}} 1`);
    expect(text).toContain('method="OTHER"');
    expect(text).not.toContain('BREW');
    expect(text).not.toContain('words-of-ada');
  });
});
