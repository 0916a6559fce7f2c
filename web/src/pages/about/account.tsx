/** How one comes into the house: passkeys, devices, and for an owner the invitations. */
import { useMemo } from 'react';
import { AccountApi } from '../../account-api.ts';
import { accountWords as words } from '../../account-words.ts';
import type { Desk } from './desk.ts';
import { Devices } from './devices.tsx';
import { Invitations } from './invitations.tsx';
import { Passkeys } from './passkeys.tsx';
import '../../style/account.css';

export default function Account({ desk }: { desk: Desk }) {
  const api = useMemo(() => new AccountApi(desk.token), [desk.token]);
  return (
    <div className="account" lang={words.language}>
      <Passkeys desk={desk} api={api} />
      <Devices desk={desk} api={api} />
      {desk.user.role === 'owner' && <Invitations desk={desk} api={api} />}
    </div>
  );
}
