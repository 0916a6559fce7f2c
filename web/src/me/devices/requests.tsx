/** Devices that wait for an answer: let in only where the same code is shown. */
import { useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useAnswer, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import { Rows, Section } from '../../ui/page.tsx';
import { deviceWords as words } from '../../words/devices.ts';
import { agoText } from '../../words/moments.ts';
import { said, useDo } from '../doing.ts';

type Waiting = AnswerOf<'get /api/v1/auth/requests'>['requests'][number];

const list = 'get /api/v1/auth/requests';
/** Also without the house's line, and because a request ends by itself. */
const askedEveryMs = 15_000;
const shownCode =
  'rounded-2xl border border-rule-strong px-4 py-2 ' +
  'font-serif text-2xl tracking-widest tabular-nums';

/** Nothing is shown while nobody waits, which is nearly always. */
export function Requests() {
  const { data } = useAnswer(list, {}, { everyMs: askedEveryMs });
  if (!data || data.requests.length === 0) return null;
  return (
    <div role="status">
      <Section title={words.requests} about={words.requestsHint}>
        <Rows label={words.requests}>
          {data.requests.map((request) => (
            <RequestRow key={request.id} request={request} />
          ))}
        </Rows>
      </Section>
    </div>
  );
}

function RequestRow({ request }: { request: Waiting }) {
  const { id, name, type, code, personId, createdAt } = request;
  const { user } = useSession();
  const [whose, setWhose] = useState(user.id);
  const decide = useOrder('post /api/v1/auth/requests/:id', {
    changes: [list, 'get /api/v1/devices'],
  });
  const run = useDo();
  const answer = (decision: 'approve' | 'refuse') => {
    const named = decision === 'approve' && personId === null ? { userId: whose } : {};
    const json = { decision, ...named };
    const sentence = (decision === 'approve' ? words.approved : words.refused)(name);
    said(run(() => decide.mutateAsync({ param: { id }, json }), sentence));
  };
  return (
    <li data-testid="request" className="grid gap-3 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <p className="font-medium">{name}</p>
          <p className="text-sm text-soft">
            {words.types[type]} · {words.asked(agoText(new Date(createdAt), new Date()))}
          </p>
        </div>
        <p>
          <span className="sr-only">{words.code}: </span>
          <strong className={shownCode}>{code}</strong>
        </p>
      </div>
      {personId === null && <Whose value={whose} change={setWhose} />}
      <div className="flex flex-wrap gap-3">
        <Button
          kind="primary"
          busy={decide.isPending}
          aria-label={words.approveOf(name)}
          onClick={() => answer('approve')}
        >
          {words.approve}
        </Button>
        <Button
          busy={decide.isPending}
          aria-label={words.refuseOf(name)}
          onClick={() => answer('refuse')}
        >
          {words.refuse}
        </Button>
      </div>
    </li>
  );
}

/** It named nobody: whoever lets it in says whose it becomes. */
function Whose({ value, change }: { value: string; change(id: string): void }) {
  const { data } = useAnswer('get /api/v1/users', {});
  const options = (data?.users ?? []).map(({ id, name }) => ({ value: id, name }));
  return (
    <Choice
      label={words.whose}
      value={value}
      options={options}
      onChange={(event) => change(event.target.value)}
    />
  );
}
