/** Signing in to Google; apart, because its library is large and most houses have no account. */
import { OAuth2Client } from 'google-auth-library';
import { type GoogleAccount, googleRoot } from './google.ts';

const requestTimeoutMs = 6_000;

/** The OAuth client without a token yet, as `npm run connect` needs it. */
export const googleClient = (
  account: Pick<GoogleAccount, 'clientId' | 'clientSecret' | 'baseUrl'>,
  redirectUri?: string,
): OAuth2Client => {
  const { rootUrl } = googleRoot(account);
  return new OAuth2Client({
    clientId: account.clientId,
    clientSecret: account.clientSecret,
    ...(redirectUri !== undefined && { redirectUri }),
    transporterOptions: { timeout: requestTimeoutMs },
    ...(rootUrl !== undefined && {
      endpoints: {
        oauth2AuthBaseUrl: `${rootUrl}o/oauth2/v2/auth`,
        oauth2TokenUrl: `${rootUrl}oauth2/token`,
        oauth2RevokeUrl: `${rootUrl}oauth2/revoke`,
      },
    }),
  });
};

/** Signs in with the refresh token; access tokens are fetched when one is needed. */
export const googleAuth = (account: GoogleAccount): OAuth2Client => {
  const auth = googleClient(account);
  auth.setCredentials({ refresh_token: account.refreshToken });
  return auth;
};
