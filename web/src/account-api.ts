/** Requests about coming in: one's devices, those that wait, links for new ones, invitations. */
import type { SignedIn } from './api.ts';
import { type AnswerOf, ask } from './house.ts';
import { knownDevice } from './sign-in.ts';

export type Device = AnswerOf<'get /api/v1/devices'>['devices'][number];
export type Waiting = AnswerOf<'get /api/v1/auth/requests'>['requests'][number];
export type Invitation = AnswerOf<'get /api/v1/auth/invitations'>['invitations'][number];
export type Invited = AnswerOf<'post /api/v1/auth/invitations/look'>;
export type Role = Invitation['role'];

/** A link to this page with a secret in its fragment, also as a QR code (SVG). */
export interface ShownLink {
  url: string;
  qr: string;
  expiresAt: string;
}

/** The requests of one person. Each throws `Problem`, whose `detail` is a sentence. */
export class AccountApi {
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  async passkeys(signal: AbortSignal) {
    return (await ask('get /api/v1/auth/passkeys', { token: this.token, signal })).passkeys;
  }

  async renamePasskey(id: string, name: string): Promise<void> {
    const question = { param: { id }, json: { name }, token: this.token };
    await ask('patch /api/v1/auth/passkeys/:id', question);
  }

  async removePasskey(id: string): Promise<void> {
    await ask('delete /api/v1/auth/passkeys/:id', { param: { id }, token: this.token });
  }

  async devices(signal: AbortSignal): Promise<readonly Device[]> {
    return (await ask('get /api/v1/devices', { token: this.token, signal })).devices;
  }

  async revoke(id: string): Promise<void> {
    await ask('delete /api/v1/devices/:id', { param: { id }, token: this.token });
  }

  async waiting(signal: AbortSignal): Promise<readonly Waiting[]> {
    return (await ask('get /api/v1/auth/requests', { token: this.token, signal })).requests;
  }

  /** @param userId whose device it becomes, where the request names nobody. */
  async approve(id: string, userId: string | undefined): Promise<void> {
    const json = { decision: 'approve' as const, ...(userId === undefined ? {} : { userId }) };
    await ask('post /api/v1/auth/requests/:id', { param: { id }, json, token: this.token });
  }

  async refuse(id: string): Promise<void> {
    const json = { decision: 'refuse' as const };
    await ask('post /api/v1/auth/requests/:id', { param: { id }, json, token: this.token });
  }

  linkForDevice(): Promise<ShownLink> {
    return ask('post /api/v1/auth/pairing', { token: this.token });
  }

  async invitations(signal: AbortSignal): Promise<readonly Invitation[]> {
    const { token } = this;
    return (await ask('get /api/v1/auth/invitations', { token, signal })).invitations;
  }

  invite(person: { name: string; role: Role }): Promise<ShownLink> {
    return ask('post /api/v1/auth/invitations', { json: person, token: this.token });
  }

  async withdraw(id: string): Promise<void> {
    await ask('delete /api/v1/auth/invitations/:id', { param: { id }, token: this.token });
  }
}

/** Whom the link is for. Throws `Problem` where it works no more. */
export function lookAtInvitation(token: string): Promise<Invited> {
  return ask('post /api/v1/auth/invitations/look', { json: { token } });
}

export function acceptInvitation(accepted: {
  token: string;
  username?: string;
  password: string;
}): Promise<SignedIn> {
  const json = { ...accepted, ...knownDevice() };
  return ask('post /api/v1/auth/invitations/accept', { json });
}

export function acceptPairing(secret: string): Promise<SignedIn> {
  return ask('post /api/v1/auth/pairing/accept', { json: { secret, ...knownDevice() } });
}
