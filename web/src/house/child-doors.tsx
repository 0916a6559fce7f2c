/** How a child talks to Butler, chosen by an owner: how it begins, and in which language. */
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer, useOrder } from '../app/questions.ts';
import { Choice } from '../ui/field.tsx';
import { Answered } from '../ui/states.tsx';
import { OneOf } from '../ui/switch.tsx';
import { peopleWords as words } from '../words/people.ts';
import { useChanging } from './changing.ts';
import { languageOptions } from './language-names.ts';
import type { Member } from './people.tsx';

type Doors = AnswerOf<'get /api/v1/users/:id/doors'>['doors'];

const startModes = ['push_to_talk', 'wake_word', 'app_open'] as const;

export function ChildDoors({ person }: { person: Member }) {
  const { id, name } = person;
  const answer = useAnswer('get /api/v1/users/:id/doors', { param: { id } });
  const order = useOrder('patch /api/v1/users/:id/doors', {
    changes: ['get /api/v1/users/:id/doors'],
  });
  const change = useChanging();
  const give = (part: Partial<Doors>) => order.mutateAsync({ param: { id }, json: part });
  const set = (part: Partial<Doors>, before: Partial<Doors>) =>
    void change({
      work: () => give(part),
      sentence: words.doorsChanged(name),
      back: { work: () => give(before), sentence: words.doorsBack(name) },
    });
  return (
    <Answered of={answer} rows={1}>
      {({ doors: { startMode, language } }) => (
        <div className="grid gap-4">
          <OneOf
            label={words.startMode}
            value={startMode}
            options={startModes.map((value) => ({ value, name: words.startModes[value] }))}
            change={(next) => set({ startMode: next }, { startMode })}
          />
          <Choice
            label={words.language}
            value={language ?? ''}
            options={[{ value: '', name: words.ofHousehold }, ...languageOptions(language)]}
            onChange={({ target }) => set({ language: target.value || null }, { language })}
          />
        </div>
      )}
    </Answered>
  );
}
