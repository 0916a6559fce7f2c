/** Who one is to Butler: the name he says, and the one that signs in. */
import { type SubmitEvent, useState } from 'react';
import { rememberedSignIn, rememberSignIn } from '../../api/sign-in.ts';
import { sentenceOf, useAnswer, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { profileWords as words } from '../../words/profile.ts';

const nameMax = 80;

/** Gives a person another name, also on this device from the next opening on. */
export function useRename() {
  const order = useOrder('post /api/v1/onboarding', {
    changes: ['get /api/v1/onboarding', 'get /api/v1/me', 'get /api/v1/users'],
  });
  const rename = async (name: string): Promise<void> => {
    await order.mutateAsync({ json: { name } });
    const kept = rememberedSignIn();
    if (kept) rememberSignIn({ ...kept, user: { ...kept.user, name } });
  };
  return { rename, busy: order.isPending };
}

export function Name() {
  const { user } = useSession();
  const me = useAnswer('get /api/v1/me', {});
  const roles: Record<string, string> = words.roles;
  return (
    <Section title={words.you} about={roles[user.role]}>
      <Answered of={me} rows={1}>
        {({ user: now }) => <NameForm key={now.name} name={now.name} />}
      </Answered>
      <p className="text-soft">{words.username(user.username)}</p>
    </Section>
  );
}

function NameForm({ name }: { name: string }) {
  const tell = useTell();
  const { rename, busy } = useRename();
  const [typed, setTyped] = useState(name);
  const wanted = typed.trim();
  const save = async (next: string, undo?: () => void) => {
    try {
      await rename(next);
      tell({ sentence: words.nameSaved(next), ...(undo && { undo }) });
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void save(wanted, () => void save(name));
  };
  return (
    <form className="flex flex-wrap items-end gap-3" onSubmit={submit}>
      <div className="min-w-56 grow">
        <TextField
          label={words.name}
          name="name"
          autoComplete="name"
          required
          maxLength={nameMax}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Button type="submit" busy={busy} disabled={wanted === '' || wanted === name}>
        {commonWords.save}
      </Button>
    </form>
  );
}
