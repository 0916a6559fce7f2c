/** The frame of every page before one is in: the door on one side, what is said at it beside. */
import { type ReactNode, useEffect, useRef } from 'react';
import { languageNames, entranceWords as words } from '../words/entrance.ts';
import { language, languages, speak } from '../words/language.ts';

const frame =
  'grid min-h-full grid-rows-[auto_1fr] md:grid-cols-[minmax(18rem,2fr)_3fr] md:grid-rows-1';
const door =
  'grid place-items-center bg-linear-to-b from-door to-door-deep py-8 ' +
  'md:border-e md:border-door-rule';
const tongue = 'min-h-11 rounded-full px-4 text-soft aria-pressed:bg-tint aria-pressed:text-ink';

interface PorchProps {
  title: string;
  lead?: string;
  children?: ReactNode;
}

export function Porch({ title, lead, children }: PorchProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.butler}`;
    heading.current?.focus();
  }, [title]);
  return (
    <div className={frame}>
      <div aria-hidden="true" className={door}>
        <DoorBell />
      </div>
      <div className="mx-auto flex w-full max-w-md flex-col px-5 pt-8 pb-6 md:pt-12">
        <main className="grid grow content-start gap-6 md:content-center">
          <header className="grid gap-2">
            <h1
              ref={heading}
              tabIndex={-1}
              className="text-4xl leading-tight font-medium outline-none"
            >
              {title}
            </h1>
            {lead && <p className="text-lg text-pretty text-soft">{lead}</p>}
          </header>
          {children}
        </main>
        <LanguageChoice />
      </div>
    </div>
  );
}

/** The bell push beside the door. */
function DoorBell() {
  return (
    <svg
      viewBox="0 0 64 64"
      className="size-20 drop-shadow-xl md:size-40"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="32" cy="32" r="30" className="fill-brass-deep" />
      <circle cx="32" cy="32" r="28.5" className="fill-brass" />
      <path
        d="M10 24a24 24 0 0 1 44 0"
        className="fill-none stroke-brass-light"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="32" cy="32" r="19" className="fill-door-deep" />
      <circle cx="32" cy="32" r="12" className="fill-door-ink" />
    </svg>
  );
}

/** Whoever stands here has no profile yet to set it in. */
function LanguageChoice() {
  return (
    <nav aria-label={words.languages} className="flex justify-center gap-2 pt-8">
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => speak(one)}
          className={tongue}
        >
          {languageNames[one]}
        </button>
      ))}
    </nav>
  );
}

/** What went wrong, said once it is there. */
export function Refusal({ sentence }: { sentence: string }) {
  return (
    <p
      role="alert"
      data-testid={sentence ? 'notice' : undefined}
      className="rounded-2xl bg-alert-room px-4 py-3 font-medium text-alert empty:hidden"
    >
      {sentence}
    </p>
  );
}

/** Until the house has said whether it knows anybody. */
export function Waiting({ sentence }: { sentence: string | undefined }) {
  return (
    <Porch title={words.butler}>
      <p role="status" className="text-lg text-soft" data-testid={sentence ? 'notice' : undefined}>
        {sentence ?? words.opening}
      </p>
    </Porch>
  );
}
