/** Whoever follows a link: an invited person, a new password, or one more device. */
import { type SubmitEvent, useEffect, useState } from 'react';
import { acceptInvitation, acceptPairing, type Invited, lookAtInvitation } from '../account-api.ts';
import { accountWords as words } from '../account-words.ts';
import { Problem, type SignedIn } from '../api.ts';
import type { Arrival } from '../arrival.ts';
import { Field, PasswordField, Room } from './entrance.tsx';

interface ArrivalProps {
  arrival: Arrival;
  enter(person: SignedIn): void;
  decline(): void;
}

export default function ArrivalPage({ arrival, ...doing }: ArrivalProps) {
  const { kind, secret } = arrival;
  return (
    <div className="arrival" lang={words.language}>
      {kind === 'join' ? <Join token={secret} {...doing} /> : <Pair secret={secret} {...doing} />}
    </div>
  );
}

type Doing = Pick<ArrivalProps, 'enter' | 'decline'>;

function Join({ token, enter, decline }: Doing & { token: string }) {
  const [invited, setInvited] = useState<Invited>();
  const { busy, refusal, attempt } = useAttempt(enter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once.
  useEffect(() => {
    void attempt(async () => void setInvited(await lookAtInvitation(token)));
  }, [token]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const username = entered.get('username');
    const password = String(entered.get('password'));
    const own = username === null ? {} : { username: String(username).trim() };
    void attempt(() => acceptInvitation({ token, ...own, password }));
  };
  const back = invited?.username !== null;
  const { resetTitle, joinTitle } = words;
  const title = invited ? (back ? resetTitle : joinTitle)(invited.name) : words.busy;
  return (
    <Room title={title} lead={invited ? (back ? words.resetText : words.joinText) : ''}>
      <form onSubmit={submit} aria-busy={busy} data-testid="join">
        {invited && (
          <>
            {!back && (
              <Field
                name="username"
                label={words.username}
                hint={words.usernameHint}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={40}
              />
            )}
            <PasswordField fresh label={words.password} hint={words.passwordHint} />
          </>
        )}
        <Refusal sentence={refusal} />
        {invited && (
          <button className="primary" type="submit" disabled={busy}>
            {busy ? words.busy : words.join}
          </button>
        )}
        <button type="button" className="secondary" onClick={decline}>
          {words.notNow}
        </button>
      </form>
    </Room>
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
    <Room title={words.pairTitle} lead={words.pairText}>
      <form onSubmit={submit} aria-busy={busy} data-testid="pair">
        <Refusal sentence={refusal} />
        <button className="primary" type="submit" disabled={busy}>
          {busy ? words.busy : words.pair}
        </button>
        <button type="button" className="secondary" onClick={decline}>
          {words.notNow}
        </button>
      </form>
    </Room>
  );
}

function Refusal({ sentence }: { sentence: string }) {
  return (
    <p className="refusal" role="alert" data-testid={sentence ? 'notice' : undefined}>
      {sentence}
    </p>
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
      setRefusal(error instanceof Problem ? error.detail : words.unreachable);
    }
    setBusy(false);
  };
  return { busy, refusal, attempt };
}
