/** Passkeys in the browser: one is made, or used to come in. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { SignedIn } from '../api/api.ts';
import { type AnswerOf, ask } from '../api/ask.ts';
import { knownDevice } from '../api/sign-in.ts';

/** What extensions answered is nothing that the house looks at. */
const noExtensions = { clientExtensionResults: {} };

export type Passkey = AnswerOf<'get /api/v1/auth/passkeys'>['passkeys'][number];

/** Undefined where the person went back on it, or this device has none for this house. */
export async function comeInByPasskey(): Promise<SignedIn | undefined> {
  const { options } = await ask('post /api/v1/auth/passkeys/login/options', {});
  const response = await unlessRefused(startAuthentication({ optionsJSON: options }));
  if (!response || response === 'known') return undefined;
  const json = { response: { ...response, ...noExtensions }, ...knownDevice() };
  return await ask('post /api/v1/auth/passkeys/login', { json });
}

/** `known`: this device holds one of theirs already. */
export async function addPasskey(
  token: string,
  name: string,
): Promise<Passkey | 'known' | undefined> {
  const { options } = await ask('post /api/v1/auth/passkeys/options', { token });
  const response = await unlessRefused(startRegistration({ optionsJSON: options }));
  if (!response || response === 'known') return response;
  const json = { name, response: { ...response, ...noExtensions } };
  return (await ask('post /api/v1/auth/passkeys', { json, token })).passkey;
}

/** Browsers name refusal and time-out alike, so that a page cannot tell them apart. */
async function unlessRefused<Result>(ceremony: Promise<Result>) {
  try {
    return await ceremony;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'InvalidStateError') return 'known' as const;
    if (name === 'NotAllowedError' || name === 'AbortError') return undefined;
    throw error;
  }
}
