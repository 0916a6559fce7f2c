/** Why a passkey was not added, or let nobody in: each with the sentence that says what to do. */
import { ProblemError } from './problem.ts';

/** The answer says no more than this: what exactly did not hold helps only who forges. */
export const notAdded = (): ProblemError =>
  new ProblemError({
    status: 400,
    code: 'passkey-refused',
    title: 'The passkey does not hold',
    detail: 'Begin again with new options and answer within two minutes, on the same page.',
  });

export const refused = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'passkey-refused',
    title: 'The passkey does not hold',
    detail: 'Begin again with new options and answer within two minutes, on the same page.',
    headers: { 'www-authenticate': 'Bearer realm="butler"' },
  });

export const unknown = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'passkey-unknown',
    title: 'Butler does not know this passkey',
    detail:
      'It was removed here, or belongs to another address of Butler. Log in with your password, ' +
      'and add a new one.',
    headers: { 'www-authenticate': 'Bearer realm="butler"' },
  });

export const copied = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'passkey-copied',
    title: 'This passkey may have been copied',
    detail:
      'It was used less often than Butler has seen it. Log in with your password, remove the ' +
      'passkey and add a new one.',
    headers: { 'www-authenticate': 'Bearer realm="butler"' },
  });

export const notYours = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'passkey-missing',
    title: 'You have no such passkey',
    detail: 'Take an id from GET /api/v1/auth/passkeys.',
  });

export const known = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'passkey-known',
    title: 'Butler knows this passkey already',
    detail: 'Use another device or security key, or remove the passkey first.',
  });

export const tooMany = (most: number): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'passkeys-too-many',
    title: 'You have as many passkeys as Butler keeps',
    detail: `Remove one: a person has at most ${most}.`,
  });
