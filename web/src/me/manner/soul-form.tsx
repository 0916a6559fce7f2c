/** One person's soul: changed, heard, saved, and taken back. */
import { type SubmitEvent, useCallback, useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { soulWords as words } from '../../words/soul.ts';
import { useHearing } from './hearing.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { Presets } from './presets.tsx';
import { HearButton, Sample } from './sample.tsx';
import { SoulChoices, SoulTexts } from './soul-fields.tsx';
import { changedSentence, changesOf, type Preset, patchOf, type Soul } from './souls.ts';

const bar = 'sticky bottom-0 grid gap-3 rounded-t-3xl border border-rule bg-raised p-4 shadow-lg';

/** What was not saved outlives a step back to another page. */
const drafts = new Map<string, Soul>();

interface SoulFormProps {
  personId: string;
  kept: Soul;
  presets: readonly Preset[];
}

export function SoulForm({ personId, kept, presets }: SoulFormProps) {
  const { soul, change, discard } = useDraft(personId, kept);
  const { save, busy } = useSaving(personId);
  const hearing = useHearing(personId);
  const unsaved = changesOf(kept, soul).length > 0;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (await save(soul, kept)) discard();
  };
  const hear = () => void hearing.hear('soul', patchOf(soul));
  return (
    <form className="grid gap-6" onSubmit={(event) => void submit(event)} aria-busy={busy}>
      <Section title={words.presets}>
        <Presets soul={soul} presets={presets} hearing={hearing} choose={change} />
      </Section>
      <Section title={words.manner}>
        <SoulChoices soul={soul} change={change} />
      </Section>
      <Section title={words.own}>
        <SoulTexts soul={soul} change={change} />
      </Section>
      <div className={bar}>
        <Sample sentence={hearing.sentence} />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" kind="primary" busy={busy} disabled={!unsaved}>
            {commonWords.save}
          </Button>
          <HearButton hearing={hearing} hear={hear} />
          {unsaved && (
            <>
              <Button kind="quiet" onClick={discard}>
                {words.discard}
              </Button>
              <span className="text-sm text-soft">{words.unsaved}</span>
            </>
          )}
        </div>
      </div>
      <LeaveGuard unsaved={unsaved} leaving={discard} />
    </form>
  );
}

function useDraft(personId: string, kept: Soul) {
  const [draft, setDraft] = useState(drafts.get(personId));
  const soul = draft ?? kept;
  const change = useCallback(
    (part: Partial<Soul>) => {
      const next = { ...(drafts.get(personId) ?? kept), ...part };
      drafts.set(personId, next);
      setDraft(next);
    },
    [personId, kept],
  );
  const discard = useCallback(() => {
    drafts.delete(personId);
    setDraft(undefined);
  }, [personId]);
  return { soul, change, discard };
}

/** Saves and says what it changed, with a way back. */
function useSaving(personId: string) {
  const tell = useTell();
  const order = useOrder('patch /api/v1/users/:id/soul', {
    changes: ['get /api/v1/users/:id/soul', 'get /api/v1/onboarding'],
  });
  const send = async (soul: Soul): Promise<boolean> => {
    try {
      await order.mutateAsync({ param: { id: personId }, json: patchOf(soul) });
      return true;
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      return false;
    }
  };
  const save = async (soul: Soul, before: Soul): Promise<boolean> => {
    if (!(await send(soul))) return false;
    const takeBack = async () => {
      if (await send(before)) tell({ sentence: words.savedBack });
    };
    tell({ sentence: changedSentence(before, soul), undo: () => void takeBack() });
    return true;
  };
  return { save, busy: order.isPending };
}
