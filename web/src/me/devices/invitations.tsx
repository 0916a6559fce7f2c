/** Invitations by an owner: a name and a role become a link for one new person. */
import { type SubmitEvent, useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useAnswer, useOrder } from '../../app/questions.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog, Sure } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/field.tsx';
import { DeleteIcon } from '../../ui/icons.tsx';
import { Badge, Rows, Section } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';
import { deviceWords as words } from '../../words/devices.ts';
import { momentText } from '../../words/moments.ts';
import { said, useDo } from '../doing.ts';
import { LinkShown, type ShownLink } from './link-shown.tsx';

type Invitation = AnswerOf<'get /api/v1/auth/invitations'>['invitations'][number];
type Role = Invitation['role'];

const list = 'get /api/v1/auth/invitations';
const roles = ['adult', 'child', 'guest', 'owner'] as const satisfies readonly Role[];

const untilText = (at: string): string => momentText(new Date(at), new Date());

export function Invitations() {
  const invitations = useAnswer(list, {});
  return (
    <Section title={words.invite} about={words.inviteHint}>
      <InviteForm />
      <Answered of={invitations} rows={1}>
        {({ invitations: rows }) =>
          rows.length > 0 && (
            <div className="grid gap-1">
              <h3 className="text-lg">{words.invitations}</h3>
              <Rows label={words.invitations}>
                {rows.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} />
                ))}
              </Rows>
            </div>
          )
        }
      </Answered>
    </Section>
  );
}

function InviteForm() {
  const [made, setMade] = useState<ShownLink & { name: string }>();
  const [role, setRole] = useState<Role>('adult');
  const invite = useOrder('post /api/v1/auth/invitations', { changes: [list] });
  const run = useDo();
  const close = () => setMade(undefined);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name')).trim();
    const work = async () => {
      setMade({ ...(await invite.mutateAsync({ json: { name, role } })), name });
      form.reset();
    };
    said(run(work));
  };
  return (
    <>
      <form onSubmit={submit} className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label={words.inviteName}
          maxLength={80}
          autoComplete="off"
          required
        />
        <Choice
          name="role"
          label={words.role}
          value={role}
          onChange={({ target }) => setRole(target.value as Role)}
          hint={words.roleHints[role]}
          options={roles.map((value) => ({ value, name: words.roles[value] }))}
        />
        <div>
          <Button type="submit" busy={invite.isPending} data-testid="invite">
            {words.makeInvitation}
          </Button>
        </div>
      </form>
      <Dialog
        title={words.invite}
        about={words.inviteShow(made?.name ?? '', made ? untilText(made.expiresAt) : '')}
        open={made !== undefined}
        close={close}
      >
        {made && <LinkShown link={made} done={close} />}
      </Dialog>
    </>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { id, name, role, forUser, expiresAt } = invitation;
  const [open, setOpen] = useState(false);
  const withdraw = useOrder('delete /api/v1/auth/invitations/:id', { changes: [list] });
  const run = useDo();
  return (
    <li data-testid="invitation" className="flex items-center justify-between gap-3 py-3">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          <Badge>{forUser === null ? words.roles[role] : words.newPassword}</Badge>
        </p>
        <p className="text-sm text-soft">{words.until(untilText(expiresAt))}</p>
      </div>
      <IconButton label={words.withdrawOf(name)} onClick={() => setOpen(true)}>
        <DeleteIcon className="size-5" aria-hidden="true" />
      </IconButton>
      <Sure
        title={words.withdrawTitle(name)}
        about={words.withdrawAbout}
        act={words.withdraw}
        open={open}
        close={() => setOpen(false)}
        confirm={() => run(() => withdraw.mutateAsync({ param: { id } }), words.withdrawn(name))}
      />
    </li>
  );
}
