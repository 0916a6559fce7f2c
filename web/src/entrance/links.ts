/** What is asked of the house by somebody who follows a link: not signed in, but with a secret. */
import type { SignedIn } from '../api/api.ts';
import { type AnswerOf, ask } from '../api/ask.ts';
import { knownDevice } from '../api/sign-in.ts';

export type Invited = AnswerOf<'post /api/v1/auth/invitations/look'>;

/** Whom the link is for. Throws `Problem` where it works no more. */
export function lookAtInvitation(token: string): Promise<Invited> {
  return ask('post /api/v1/auth/invitations/look', { json: { token } });
}

/** Throws `Problem`, such as for a username that is taken. */
export function acceptInvitation(accepted: {
  token: string;
  username?: string;
  password: string;
}): Promise<SignedIn> {
  const json = { ...accepted, ...knownDevice() };
  return ask('post /api/v1/auth/invitations/accept', { json });
}

/** Throws `Problem` where it works no more. */
export function acceptPairing(secret: string): Promise<SignedIn> {
  return ask('post /api/v1/auth/pairing/accept', { json: { secret, ...knownDevice() } });
}
