/** The settings of the household: what counts at once, and what needs a restart. */
import { useState } from 'react';
import type { Question } from '../api/ask.ts';
import { useAnswer, useOrder } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Badge, Page, Section } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { houseWords } from '../words/house.ts';
import { settingsWords as words } from '../words/settings.ts';
import { useChanging } from './changing.ts';
import { fields } from './setting-fields.tsx';
import { groups, type NowKey, restartOnly, type Setting, settingsIn } from './settings-groups.ts';

type Wanted = Question<'patch /api/v1/configuration'>['json'];

export default function Settings() {
  const answer = useAnswer('get /api/v1/configuration', {});
  return (
    <Page title={words.title} about={words.about}>
      <Answered of={answer} rows={5}>
        {(given) => {
          const settings = settingsIn(given);
          return (
            <>
              {groups.map(([group, keys]) => (
                <Section key={group} title={words.groups[group]}>
                  {keys.map((key) => {
                    const setting = settings.find((one) => one.key === key);
                    return setting && <NowSetting key={key} name={key} setting={setting} />;
                  })}
                </Section>
              ))}
              <RestartSettings settings={settings} />
            </>
          );
        }}
      </Answered>
    </Page>
  );
}

function NowSetting({ name, setting }: { name: NowKey; setting: Setting }) {
  const { value, from } = setting;
  const order = useOrder('patch /api/v1/configuration', {
    changes: ['get /api/v1/configuration', 'get /api/v1/spending'],
  });
  const change = useChanging();
  const Field = fields[name];
  const title = words.now[name].name;
  // Null takes it back to what the environment says.
  const give = (next: unknown) => order.mutateAsync({ json: { [name]: next } as Wanted });
  const set = (next: unknown) =>
    void change({
      work: () => give(next),
      sentence: words.changed(title),
      back: {
        work: () => give(from === 'household' ? value : null),
        sentence: words.changedBack(title),
      },
    });
  return (
    <div className="grid gap-2" data-testid="setting" data-name={name}>
      <Field key={JSON.stringify(value)} value={value} busy={order.isPending} change={set} />
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={from === 'household' ? 'good' : 'plain'}>{words.from[from]}</Badge>
        {from === 'household' && (
          <Button kind="quiet" aria-label={words.backOf(title)} onClick={() => set(null)}>
            {words.back}
          </Button>
        )}
      </div>
    </div>
  );
}

function RestartSettings({ settings }: { settings: readonly Setting[] }) {
  const [text, setText] = useState('');
  const found = restartOnly(settings, text);
  return (
    <Section title={words.restart} about={words.restartAbout}>
      <TextField
        type="search"
        label={words.searchLabel}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {found.length === 0 && <Empty title={houseWords.nothingFound} />}
      {found.map(([group, some]) => (
        <div key={group} className="grid gap-1">
          <h3 className="text-lg">{words.restartGroups[group]}</h3>
          <ul className="divide-y divide-rule">
            {some.map((setting) => (
              <RestartSetting key={setting.key} setting={setting} />
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function RestartSetting({ setting }: { setting: Setting }) {
  const { key, about, set, secret, from } = setting;
  const written = String(setting.value ?? '');
  const value = secret ? words.secretSet : written;
  return (
    <li className="grid gap-0.5 py-2" data-testid="restart-setting" data-name={key}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <code className="font-semibold">{key}</code>
        {set && written !== '' && !secret ? (
          <code className="text-sm">{value}</code>
        ) : (
          <span className="text-sm text-soft">{set ? value : words.notSet}</span>
        )}
      </div>
      <p className="flex flex-wrap items-baseline justify-between gap-2 text-sm text-soft">
        <span lang="en">{about}</span>
        {set && <span>{words.from[from]}</span>}
      </p>
    </li>
  );
}
