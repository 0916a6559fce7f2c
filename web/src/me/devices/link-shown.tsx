/** A link that brings somebody in: as a QR code for a camera, as text, and to send on. */
import { Button } from '../../ui/button.tsx';
import { useCopy } from '../../ui/copying.ts';
import { TextField } from '../../ui/field.tsx';
import { deviceWords as words } from '../../words/devices.ts';

/** The secret stands in the fragment of `url`; `qr` is the same as an SVG. */
export interface ShownLink {
  url: string;
  qr: string;
  expiresAt: string;
}

export function LinkShown({ link, done }: { link: ShownLink; done(): void }) {
  const copy = useCopy();
  const mayShare = typeof navigator.share === 'function';
  // Refused or given up by the person: there is nothing to say about it.
  const share = () => void navigator.share({ url: link.url }).catch(() => undefined);
  return (
    <div className="grid gap-4">
      {/* Cameras want dark on light, in the dark too. */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(link.qr)}`}
        alt={words.qr}
        className="mx-auto w-full max-w-64 rounded-2xl bg-white p-2"
      />
      <TextField
        label={words.link}
        readOnly
        value={link.url}
        data-testid="link"
        onFocus={(event) => event.target.select()}
      />
      <div className="flex flex-wrap justify-end gap-3">
        {mayShare && <Button onClick={share}>{words.share}</Button>}
        <Button onClick={() => void copy(link.url)}>{words.copyLink}</Button>
        <Button kind="primary" onClick={done}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}
