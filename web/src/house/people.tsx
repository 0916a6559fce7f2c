/** Who lives in the house: their role and what they may do, and who may come. */
import { useId, useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { Invitations } from '../me/devices/invitations.tsx';
import { Household } from '../me/manner/household.tsx';
import { Button } from '../ui/button.tsx';
import { Badge, Page, Rows, Section } from '../ui/page.tsx';
import { Answered } from '../ui/states.tsx';
import { houseWords } from '../words/house.ts';
import { peopleWords as words } from '../words/people.ts';
import { PersonPanel } from './person.tsx';
import { Removed, type Report } from './remove-person.tsx';

export type Member = AnswerOf<'get /api/v1/users'>['users'][number];

const askEveryMs = 5_000;

export default function People() {
  // Whoever was invited may come while this page is looked at.
  const answer = useAnswer('get /api/v1/users', {}, { everyMs: askEveryMs });
  const [openId, setOpenId] = useState<string>();
  const [removed, setRemoved] = useState<{ name: string; report: Report }>();
  return (
    <Page title={words.title} about={words.about}>
      <Section title={words.list}>
        <Answered of={answer}>
          {({ users }) => (
            <Rows label={words.list}>
              {users.map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  open={person.id === openId}
                  toggle={() => setOpenId(person.id === openId ? undefined : person.id)}
                  removed={(report) => setRemoved({ name: person.name, report })}
                />
              ))}
            </Rows>
          )}
        </Answered>
      </Section>
      <Invitations />
      <Household />
      {removed && <Removed {...removed} close={() => setRemoved(undefined)} />}
    </Page>
  );
}

interface PersonRowProps {
  person: Member;
  open: boolean;
  toggle(): void;
  removed(report: Report): void;
}

function PersonRow({ person, open, toggle, removed }: PersonRowProps) {
  const { user } = useSession();
  const panel = useId();
  const { id, name, username, role } = person;
  return (
    <li className="grid gap-3 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="grid gap-0.5" data-testid="member">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            <Badge>{houseWords.roles[role]}</Badge>
            {id === user.id && <Badge tone="good">{words.you}</Badge>}
          </p>
          <p className="text-sm text-soft">{username ?? words.notYet}</p>
        </div>
        <Button
          aria-label={words.manageOf(name)}
          aria-expanded={open}
          aria-controls={panel}
          onClick={toggle}
        >
          {words.manage}
        </Button>
      </div>
      <section id={panel} aria-label={name} hidden={!open}>
        {open && <PersonPanel person={person} removed={removed} />}
      </section>
    </li>
  );
}
