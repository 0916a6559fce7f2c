/** A link that brings somebody in: as a QR code for a camera, and as text. */
import { type ReactNode, useId } from 'react';
import type { ShownLink } from '../../account-api.ts';
import { accountWords as words } from '../../account-words.ts';
import type { Desk } from './desk.ts';

interface LinkShownProps extends Pick<Desk, 'tell'> {
  link: ShownLink;
  children: ReactNode;
  close(): void;
}

export function LinkShown({ link, children, close, tell }: LinkShownProps) {
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      tell({ tone: 'information', sentence: words.copied });
    } catch {
      // Without https there is no clipboard: the text is selected instead.
      document.getElementById(id)?.focus();
    }
  };
  return (
    <div className="account-link">
      <p>{children}</p>
      <img src={`data:image/svg+xml,${encodeURIComponent(link.qr)}`} alt={words.qr} />
      <label>
        <span>{words.link}</span>
        <input
          id={id}
          readOnly
          value={link.url}
          data-testid="link"
          onFocus={(event) => event.target.select()}
        />
      </label>
      <div className="fact-acts">
        <button type="button" className="secondary" onClick={() => void copy()}>
          {words.copy}
        </button>
        <button type="button" className="quiet" onClick={close}>
          {words.done}
        </button>
      </div>
    </div>
  );
}
