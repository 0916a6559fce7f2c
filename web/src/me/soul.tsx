/** How Butler is with a person: one's own soul, or a child's for an owner. */
import { useState } from 'react';
import { useAnswer } from '../app/questions.ts';
import { useIsOwner, useSession } from '../app/session.tsx';
import { Choice } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import { Answered } from '../ui/states.tsx';
import { soulWords as words } from '../words/soul.ts';
import { Household } from './manner/household.tsx';
import { SoulForm } from './manner/soul-form.tsx';
import { presetsInLanguage } from './manner/souls.ts';

export default function SoulPage() {
  const { user } = useSession();
  const isOwner = useIsOwner();
  const [whose, setWhose] = useState(user.id);
  const users = useAnswer('get /api/v1/users', {});
  const members = users.data?.users.filter(({ soulIsYours }) => soulIsYours) ?? [];
  const other = whose === user.id ? undefined : members.find(({ id }) => id === whose)?.name;
  return (
    <Page title={other === undefined ? words.title : words.titleFor(other)} about={words.about}>
      {members.length > 1 && (
        <Choice
          label={words.whose}
          value={whose}
          options={members.map(({ id, name }) => ({ value: id, name }))}
          onChange={(event) => setWhose(event.target.value)}
        />
      )}
      <Editor key={whose} personId={whose} />
      {isOwner && <Household />}
    </Page>
  );
}

function Editor({ personId }: { personId: string }) {
  const soul = useAnswer('get /api/v1/users/:id/soul', { param: { id: personId } });
  const presets = useAnswer('get /api/v1/souls/presets', {});
  return (
    <Answered of={soul} rows={5}>
      {({ soul: kept }) => (
        <Answered of={presets}>
          {(found) => (
            <SoulForm personId={personId} kept={kept} presets={presetsInLanguage(found.presets)} />
          )}
        </Answered>
      )}
    </Answered>
  );
}
