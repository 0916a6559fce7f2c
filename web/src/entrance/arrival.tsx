/** Whoever follows a link: an invited person, a new password, or one more device. */
import { type SubmitEvent, useEffect, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { Problem, type SignedIn } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { Loading } from '../ui/states.tsx';
import { entranceWords as words } from '../words/entrance.ts';
import type { Arrival } from './arrival.ts';
import { acceptInvitation, acceptPairing, type Invited, lookAtInvitation } from './links.ts';
import { Porch, Refusal } from './porch.tsx';

interface ArrivalProps {
  arrival: Arrival;
  enter(person: SignedIn): void;
  decline(): void;
}

export default function ArrivalPage({ arrival, ...doing }: ArrivalProps) {
  const { kind, secret } = arrival;
  return kind === 'join' ? <Join token={secret} {...doing} /> : <Pair secret={secret} {...doing} />;
}

type Doing = Pick<ArrivalProps, 'enter' | 'decline'>;

function Join({ token, enter, decline }: Doing & { token: string }) {
  const [invited, setInvited] = useState<Invited>();
  const { busy, refusal, attempt } = useAttempt(enter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once.
  useEffect(() => {
    void attempt(async () => void setInvited(await lookAtInvitation(token)));
  }, [token]);
  if (!invited) {
    return (
      <Porch title={refusal ? words.goneTitle : words.lookingTitle}>
        <Refusal sentence={refusal} />
        {refusal ? <Button onClick={decline}>{words.notNow}</Button> : <Loading />}
      </Porch>
    );
  }
  const isBack = invited.username !== null;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const password = String(entered.get('password'));
    const own = isBack ? {} : { username: String(entered.get('username')).trim() };
    void attempt(async () => {
      const person = await acceptInvitation({ token, ...own, password });
      // A new person is asked by the wizard how Butler is to be with them.
      if (!isBack) navigate('/welcome', { replace: true });
      return person;
    });
  };
  return (
    <Porch
      title={(isBack ? words.resetTitle : words.joinTitle)(invited.name)}
      lead={isBack ? words.resetText : words.joinText}
    >
      <form onSubmit={submit} aria-busy={busy} data-testid="join" className="grid gap-4">
        <Chosen username={invited.username} />
        <Refusal sentence={refusal} />
        <Button type="submit" kind="primary" busy={busy} className="min-h-13 text-lg">
          {busy ? words.busy : words.join}
        </Button>
        <Button onClick={decline}>{words.notNow}</Button>
      </form>
    </Porch>
  );
}

/** @param username of somebody who is back; it stands there for the browser's password store. */
function Chosen({ username }: { username: string | null }) {
  return (
    <>
      <TextField
        name="username"
        label={words.username}
        {...(username === null ? { hint: words.usernameHint } : { value: username })}
        readOnly={username !== null}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
      />
      <SecretField
        name="password"
        label={words.password}
        hint={words.passwordHint}
        minLength={8}
        autoComplete="new-password"
        required
      />
    </>
  );
}

function Pair({ secret, enter, decline }: Doing & { secret: string }) {
  const { busy, refusal, attempt } = useAttempt(enter);
  // Never by itself: whoever sends a link of theirs would have others speak in their name.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void attempt(() => acceptPairing(secret));
  };
  return (
    <Porch title={words.pairTitle} lead={words.pairText}>
      <form onSubmit={submit} aria-busy={busy} data-testid="pair" className="grid gap-4">
        <Refusal sentence={refusal} />
        <Button type="submit" kind="primary" busy={busy} className="min-h-13 text-lg">
          {busy ? words.busy : words.pair}
        </Button>
        <Button onClick={decline}>{words.notNow}</Button>
      </form>
    </Porch>
  );
}

/** Does it; who comes in by it goes on, and what went wrong is said. */
function useAttempt(enter: (person: SignedIn) => void) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const attempt = async (work: () => Promise<SignedIn | undefined>) => {
    setBusy(true);
    setRefusal('');
    try {
      const entered = await work();
      if (entered) enter(entered);
    } catch (error) {
      setRefusal(error instanceof Problem ? error.detail : words.failed);
    }
    setBusy(false);
  };
  return { busy, refusal, attempt };
}
