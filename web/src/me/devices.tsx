/** Devices and sign-in: where one is signed in, what waits, passkeys, and invitations. */
import { useIsOwner } from '../app/session.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Page, Section } from '../ui/page.tsx';
import { deviceWords as words } from '../words/devices.ts';
import { Invitations } from './devices/invitations.tsx';
import { OwnDevices } from './devices/own-devices.tsx';
import { Passkeys } from './devices/passkeys.tsx';
import { Requests } from './devices/requests.tsx';
import { useAskedAgainOn } from './live.ts';

const shown = ['get /api/v1/devices', 'get /api/v1/auth/requests'] as const;

export default function Devices() {
  useAskedAgainOn({ topic: 'devices', types: ['login-device', 'device-waits'] }, shown);
  return (
    <Page title={words.title} about={words.about}>
      <Requests />
      <OwnDevices />
      <Section title={words.leave} about={words.leaveAbout}>
        <div>
          <ButtonLink to="/room">{words.leaveGo}</ButtonLink>
        </div>
      </Section>
      <Passkeys />
      {useIsOwner() && <Invitations />}
    </Page>
  );
}
