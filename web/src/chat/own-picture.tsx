/** A picture of the house itself: fetched as this person, shown small, and larger on request. */
import { useEffect, useState } from 'react';
import { call } from '../api/calls.ts';
import { useSession } from '../app/session.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { chatWords as words } from '../words/chat.ts';

/** What may be drawn: SVG can hold scripts and addresses of others. */
const drawn = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'];

/** An address for `<img>`; '' while it comes, undefined where there is none. */
function useOwnPicture(path: string | undefined): string | undefined {
  const { token } = useSession();
  const [found, setFound] = useState<{ path: string; address: string | undefined }>();
  useEffect(() => {
    if (path === undefined) return;
    const asking = new AbortController();
    let address: string | undefined;
    const fetched = async (): Promise<void> => {
      const { signal } = asking;
      const response = await call(path, { token, accept: drawn.join(','), signal });
      const blob = await response.blob();
      if (!drawn.includes(blob.type)) throw new TypeError('It is no picture.');
      if (signal.aborted) return;
      address = URL.createObjectURL(blob);
      setFound({ path, address });
    };
    fetched().catch(() => asking.signal.aborted || setFound({ path, address: undefined }));
    return () => {
      asking.abort();
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [path, token]);
  return found && found.path === path ? found.address : '';
}

interface OwnPictureProps {
  /** Under `/api/`. */
  path: string;
  /** The large one, where it is another. */
  full?: string;
  alt: string;
  className?: string;
}

export function OwnPicture({ path, full = path, alt, className = '' }: OwnPictureProps) {
  const address = useOwnPicture(path);
  const [open, setOpen] = useState(false);
  const name = alt === '' ? words.pictureUntitled : alt;
  if (address === undefined) return <span className="text-soft">{words.pictureAway(name)}</span>;
  if (address === '') {
    return (
      <span
        role="img"
        aria-label={name}
        className={`inline-block size-28 animate-pulse rounded-xl bg-tint ${className}`}
      />
    );
  }
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={words.enlarge(name)}
        className={`inline-block overflow-hidden rounded-xl ${className}`}
      >
        <img src={address} alt={name} className="max-h-56 min-h-11 min-w-11 object-cover" />
      </button>
      <Dialog title={name} open={open} close={() => setOpen(false)}>
        <Large path={full} small={address} alt={name} />
      </Dialog>
    </>
  );
}

/** The small one stands there until the large one has come. */
function Large({ path, small, alt }: { path: string; small: string; alt: string }) {
  const large = useOwnPicture(path);
  return <img src={large || small} alt={alt} className="max-h-[75dvh] rounded-xl object-contain" />;
}
