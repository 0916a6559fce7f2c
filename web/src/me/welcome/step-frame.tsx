/** What stands around a step: where one is, and the ways on and back. */
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { welcomeWords as words } from '../../words/welcome.ts';
import { addressOf, besides, type Step } from './steps.ts';

const ways =
  'sticky bottom-0 -mx-4 flex justify-between gap-3 border-t border-rule bg-room px-4 py-4 ' +
  'sm:mx-0 sm:px-0';

interface StepFrameProps {
  step: Step;
  title: string;
  about: string;
  /** Keeps what was entered; false: it went wrong, and the person stays. */
  keep?: () => Promise<boolean>;
  children: ReactNode;
}

export function StepFrame({ step, title, about, keep, children }: StepFrameProps) {
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const { before, after } = besides(step);
  const go = async (to: Step) => {
    setBusy(true);
    if (!keep || (await keep())) navigate(addressOf(to));
    setBusy(false);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (after) void go(after);
  };
  return (
    <Page title={title} about={about}>
      <form className="grid gap-8" onSubmit={submit} data-testid={`step-${step}`}>
        <div className="grid gap-6">{children}</div>
        <div className={ways}>
          {before ? (
            <Button kind="quiet" disabled={busy} onClick={() => void go(before)}>
              {words.back}
            </Button>
          ) : (
            <span />
          )}
          {after && (
            <Button type="submit" kind="primary" busy={busy} data-testid="next">
              {words.next}
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}
