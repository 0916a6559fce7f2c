/** "Why did you do that?": each call of a tool in a turn, with its words, verdict and receipt. */
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer } from '../app/questions.ts';
import { Badge, type Tone } from '../ui/page.tsx';
import { Answered } from '../ui/states.tsx';
import { houseWords } from '../words/house.ts';
import { turnsWords as words } from '../words/turns.ts';

/** Written out: what a tool takes and gives back may be any JSON. */
interface CallWords {
  said: string | null;
  input: unknown;
  reason: string | null;
  say: string | null;
  receipt: unknown;
  source: string | null;
  question: string | null;
  outside: boolean;
}
type Answer = AnswerOf<'get /api/v1/turns/:id/calls'>['calls'][number];
type Call = Omit<Answer, 'words'> & { words: CallWords | null };

const verdictTones: Record<'run' | 'ask' | 'refuse', Tone> = {
  ...{ run: 'good', ask: 'wait', refuse: 'bad' },
};
const ledBy: Readonly<Record<string, string>> = words.ledBy;

export function TurnCalls({ turnId }: { turnId: string }) {
  const answer = useAnswer('get /api/v1/turns/:id/calls', { param: { id: turnId } });
  return (
    <section className="grid gap-2" data-testid="calls">
      <h3 className="text-lg">{words.why}</h3>
      <Answered of={answer} rows={1}>
        {({ calls }) =>
          calls.length === 0 ? (
            <p className="text-sm text-soft">{words.noCalls}</p>
          ) : (
            <ol className="grid gap-3">
              {(calls as readonly unknown[] as readonly Call[]).map((call) => (
                <OneCall key={call.id} call={call} />
              ))}
            </ol>
          )
        }
      </Answered>
    </section>
  );
}

function OneCall({ call }: { call: Call }) {
  const { tool, path, effect, verdict, ok, verified, tainted } = call;
  const readBack = verified === null ? 'none' : verified ? 'yes' : 'no';
  return (
    <li className="grid gap-2 rounded-2xl border border-rule p-4" data-testid="call">
      <div className="flex flex-wrap items-center gap-2">
        <code className="font-semibold">{tool}</code>
        {verdict && <Badge tone={verdictTones[verdict]}>{words.verdicts[verdict]}</Badge>}
        {!ok && verdict === 'run' && <Badge tone="bad">{words.failed}</Badge>}
        <Badge>{houseWords.effects[effect]}</Badge>
        {tainted && <Badge tone="wait">{words.tainted}</Badge>}
      </div>
      <p className="text-sm text-soft">
        {[ledBy[path] ?? path, ...(effect === 'read' ? [] : [words.readBack[readBack]])].join(
          ' · ',
        )}
      </p>
      {call.words ? <Words given={call.words} /> : <p className="text-sm">{words.private}</p>}
    </li>
  );
}

function Words({ given }: { given: CallWords }) {
  const { said, input, reason, say, receipt, source, question, outside } = given;
  const result = outside && say ? `${say} (${words.outside})` : say;
  return (
    <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]">
      <Fact name={words.said}>{said && <q>{said}</q>}</Fact>
      <Fact name={words.question}>{question && <q>{question}</q>}</Fact>
      <Fact name={words.input}>{isShown(input) && <Data value={input} />}</Fact>
      <Fact name={words.reason}>{reason}</Fact>
      <Fact name={words.answered}>{result}</Fact>
      <Fact name={words.receipt}>{isShown(receipt) && <Data value={receipt} />}</Fact>
      <Fact name={words.source}>{source}</Fact>
    </dl>
  );
}

/** An empty object says nothing. */
const isShown = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(typeof value === 'object' && Object.keys(value).length === 0);

function Data({ value }: { value: unknown }) {
  return (
    <code className="whitespace-pre-wrap">
      {typeof value === 'string' ? value : JSON.stringify(value)}
    </code>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="contents">
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
