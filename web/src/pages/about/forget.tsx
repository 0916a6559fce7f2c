/** Forgetting everything: asked once more, in a dialog of its own that says what goes and stays. */
import { useId, useRef } from 'react';
import { memoryWords as words } from '../../memory-words.ts';
import type { Desk } from './desk.ts';

export function ForgetEverything({ desk, done }: { desk: Desk; done(): void }) {
  const { api, tell, attempt } = desk;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const forget = async () => {
    dialog.current?.close();
    await attempt(async () => {
      await api.forgetEverything();
      tell({ tone: 'information', sentence: words.allForgotten });
    });
    // Also when it failed in the middle: what is left is shown.
    done();
  };
  return (
    <footer className="about-danger">
      <button
        type="button"
        className="quiet"
        data-testid="forget-everything"
        onClick={() => dialog.current?.showModal()}
      >
        {words.forgetEverything}
      </button>
      <dialog
        ref={dialog}
        className="about-confirm"
        role="alertdialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-what`}
        // Its closing is not that of the drawer around it.
        onClose={(event) => event.stopPropagation()}
      >
        <h3 id={`${id}-title`}>{words.forgetQuestion}</h3>
        <p id={`${id}-what`}>{words.forgetConsequence}</p>
        <div className="fact-acts">
          <button type="button" className="secondary" onClick={() => dialog.current?.close()}>
            {words.forgetNo}
          </button>
          <button
            type="button"
            className="dangerous"
            data-testid="forget-yes"
            onClick={() => void forget()}
          >
            {words.forgetYes}
          </button>
        </div>
      </dialog>
    </footer>
  );
}
