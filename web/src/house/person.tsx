/** One person of the house, for an owner: role, permissions, doors, password link, removal. */
import { type ReactNode, useState } from 'react';
import { useAnswer, useOrder } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { LinkShown, type ShownLink } from '../me/devices/link-shown.tsx';
import { said, useDo } from '../me/doing.ts';
import { Button } from '../ui/button.tsx';
import { Badge, type Tone } from '../ui/page.tsx';
import { Answered } from '../ui/states.tsx';
import { OneOf } from '../ui/switch.tsx';
import { houseWords } from '../words/house.ts';
import { peopleWords as words } from '../words/people.ts';
import { useChanging } from './changing.ts';
import { ChildDoors } from './child-doors.tsx';
import type { Member } from './people.tsx';
import { PermissionsEditor } from './permissions-editor.tsx';
import { RemovePerson, type Report } from './remove-person.tsx';

const roles = ['owner', 'adult', 'child', 'guest'] as const;
type Role = (typeof roles)[number];

interface PersonPanelProps {
  person: Member;
  removed(report: Report): void;
}

/** In the page, not over it: whatever is changed here can be taken back by the toast. */
export function PersonPanel({ person, removed }: PersonPanelProps) {
  const { user } = useSession();
  return (
    <div className="grid gap-4 rounded-2xl border border-rule p-4">
      <RoleOf person={person} />
      <Part title={words.permissions} about={words.permissionsAbout}>
        <PermissionsEditor person={person} />
      </Part>
      {person.role === 'child' && person.id !== user.id && (
        <Part title={words.doors} about={words.doorsAbout}>
          <ChildDoors person={person} />
        </Part>
      )}
      <Part title={words.accounts}>
        <Accounts personId={person.id} />
      </Part>
      {person.id === user.id ? (
        <p className="text-sm text-soft">{words.removeYourself}</p>
      ) : (
        <>
          <Part title={words.password} about={words.passwordAbout}>
            <PasswordLink person={person} />
          </Part>
          <Part title={words.remove} about={words.removeAbout}>
            <RemovePerson person={person} removed={removed} />
          </Part>
        </>
      )}
    </div>
  );
}

interface PartProps {
  title: string;
  about?: string;
  children: ReactNode;
}

function Part({ title, about, children }: PartProps) {
  return (
    <section className="grid gap-3 border-t border-rule pt-4">
      <div className="grid gap-0.5">
        <h3 className="text-lg">{title}</h3>
        {about && <p className="text-sm text-soft">{about}</p>}
      </div>
      {children}
    </section>
  );
}

function RoleOf({ person }: { person: Member }) {
  const { id, name, role } = person;
  const order = useOrder('patch /api/v1/users/:id', {
    changes: ['get /api/v1/users', 'get /api/v1/users/:id/permissions'],
  });
  const change = useChanging();
  const give = (next: Role) => order.mutateAsync({ param: { id }, json: { role: next } });
  const choose = (next: Role) =>
    void change({
      work: () => give(next),
      sentence: words.nowRole(name, houseWords.roles[next]),
      back: {
        work: () => give(role),
        sentence: words.roleBack(name, houseWords.roles[role]),
      },
    });
  return (
    <OneOf
      label={words.role}
      value={role}
      options={roles.map((value) => ({
        ...{ value, name: houseWords.roles[value], hint: words.roleHints[value] },
      }))}
      change={choose}
      disabled={order.isPending}
    />
  );
}

const accountTones: Record<keyof typeof words.accountStates, Tone> = {
  ...{ active: 'good', failed: 'bad', skipped: 'plain', decrypt_error: 'bad' },
};

function Accounts({ personId }: { personId: string }) {
  const answer = useAnswer('get /api/v1/users/:id/accounts', { param: { id: personId } });
  return (
    <Answered of={answer} rows={1}>
      {({ accounts }) =>
        accounts.length === 0 ? (
          <p className="text-sm text-soft">{words.noAccounts}</p>
        ) : (
          <ul className="grid gap-1">
            {accounts.map(({ service, title, status }) => (
              <li key={service} className="flex flex-wrap items-center justify-between gap-2">
                {title}
                <Badge tone={accountTones[status]}>{words.accountStates[status]}</Badge>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  );
}

function PasswordLink({ person }: { person: Member }) {
  const { id, name } = person;
  const [link, setLink] = useState<ShownLink>();
  const order = useOrder('post /api/v1/users/:id/password-reset', {
    changes: ['get /api/v1/auth/invitations'],
  });
  const run = useDo();
  const make = () => said(run(async () => setLink(await order.mutateAsync({ param: { id } }))));
  if (!link) {
    return (
      <div>
        <Button busy={order.isPending} onClick={make} data-testid="password-link">
          {words.makeLink}
        </Button>
      </div>
    );
  }
  return (
    <>
      <p>{words.linkAbout(name)}</p>
      <LinkShown link={link} done={() => setLink(undefined)} />
    </>
  );
}
