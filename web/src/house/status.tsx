/** How every part and service of the house is, and was. */
import type { AnswerOf } from '../api/ask.ts';
import { useHouseState } from '../app/house-state.tsx';
import { useAnswer, useAskAgain } from '../app/questions.ts';
import { useHouseLine } from '../chat/house-line.ts';
import { Badge, Page, Rows, Section, type Tone } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { statusWords as words } from '../words/status.ts';
import { millisecondsOf, percentOf, spanOf, titleOf } from './formats.ts';
import { Incidents } from './incidents.tsx';

type Health = AnswerOf<'get /api/v1/health/metrics'>;
type Part = Health['parts'][number];
type State = Part['state'];

const askEveryMs = 15_000;
const tones: Record<State, Tone> = { ready: 'good', starting: 'wait', off: 'plain', failed: 'bad' };

export default function Status() {
  const health = useAnswer('get /api/v1/health/metrics', {}, { everyMs: askEveryMs });
  const again = useAskAgain();
  const look = () => void again('get /api/v1/health/metrics', 'get /api/v1/incidents');
  useHouseLine(['health'], look, { onBack: look });
  return (
    <Page title={words.title} about={words.about}>
      <Answered of={health}>{(answer) => <Parts {...answer} />}</Answered>
      <Incidents />
    </Page>
  );
}

function Parts({ parts, process }: Health) {
  const own = parts.filter(({ kind }) => kind === 'part');
  const services = parts.filter(({ kind, state }) => kind === 'integration' && state !== 'off');
  return (
    <>
      <Summary parts={parts} />
      <Section title={words.parts}>
        {own.length > 0 ? <PartRows label={words.parts} parts={own} /> : <AsStarted />}
      </Section>
      <Section title={words.services}>
        {services.length > 0 ? (
          <PartRows label={words.services} parts={services} />
        ) : (
          <Empty title={words.noServices}>{words.noServicesText}</Empty>
        )}
      </Section>
      <Machine {...process} />
    </>
  );
}

function Summary({ parts }: Pick<Health, 'parts'>) {
  const { health } = useHouseState();
  const all: readonly { state: State }[] = parts.length > 0 ? parts : (health?.parts ?? []);
  const down = all.filter(({ state }) => state === 'failed').length;
  const starting = all.some(({ state }) => state === 'starting');
  const sentence = down === 1 ? words.oneDown : words.manyDown(down);
  const well = starting ? words.starting : words.allWell;
  const tone = down > 0 ? 'bg-alert-room text-alert' : 'bg-door text-door-ink';
  return (
    <div
      role="status"
      data-testid="house-summary"
      className={`flex flex-wrap items-center justify-between gap-3 rounded-3xl p-6 ${tone}`}
    >
      <p className="font-serif text-2xl">{down > 0 ? sentence : well}</p>
      {health && <p className="text-sm">{words.version(health.version)}</p>}
    </div>
  );
}

function PartRows({ label, parts }: { label: string; parts: readonly Part[] }) {
  return (
    <Rows label={label}>
      {parts.map((part) => (
        <PartRow key={part.name} part={part} />
      ))}
    </Rows>
  );
}

function PartRow({ part }: { part: Part }) {
  const { name, state, latencyMs, since, uptimePercent, sentence, mend } = part;
  const isUp = state === 'ready';
  const facts = [
    words.since(spanOf(Date.now() - Date.parse(since))),
    ...(isUp ? [words.latency(millisecondsOf(latencyMs))] : []),
    ...(state === 'off'
      ? []
      : [words.uptime(percentOf(uptimePercent.day / 100), percentOf(uptimePercent.week / 100))]),
  ];
  return (
    <li className="grid gap-1 py-3" data-testid="part" data-state={state}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">{titleOf(name)}</p>
        <Badge tone={tones[state]}>{words.states[state]}</Badge>
      </div>
      <p className="text-sm text-soft tabular-nums">{facts.join(' · ')}</p>
      {sentence && (
        <p lang="en" className={isUp ? 'text-sm text-soft' : 'text-sm'}>
          {sentence}
        </p>
      )}
      {mend && state !== 'ready' && (
        <p className="text-sm">
          <strong className="font-semibold">{words.mend}: </strong>
          <span lang="en">{mend}</span>
        </p>
      )}
    </li>
  );
}

/** Nothing was looked at yet: what the parts said as they came up. */
function AsStarted() {
  const { health } = useHouseState();
  return (
    <>
      <p className="text-sm text-soft">{words.firstLook}</p>
      <Rows label={words.parts}>
        {health?.parts.map(({ name, state, sentence }) => (
          <li key={name} className="grid gap-1 py-3" data-testid="part" data-state={state}>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p className="font-medium">{titleOf(name)}</p>
              <Badge tone={tones[state]}>{words.states[state]}</Badge>
            </div>
            <p lang="en" className="text-sm text-soft">
              {sentence}
            </p>
          </li>
        ))}
      </Rows>
    </>
  );
}

function Machine({ uptimeSeconds, memoryMegabytes, heapMegabytes, ...rest }: Health['process']) {
  const { mean, max } = rest.eventLoopDelayMs;
  const megabytes = (value: number) => `${Math.round(value)} MB`;
  const facts = [
    [words.running, spanOf(uptimeSeconds * 1_000)],
    [words.memory, words.memoryParts(megabytes(memoryMegabytes), megabytes(heapMegabytes))],
    [words.delay, words.delayParts(millisecondsOf(mean), millisecondsOf(max))],
  ];
  return (
    <Section title={words.machine}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
