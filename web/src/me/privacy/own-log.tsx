/** The lines of the audit log that concern a person: what they did, and what was done to them. */
import { useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useAnswer } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Badge, Row, Rows, Section } from '../../ui/page.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { deedText } from '../../words/deeds.ts';
import { commonWords } from '../../words/everywhere.ts';
import { momentText } from '../../words/moments.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import { type Folded, folded, isSamePerson } from './folding.ts';

type Line = AnswerOf<'get /api/v1/audit'>['lines'][number];

const pageSize = 25;

export function OwnLog() {
  return (
    <Section title={words.log} about={words.logHint}>
      <LogPage />
    </Section>
  );
}

/** @param before the last number of the page above. */
function LogPage({ before }: { before?: number }) {
  const query = { own: 'true', limit: pageSize, ...(before !== undefined && { before }) } as const;
  const page = useAnswer('get /api/v1/audit', { query });
  const [isLast, setLast] = useState(true);
  return (
    <Answered of={page}>
      {({ lines }) => {
        const oldest = lines.at(-1);
        if (!oldest) return before === undefined && <Empty title={words.logNone} />;
        return (
          <>
            <Rows label={words.log}>
              {folded(lines).map(({ line, times }) => (
                <LogRow key={line.number} line={line} times={times} />
              ))}
            </Rows>
            {lines.length === pageSize &&
              (isLast ? (
                <Button onClick={() => setLast(false)}>{commonWords.more}</Button>
              ) : (
                <LogPage before={oldest.number} />
              ))}
          </>
        );
      }}
    </Answered>
  );
}

function LogRow({ line, times }: Folded<Line>) {
  const { at, what, actor, target, outcome } = line;
  const { user } = useSession();
  const facts = [momentText(new Date(at), new Date())];
  if ('personId' in actor) {
    facts.push(actor.personId === user.id ? words.byYou : words.by(actor.name));
  }
  if (target && 'personId' in target && !isSamePerson(actor, target)) {
    facts.push(target.personId === user.id ? words.aboutYou : words.about1(target.name));
  }
  return (
    <Row>
      <div>
        <p>
          {deedText(what)}
          {times > 1 && <span className="text-soft"> {words.times(times)}</span>}
        </p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
      </div>
      {outcome !== 'done' && (
        <Badge tone={outcome === 'failed' ? 'bad' : 'wait'}>{words.outcomes[outcome]}</Badge>
      )}
    </Row>
  );
}
