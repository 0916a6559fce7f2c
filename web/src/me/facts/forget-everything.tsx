/** Forgetting everything: asked once more, with what goes and what stays. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Sure } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { memoryWords as words } from '../../words/memory.ts';

export function ForgetEverything() {
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const facts = useOrder('delete /api/v1/memory/facts');
  const said = useOrder('delete /api/v1/memory/history');
  const confirm = async () => {
    try {
      await facts.mutateAsync({ json: { confirm: 'forget everything' } });
      await said.mutateAsync({ json: { confirm: 'forget what was said' } });
      tell({ sentence: words.everythingDone });
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      throw error;
    } finally {
      // Not even for a moment may a page still show what is forgotten.
      void client.resetQueries();
    }
  };
  return (
    <Section title={words.everything} about={words.everythingText}>
      <div>
        <Button kind="danger" data-testid="forget-everything" onClick={() => setOpen(true)}>
          {words.everythingAct}
        </Button>
      </div>
      <Sure
        title={words.everythingTitle}
        about={words.everythingConsequence}
        act={words.everythingYes}
        open={open}
        close={() => setOpen(false)}
        confirm={confirm}
      />
    </Section>
  );
}
