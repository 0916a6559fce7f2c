/** The services behind Butler: how each is, what mends it, what it wants, what one can say. */
import { useMemo, useState } from 'react';
import { useAnswer } from '../app/questions.ts';
import { Choice, TextField } from '../ui/field.tsx';
import { Page } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { integrationsWords as words } from '../words/integrations.ts';
import { IntegrationCard } from './integration-card.tsx';
import { found, type Integration, type Show, shows, type UsableTool } from './integrations.ts';

const askEveryMs = 15_000;

export default function Integrations() {
  const answer = useAnswer('get /api/v1/integrations', {}, { everyMs: askEveryMs });
  const tools = useAnswer('get /api/v1/tools', {});
  return (
    <Page title={words.title} about={words.about}>
      <Answered of={answer}>
        {({ integrations }) => (
          <Services integrations={integrations} usable={tools.data?.tools ?? []} />
        )}
      </Answered>
    </Page>
  );
}

interface ServicesProps {
  integrations: readonly Integration[];
  usable: readonly UsableTool[];
}

function Services({ integrations, usable }: ServicesProps) {
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const shown = useMemo(
    () => found(integrations, usable, { text, show }),
    [integrations, usable, text, show],
  );
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[1fr_14rem]">
        <TextField
          type="search"
          label={words.searchLabel}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Choice
          label={words.show}
          value={show}
          options={shows.map((value) => ({ value, name: words.shows[value] }))}
          onChange={({ target }) => setShow(target.value as Show)}
        />
      </div>
      <p role="status" className="text-sm text-soft">
        {words.count(shown.length)}
      </p>
      {shown.length === 0 && <Empty title={words.noneFit} />}
      <ul className="grid gap-4">
        {shown.map((integration) => (
          <IntegrationCard
            key={integration.name}
            integration={integration}
            usable={usable.filter((tool) => tool.integration === integration.name)}
          />
        ))}
      </ul>
    </>
  );
}
