/** The first page a person meets: who they are, or who they are again. */
import { type SubmitEvent, useRef, useState } from 'react';
import { logIn, type Part, Problem, type SignedIn, setUp } from '../api.ts';
import { words } from '../words.ts';
import { HouseNotes } from './house-notes.tsx';
import { BellMark } from './icons.tsx';

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
  const welcome = purpose === 'welcome';

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const { name = '', username = '', password = '' } = entered;
    setBusy(true);
    setRefusal('');
    try {
      const credentials = { username: username.trim(), password };
      enter(await (welcome ? setUp({ name: name.trim(), ...credentials }) : logIn(credentials)));
    } catch (error) {
      setRefusal(error instanceof Problem ? error.detail : words.unreachable);
      // Somebody else may have been first: the house then asks for a sign-in instead.
      if (error instanceof Problem && error.status === 409) refreshHealth();
      setBusy(false);
    }
  };

  return (
    <main className="entrance">
      <div className="entrance-door" aria-hidden="true">
        <BellMark />
      </div>
      <div className="entrance-room">
        <h1>{welcome ? words.welcomeTitle : words.loginTitle}</h1>
        <p className="lead">{welcome ? words.welcomeText : words.loginText}</p>
        <form onSubmit={(event) => void submit(event)} aria-busy={busy}>
          <Fields welcome={welcome} />
          <p
            className="refusal"
            role="alert"
            data-testid={refusal || problem ? 'notice' : undefined}
          >
            {refusal || problem}
          </p>
          <button className="primary" type="submit" disabled={busy}>
            {busy ? words.beginning : welcome ? words.begin : words.logIn}
          </button>
        </form>
        <HouseNotes parts={parts} />
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
      <PasswordField fresh={welcome} />
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

function Field({ label, hint, ...input }: FieldProps) {
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

function PasswordField({ fresh }: { fresh: boolean }) {
  const [shown, setShown] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  return (
    <div className="password" ref={place}>
      <Field
        name="password"
        label={words.passwordLabel}
        hint={fresh ? words.passwordHint : undefined}
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        spellCheck={false}
        {...(fresh ? { minLength: 8 } : {})}
      />
      <button type="button" className="quiet" onClick={() => setShown(!shown)} aria-pressed={shown}>
        {shown ? words.hidePassword : words.showPassword}
        <span className="for-readers"> {words.passwordLabel}</span>
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
