/** The first page a person meets: who they are, or who they are again. */
import {
  lazy,
  type ReactNode,
  type SubmitEvent,
  Suspense,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type DeviceAsked, logIn, type Part, Problem, type SignedIn, setUp } from '../api.ts';
import { loadPasskeys, passkeysHere } from '../passkey-support.ts';
import { words } from '../words.ts';
import { HouseNotes } from './house-notes.tsx';
import { BellMark } from './icons.tsx';

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
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<DeviceAsked>();
  const welcome = purpose === 'welcome';

  /** Comes in by one way or another, or says why not. */
  const comeIn = async (by: () => Promise<SignedIn | DeviceAsked | undefined>) => {
    setBusy(true);
    setRefusal('');
    try {
      const entered = await by();
      if (entered && 'user' in entered) {
        enter(entered);
        return;
      }
      if (entered) setAsked(entered);
      else setRefusal(words.passkeyUnused);
    } catch (error) {
      setRefusal(error instanceof Problem ? error.detail : words.unreachable);
      // Somebody else may have been first: the house then asks for a sign-in instead.
      if (error instanceof Problem && error.status === 409) refreshHealth();
    }
    setBusy(false);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const { name = '', username = '', password = '' } = entered;
    const credentials = { username: username.trim(), password };
    void comeIn(() =>
      welcome ? setUp({ name: name.trim(), ...credentials }) : logIn(credentials),
    );
  };
  const giveUp = (reason: string) => {
    setAsked(undefined);
    setRefusal(reason);
  };
  if (asked) {
    return (
      <Room title={words.waitTitle} lead={words.waitText}>
        <Suspense fallback={null}>
          <WaitingRoom asked={asked} enter={enter} giveUp={giveUp} />
        </Suspense>
      </Room>
    );
  }
  return (
    <Room
      title={welcome ? words.welcomeTitle : words.loginTitle}
      lead={welcome ? words.welcomeText : words.loginText}
    >
      <form onSubmit={submit} aria-busy={busy}>
        <Fields welcome={welcome} />
        <p className="refusal" role="alert" data-testid={refusal || problem ? 'notice' : undefined}>
          {refusal || problem}
        </p>
        <button className="primary" type="submit" disabled={busy}>
          {busy ? words.beginning : welcome ? words.begin : words.logIn}
        </button>
        {!welcome && passkeysHere() && <PasskeyButton busy={busy} comeIn={comeIn} />}
      </form>
      <HouseNotes parts={parts} />
    </Room>
  );
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
    <button
      type="button"
      className="secondary"
      disabled={busy}
      data-testid="use-passkey"
      onClick={() => void comeIn(use)}
    >
      {words.usePasskey}
    </button>
  );
}

/** The door on one side, what is said at it on the other. */
export function Room({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <main className="entrance">
      <div className="entrance-door" aria-hidden="true">
        <BellMark />
      </div>
      <div className="entrance-room">
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
        {children}
      </div>
    </main>
  );
}

function Fields({ welcome }: { welcome: boolean }) {
  return (
    <>
      {welcome && <Field name="name" label={words.nameLabel} autoComplete="name" maxLength={80} />}
      <Field
        name="username"
        label={words.usernameLabel}
        hint={welcome ? words.usernameHint : undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
      />
      <PasswordField fresh={welcome} label={words.passwordLabel} hint={words.passwordHint} />
    </>
  );
}

interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  type?: string;
  autoComplete: string;
  autoCapitalize?: string;
  spellCheck?: boolean;
  minLength?: number;
  maxLength?: number;
}

export function Field({ label, hint, ...input }: FieldProps) {
  const hintId = hint ? `${input.name}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={input.name}>{label}</label>
      <input id={input.name} required aria-describedby={hintId} {...input} />
      {hint && (
        <p id={hintId} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface PasswordProps {
  /** One that is chosen now, with what it has to be like. */
  fresh: boolean;
  label: string;
  hint: string;
}

export function PasswordField({ fresh, label, hint }: PasswordProps) {
  const [shown, setShown] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  return (
    <div className="password" ref={place}>
      <Field
        name="password"
        label={label}
        hint={fresh ? hint : undefined}
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        spellCheck={false}
        {...(fresh ? { minLength: 8 } : {})}
      />
      <button type="button" className="quiet" onClick={() => setShown(!shown)} aria-pressed={shown}>
        {shown ? words.hidePassword : words.showPassword}
        <span className="for-readers"> {label}</span>
      </button>
    </div>
  );
}

/** Until the house has said whether it knows anybody. */
export function Waiting({ sentence }: { sentence: string | undefined }) {
  return (
    <main className="entrance">
      <div className="entrance-door" aria-hidden="true">
        <BellMark />
      </div>
      <div className="entrance-room">
        <h1>{words.butler}</h1>
        <p className="lead" role="status" data-testid={sentence ? 'notice' : undefined}>
          {sentence ?? words.states.connecting}
        </p>
      </div>
    </main>
  );
}
