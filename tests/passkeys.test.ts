/** Passkeys in a real Chromium with a virtual authenticator: made, used, refused, removed. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { noBrowser, signIn } from './rig/page.ts';
import { startBrowser, type TestBrowser } from './servers/browser.ts';

interface Credential {
  credentialId: string;
  signCount: number;
}

/** Runs in a page: a login answered with what the house asked, or with less. */
const assertion = async (asked: { options: { userVerification?: string } }): Promise<unknown> => {
  const browser = globalThis as unknown as {
    PublicKeyCredential: { parseRequestOptionsFromJSON(options: unknown): unknown };
    navigator: { credentials: { get(options: unknown): Promise<{ toJSON(): unknown }> } };
  };
  const publicKey = browser.PublicKeyCredential.parseRequestOptionsFromJSON(asked.options);
  return (await browser.navigator.credentials.get({ publicKey })).toJSON();
};

describe.skipIf(noBrowser)(`passkeys in a browser${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let butler: RunningButler;
  let chromium: TestBrowser;
  let page: Page;
  let url: string;
  let devtools: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => {
    butler = await startButler({ environment: { BUTLER_LOCAL_MODELS: 'off' } });
    const started = await startBrowser();
    if ('unavailable' in started) throw new Error(started.unavailable);
    chromium = started;
    page = await chromium.context.newPage();
    // Passkeys belong to a name: under 127.0.0.1 there are none.
    url = butler.url.replace('127.0.0.1', 'localhost');
    devtools = await chromium.context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const options = {
      ...({ protocol: 'ctap2', transport: 'internal', hasResidentKey: true } as const),
      ...{ hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    };
    ({ authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options }));
  });
  afterAll(async () => {
    await chromium?.stop();
    await butler?.stop();
  });

  const post = async (path: string, body?: unknown): Promise<{ status: number; answer: never }> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, answer: (await answer.json()) as never };
  };
  const challenge = async () =>
    (await post('/api/v1/auth/passkeys/login/options')).answer as {
      options: { userVerification: string };
    };
  const login = (response: unknown) => post('/api/v1/auth/passkeys/login', { response });
  const told = (text: string | RegExp): Promise<void> =>
    page.locator('[data-testid=told]').filter({ hasText: text }).waitFor({ timeout: 10_000 });
  const openAccount = async (): Promise<void> => {
    await page.click('[data-testid=to-me]');
    await page.click('[data-testid=to-devices]');
    await page.getByRole('heading', { name: 'Passkeys' }).waitFor();
  };
  const signOut = async (): Promise<void> => {
    await page.click('[data-testid=sign-out]');
    await page.locator('[data-testid=use-passkey]').waitFor();
  };
  /** Wherever the page was when somebody signed out. */
  const isIn = (where: Page = page) =>
    where.waitForSelector('[data-testid=to-me]', { timeout: 20_000 });
  const held = async (): Promise<Credential & { [name: string]: unknown }> => {
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);
    return credentials[0] as unknown as Credential & { [name: string]: unknown };
  };

  it('adds one, names it anew, and comes in by it', async () => {
    await signIn(page, url);
    await openAccount();
    await page.getByLabel('Name of the new passkey').fill('Laptop');
    await page.click('[data-testid=passkey-add]');
    await told('lets you in from now on');
    await page.getByRole('button', { name: 'Rename Laptop' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Old laptop');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await told('Old laptop');
    await signOut();
    await page.click('[data-testid=use-passkey]');
    await isIn();
    await openAccount();
    const passkey = page.locator('[data-testid=passkey]');
    await passkey.waitFor();
    expect(await passkey.textContent()).toMatch(/Old laptop.*for localhost.*last used/);
    // Whose it is hears of it: a token alone adds one, and it outlives the token.
    const { username, password } = ownerOfTests;
    const { token } = (await post('/api/v1/auth/login', { username, password })).answer;
    const headers = { authorization: `Bearer ${token as string}` };
    const notices = await (await fetch(`${url}/api/v1/notifications`, { headers })).text();
    expect(notices).toContain('"code":"passkey-new"');
    // By password there and by passkey here: the one that was signed out is gone.
    const device = page.locator('[data-testid=device]').filter({ hasText: 'this device' });
    await device.waitFor();
  });

  it('holds one of each device and person: the browser refuses a second', async () => {
    await page.getByLabel('Name of the new passkey').fill('Again');
    await page.click('[data-testid=passkey-add]');
    await told('holds a passkey of yours already');
  });

  it('takes an answer once, and only one with fingerprint, face or PIN', async () => {
    const answered = await page.evaluate(assertion, await challenge());
    expect((await login(answered)).status).toBe(200);
    expect(await login(answered)).toMatchObject({
      status: 401,
      answer: { code: 'passkey-refused' },
    });
    const { options } = await challenge();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    const asked = { options: { ...options, userVerification: 'discouraged' } };
    const unverified = await page.evaluate(assertion, asked);
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    expect(await login(unverified)).toMatchObject({ answer: { code: 'passkey-refused' } });
  });

  it('refuses what was signed on another page of the same machine', async () => {
    const other = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Other</title>');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      await page.goto(`http://localhost:${port}/`);
      const answered = await page.evaluate(assertion, await challenge());
      expect(await login(answered)).toMatchObject({
        status: 401,
        answer: { code: 'passkey-refused' },
      });
    } finally {
      other.close();
      await page.goto(url);
      await isIn();
    }
  });

  it('says under an IP address why there are none', async () => {
    const answer = await fetch(`${butler.url}/api/v1/auth/passkeys/login/options`, {
      method: 'POST',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'passkey-address' });
  });

  it('takes one that counts backwards for a copy, and says so in the audit log', async () => {
    const before = await held();
    const { credentialId } = before;
    await devtools.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
    const copy = { ...before, signCount: 0 };
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: copy as never });
    const answered = await page.evaluate(assertion, await challenge());
    expect(await login(answered)).toMatchObject({
      status: 401,
      answer: { code: 'passkey-copied' },
    });
    const audit = await (await butler.request('/api/v1/audit?limit=20')).text();
    expect(audit).toContain('passkey-copied');
    await devtools.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
    const after = { ...before, signCount: before.signCount + 10 };
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: after as never });
    expect((await login(await page.evaluate(assertion, await challenge()))).status).toBe(200);
  });

  it('comes in while the password is locked', async () => {
    const wrong = { username: ownerOfTests.username, password: 'not the password' };
    const tries = [];
    for (let tried = 0; tried < 8; tried += 1) tries.push(await post('/api/v1/auth/login', wrong));
    expect(tries.at(-1)?.status).toBe(429);
    expect((await login(await page.evaluate(assertion, await challenge()))).status).toBe(200);
  });

  it('lets one more device in by a link, only when that is wanted', async () => {
    await openAccount();
    await page.click('[data-testid=device-add]');
    const link = await page.locator('[data-testid=link]').inputValue();
    expect(await page.getByAltText('QR code with the link below').count()).toBe(1);
    const phone = await chromium.browser.newContext();
    try {
      const other = await phone.newPage();
      await other.goto(link);
      await other.locator('[data-testid=pair]').waitFor();
      expect(other.url()).toBe(`${url}/`);
      await other.getByRole('button', { name: 'Sign in here' }).click();
      await isIn(other);
      // The dialog with the code closes by itself: the house says that somebody came in.
      await told('The new device is in');
      const device = page.locator('[data-testid=device]').filter({ hasText: 'last seen' });
      await device.first().waitFor();
      await device.first().getByRole('button', { name: 'Revoke' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
      await told('is signed out');
      await other.locator('[data-testid=use-passkey]').waitFor({ timeout: 30_000 });
    } finally {
      await phone.close();
    }
  });

  it('lets a waiting device in where the same code is shown', async () => {
    const asked = await post('/api/v1/auth/register', { name: 'Kitchen', type: 'display' });
    const { id, secret, code } = asked.answer as { id: string; secret: string; code: string };
    await openAccount();
    const request = page.locator('[data-testid=request]').filter({ hasText: 'Kitchen' });
    await request.filter({ hasText: code }).waitFor({ timeout: 10_000 });
    await request.getByRole('button', { name: 'Let in Kitchen' }).click();
    await told('may come in');
    const answered = await post(`/api/v1/auth/register/${id}`, { secret });
    expect(answered.answer).toMatchObject({ state: 'approved', user: { username: 'ada' } });
  });

  it('makes an invitation into a new person', async () => {
    await openAccount();
    await page.getByLabel('Their name').fill('Ben');
    await page.click('[data-testid=invite]');
    const link = await page.locator('[data-testid=link]').inputValue();
    await page.keyboard.press('Escape');
    const phone = await chromium.browser.newContext();
    try {
      const other = await phone.newPage();
      await other.goto(link);
      await other.getByRole('heading', { name: 'Welcome, Ben.' }).waitFor();
      expect(other.url()).toBe(`${url}/`);
      await other.getByLabel('Username').fill('ben');
      await other.getByLabel('Password', { exact: true }).fill('a long password');
      await other.getByRole('button', { name: 'Come in' }).click();
      // A new person is asked first how Butler is to be.
      await other.waitForURL(`${url}/welcome`, { timeout: 20_000 });
      await other.goto(link);
      await other.locator('[data-testid=notice]').filter({ hasText: 'used' }).waitFor();
    } finally {
      await phone.close();
    }
  });

  it('opens nothing once it is removed', async () => {
    await openAccount();
    await page.getByRole('button', { name: 'Remove Old laptop' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await told('lets nobody in any more');
    await page.locator('[data-testid=passkey]').waitFor({ state: 'detached' });
    await signOut();
    await page.click('[data-testid=use-passkey]');
    const notice = page.locator('[data-testid=notice]');
    await notice.filter({ hasText: 'removed here' }).waitFor({ timeout: 10_000 });
  });
});
