/** What browser and house say to each other about passkeys (WebAuthn Level 3, section 5.1.8). */
import { z } from '@hono/zod-openapi';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';

const base64Url = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax, `must be at most ${lengthMax} characters`)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url');

/** An id may hold 1,023 bytes (section 5.8.3). */
export const credentialId = base64Url(1_364);

const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** How `navigator.credentials.create()` answers. */
export const createdSchema = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64Url(8_000),
      attestationObject: base64Url(40_000),
      transports: z
        .array(z.string().regex(/^[a-z-]{1,20}$/))
        .max(10)
        .default([]),
    }),
  })
  .openapi('CreatedPasskey');
export type CreatedPasskey = z.infer<typeof createdSchema>;

/** How `navigator.credentials.get()` answers. */
export const assertedSchema = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: base64Url(8_000),
      authenticatorData: base64Url(8_000),
      signature: base64Url(8_000),
      userHandle: base64Url(88).optional(),
    }),
  })
  .openapi('AssertedPasskey');
export type AssertedPasskey = z.infer<typeof assertedSchema>;

const anObject = (options: string) => ({
  type: 'object' as const,
  description: `${options}, for the browser as it stands.`,
});

export const creationOptionsSchema = z
  .custom<Omit<PublicKeyCredentialCreationOptionsJSON, 'extensions'>>()
  .openapi('PasskeyCreationOptions', anObject('PublicKeyCredentialCreationOptionsJSON'));
export const requestOptionsSchema = z
  .custom<Omit<PublicKeyCredentialRequestOptionsJSON, 'extensions'>>()
  .openapi('PasskeyRequestOptions', anObject('PublicKeyCredentialRequestOptionsJSON'));
