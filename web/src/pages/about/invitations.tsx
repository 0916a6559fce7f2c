/** Invitations by an owner: a name and a role become a link for one new person. */
import { type SubmitEvent, useCallback, useState } from 'react';
import type { Invitation, Role, ShownLink } from '../../account-api.ts';
import { accountWords as words } from '../../account-words.ts';
import { type SectionProps, SureButton, useRows } from './account-section.tsx';
import { LinkShown } from './link-shown.tsx';

const roles = ['adult', 'child', 'guest', 'owner'] as const satisfies readonly Role[];

const day = (at: string) => new Date(at).toLocaleDateString(words.language);

export function Invitations({ desk, api }: SectionProps) {
  const { tell, attempt } = desk;
  const ask = useCallback((signal: AbortSignal) => api.invitations(signal), [api]);
  const { rows, again } = useRows<Invitation>(desk, ask);
  const [made, setMade] = useState<ShownLink & { name: string }>();

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const name = String(entered.get('name')).trim();
    const role = entered.get('role') as Role;
    void attempt(async () => {
      setMade({ ...(await api.invite({ name, role })), name });
      again();
    });
  };
  const withdraw = ({ id, name }: Invitation) =>
    void attempt(async () => {
      await api.withdraw(id);
      tell({ tone: 'information', sentence: words.withdrawn(name) });
      again();
    });
  return (
    <section aria-labelledby="invite-title">
      <h3 id="invite-title">{words.invite}</h3>
      <p className="fact-source">{words.inviteHint}</p>
      {made ? (
        <LinkShown link={made} close={() => setMade(undefined)} tell={tell}>
          {words.inviteShow(made.name, day(made.expiresAt))}
        </LinkShown>
      ) : (
        <form className="fact-form" onSubmit={submit}>
          <label>
            <span>{words.inviteName}</span>
            <input name="name" maxLength={80} autoComplete="off" required />
          </label>
          <label>
            <span>{words.role}</span>
            <select name="role" defaultValue="adult">
              {roles.map((role) => (
                <option key={role} value={role}>
                  {words.roles[role]}
                </option>
              ))}
            </select>
          </label>
          <div className="fact-acts">
            <button type="submit" className="secondary" data-testid="invite">
              {words.makeInvitation}
            </button>
          </div>
        </form>
      )}
      {rows && rows.length > 0 && <h4>{words.invitations}</h4>}
      <ul className="account-rows">
        {rows?.map((invitation) => (
          <li key={invitation.id} data-testid="invitation">
            <p>
              {invitation.name} · {words.roles[invitation.role]}
            </p>
            <p className="fact-source">{words.until(day(invitation.expiresAt))}</p>
            <div className="fact-acts">
              <SureButton
                label={words.withdraw}
                sure={words.withdrawSure}
                of={invitation.name}
                act={() => withdraw(invitation)}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
