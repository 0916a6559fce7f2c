/** The souls of the household as a file: saved, or loaded, by an owner. */
import { type ChangeEvent, useRef } from 'react';
import { call } from '../../api/calls.ts';
import { sentenceOf, useAskAgain, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { soulWords as words } from '../../words/soul.ts';

export function Household() {
  const { token } = useSession();
  const tell = useTell();
  const again = useAskAgain();
  const picker = useRef<HTMLInputElement>(null);
  const load = useOrder('post /api/v1/souls/import');
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
    }
  };
  const save = () =>
    attempt(async () => {
      const file = await (await call('/api/v1/souls/export', { token })).blob();
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = words.exportName;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const text = await event.target.files?.[0]?.text();
    // The same file may be chosen again after it was corrected.
    event.target.value = '';
    if (text === undefined) return;
    const content = parsed(text);
    if (content === undefined) return tell({ tone: 'alert', sentence: words.notJson });
    await attempt(async () => {
      tell({ sentence: loadedSentence(await load.mutateAsync({ json: content })) });
      await again('get /api/v1/users', 'get /api/v1/users/:id/soul', 'get /api/v1/onboarding');
    });
  };
  return (
    <Section title={words.household} about={words.householdHint}>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void save()}>{words.exportSouls}</Button>
        <Button busy={load.isPending} onClick={() => picker.current?.click()}>
          {words.importSouls}
        </Button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          hidden
          data-testid="souls-file"
          onChange={(event) => void read(event)}
        />
      </div>
    </Section>
  );
}

type Loaded = Record<'added' | 'changed' | 'left', readonly string[]>;

function loadedSentence({ added, changed, left }: Loaded): string {
  const parts = [
    added.length > 0 ? words.added(added.join(', ')) : '',
    changed.length > 0 ? words.changed(changed.join(', ')) : '',
    left.length > 0 ? words.leftAsIs(left.join(', ')) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? words.loadedNobody : words.loaded(parts.join('; '));
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
