/** One service: its state, the doctor's sentence, its settings by name, its tools. */
import { type ReactNode, useId } from 'react';
import { Badge, type Tone } from '../ui/page.tsx';
import { houseWords } from '../words/house.ts';
import { integrationsWords as words } from '../words/integrations.ts';
import { millisecondsOf, spanOf, titleOf } from './formats.ts';
import type { Integration, UsableTool } from './integrations.ts';

const tones: Record<Integration['state'], Tone> = {
  ...{ ready: 'good', starting: 'wait', failed: 'bad', off: 'plain', mistaken: 'bad' },
};
const effectTones: Record<UsableTool['effect'], Tone> = {
  ...{ read: 'plain', write: 'wait', danger: 'bad' },
};
const permissionNames: Readonly<Record<string, string>> = houseWords.permissions;

interface CardProps {
  integration: Integration;
  /** Its tools that whoever looks may use. */
  usable: readonly UsableTool[];
}

export function IntegrationCard({ integration, usable }: CardProps) {
  const id = useId();
  const { name, about, state, on, latencyMs, since, tools, setup } = integration;
  const facts = [
    ...(since ? [words.since(spanOf(Date.now() - Date.parse(since)))] : []),
    ...(latencyMs !== null && state === 'ready' ? [words.latency(millisecondsOf(latencyMs))] : []),
  ];
  return (
    <li
      aria-labelledby={id}
      data-testid="integration"
      data-name={name}
      className="grid gap-3 rounded-3xl border border-rule bg-raised p-5"
    >
      <div className="grid gap-1">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id={id} className="text-xl">
            {titleOf(name)}
          </h2>
          <Badge tone={tones[state]}>{words.states[state]}</Badge>
        </div>
        <p lang="en" className="text-soft">
          {about}
        </p>
        {facts.length > 0 && <p className="text-sm text-soft">{facts.join(' · ')}</p>}
      </div>
      {setup && <Doctor {...{ ...setup, on }} />}
      <Examples usable={usable} />
      <div className="grid">
        {tools.length > 0 && <Tools tools={tools} />}
        {setup && setup.variables.length > 0 && <Variables variables={setup.variables} />}
      </div>
    </li>
  );
}

type Setup = NonNullable<Integration['setup']>;

function Doctor({ line, mend, mistakes, on }: Setup & { on: boolean }) {
  const isWrong = mistakes.length > 0 || (on && mend !== null);
  return (
    <div className={`grid gap-1 rounded-2xl p-4 ${isWrong ? 'bg-wait-room' : 'bg-tint'}`}>
      <p>
        <strong className="font-semibold">{words.doctor}: </strong>
        <span lang="en">{line}</span>
      </p>
      {mistakes.length > 0 && (
        <>
          <p className="font-semibold">{words.mistakes}</p>
          <ul lang="en" className="list-disc ps-5">
            {mistakes.map((mistake) => (
              <li key={mistake}>{mistake}</li>
            ))}
          </ul>
        </>
      )}
      {mend && (
        <p>
          <strong className="font-semibold">{on ? words.mend : words.switchOn}: </strong>
          <span lang="en">{mend}</span>
        </p>
      )}
    </div>
  );
}

function Examples({ usable }: Pick<CardProps, 'usable'>) {
  const says = [...new Set(usable.flatMap(({ examples }) => examples.slice(0, 1)))].slice(0, 6);
  if (says.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-semibold">{words.examples}</h3>
      <ul className="flex flex-wrap gap-2">
        {says.map((sentence) => (
          <li key={sentence} className="rounded-2xl border border-rule px-3 py-1">
            <q>{sentence}</q>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Unfolded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="border-t border-rule">
      <summary className="flex min-h-11 items-center text-link">
        <span aria-hidden="true" className="me-2 inline-block in-open:rotate-90 rtl:-scale-x-100">
          ›
        </span>
        {title}
      </summary>
      <div className="pb-3">{children}</div>
    </details>
  );
}

function Tools({ tools }: Pick<Integration, 'tools'>) {
  return (
    <Unfolded title={words.tools(tools.length)}>
      <ul className="divide-y divide-rule">
        {tools.map(({ name, about, effect, permission }) => (
          <li key={name} className="grid gap-1 py-2">
            <div className="flex flex-wrap items-center gap-2">
              <code className="font-semibold">{name}</code>
              <Badge tone={effectTones[effect]}>{houseWords.effects[effect]}</Badge>
              {permission && (
                <span className="text-sm text-soft">
                  {words.needs(permissionNames[permission] ?? permission)}
                </span>
              )}
            </div>
            <p lang="en" className="text-sm text-soft">
              {about}
            </p>
          </li>
        ))}
      </ul>
    </Unfolded>
  );
}

function Variables({ variables }: Pick<Setup, 'variables'>) {
  return (
    <Unfolded title={words.setup}>
      <p className="pb-1 text-sm text-soft">{`${words.variables} ${words.restart}`}</p>
      <ul className="divide-y divide-rule">
        {variables.map(({ name, about, required }) => (
          <li key={name} className="grid gap-1 py-2">
            <div className="flex flex-wrap items-center gap-2">
              <code className="font-semibold">{name}</code>
              <Badge>{required ? words.required : words.optional}</Badge>
            </div>
            {about && (
              <p lang="en" className="text-sm text-soft">
                {about}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Unfolded>
  );
}
