/** The first page a person meets: who they are, or who they are again. */
import { lazy, type SubmitEvent, Suspense, useEffect, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { type DeviceAsked, logIn, type Part, Problem, type SignedIn, setUp } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { entranceWords as words } from '../words/entrance.ts';
import { bidFarewell, type Farewell, useFarewell } from './farewell.ts';
import { loadPasskeys, passkeysHere } from './passkey-support.ts';
import { Porch, Refusal } from './porch.tsx';

// Few houses ask for it, and few links bring somebody: only they load it.
const WaitingRoom = lazy(() => import('./waiting-room.tsx'));

interface EntranceProps {
  purpose: 'welcome' | 'login';
  parts: readonly Part[];
  problem: string;
  enter(person: SignedIn): void;
  refreshHealth(): void;
}

export function Entrance({ purpose, parts, problem, enter, refreshHealth }: EntranceProps) {
  const { busy, refusal, asked, comeIn, giveUp } = useComingIn({ enter, refreshHealth });
  const farewell = useFarewell();
  const sentence = refusal || (farewell ? '' : problem);
  const welcome = purpose === 'welcome';
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const { name = '', username = '', password = '' } = entered;
    const credentials = { username: username.trim(), password };
    void comeIn(() =>
      welcome ? beginHouse({ name: name.trim(), ...credentials }) : logIn(credentials),
    );
  };
  if (asked) {
    return (
      <Porch title={words.waitTitle} lead={words.waitText}>
        <Suspense fallback={null}>
          <WaitingRoom asked={asked} enter={enter} giveUp={giveUp} />
        </Suspense>
      </Porch>
    );
  }
  return (
    <Porch
      title={welcome ? words.welcomeTitle : words.loginTitle}
      lead={welcome ? words.welcomeText : words.loginText}
    >
      <Goodbye farewell={farewell} />
      <form onSubmit={submit} aria-busy={busy} className="grid gap-4">
        <Fields welcome={welcome} />
        <Refusal sentence={sentence} />
        <Button type="submit" kind="primary" busy={busy} className="min-h-13 text-lg">
          {busy ? words.busy : welcome ? words.begin : words.logIn}
        </Button>
        {!welcome && passkeysHere() && <PasskeyButton busy={busy} comeIn={comeIn} />}
        {!welcome && <p className="text-sm text-soft">{words.lost}</p>}
      </form>
      <HouseNotes parts={parts} />
    </Porch>
  );
}

const tones: Record<Farewell['tone'], string> = {
  wait: 'bg-wait-room text-wait',
  good: 'bg-good-room text-good',
  alert: 'bg-alert-room text-alert',
};

/** Stays in the page, so that a reader hears what comes into it. */
function Goodbye({ farewell }: { farewell: Farewell | undefined }) {
  return (
    <div
      role="status"
      data-testid="farewell"
      className={`grid gap-2 rounded-2xl px-4 py-3 empty:hidden ${tones[farewell?.tone ?? 'wait']}`}
    >
      {farewell?.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** The first person of a house is asked by the wizard how it is to be. */
async function beginHouse(person: Parameters<typeof setUp>[0]): Promise<SignedIn> {
  const entered = await setUp(person);
  navigate('/welcome', { replace: true });
  return entered;
}

/** Coming in by one way or another, or why not. */
function useComingIn({ enter, refreshHealth }: Pick<EntranceProps, 'enter' | 'refreshHealth'>) {
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<DeviceAsked>();
  const comeIn = async (by: () => Promise<SignedIn | DeviceAsked | undefined>) => {
    setBusy(true);
    setRefusal('');
    try {
      const entered = await by();
      if (entered && 'user' in entered) {
        bidFarewell(undefined);
        enter(entered);
        return;
      }
      if (entered) setAsked(entered);
      else setRefusal(words.passkeyUnused);
    } catch (error) {
      setRefusal(error instanceof Problem ? error.detail : words.failed);
      // Somebody else may have been first: the house then asks for a sign-in instead.
      if (error instanceof Problem && error.status === 409) refreshHealth();
    }
    setBusy(false);
  };
  const giveUp = (reason: string) => {
    setAsked(undefined);
    setRefusal(reason);
  };
  return { busy, refusal, asked, comeIn, giveUp };
}

interface PasskeyButtonProps {
  busy: boolean;
  comeIn(by: () => Promise<SignedIn | undefined>): Promise<void>;
}

function PasskeyButton({ busy, comeIn }: PasskeyButtonProps) {
  // Loaded before it is pressed: some browsers ask for a passkey only right after a touch.
  useEffect(() => void loadPasskeys().catch(() => undefined), []);
  const use = async () => (await loadPasskeys()).comeInByPasskey();
  return (
    <Button
      disabled={busy}
      data-testid="use-passkey"
      className="min-h-13"
      onClick={() => void comeIn(use)}
    >
      {words.usePasskey}
    </Button>
  );
}

function Fields({ welcome }: { welcome: boolean }) {
  return (
    <>
      {welcome && (
        <TextField name="name" label={words.name} autoComplete="name" maxLength={80} required />
      )}
      <TextField
        name="username"
        label={words.username}
        {...(welcome && { hint: words.usernameHint })}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
      />
      <SecretField
        name="password"
        label={words.password}
        {...(welcome && { hint: words.passwordHint, minLength: 8 })}
        autoComplete={welcome ? 'new-password' : 'current-password'}
        required
      />
    </>
  );
}

/** What in the house does not work, in the house's own sentences: why signing in may fail. */
function HouseNotes({ parts }: { parts: readonly Part[] }) {
  const failed = parts.filter(({ state }) => state === 'failed');
  return (
    <ul aria-label={words.houseNotes} aria-live="polite" className="grid gap-2 empty:hidden">
      {failed.map(({ name, sentence }) => (
        <li
          key={name}
          data-testid="part"
          className="rounded-2xl bg-wait-room px-4 py-3 text-sm text-wait"
        >
          {sentence}
        </li>
      ))}
    </ul>
  );
}
