/** Code in a box of its own: it scrolls there, and can be copied. */
import { type ReactNode, useRef } from 'react';
import { IconButton } from '../ui/button.tsx';
import { useCopy } from '../ui/copying.ts';
import { chatWords as words } from '../words/chat.ts';
import { CopyIcon } from './icons.ts';

export function CodeBox({ children }: { children?: ReactNode }) {
  const box = useRef<HTMLPreElement>(null);
  const copy = useCopy();
  return (
    <div className="code-box">
      <IconButton
        label={words.copyCode}
        onClick={() => void copy(box.current?.textContent ?? '')}
        className="code-copy"
      >
        <CopyIcon className="size-4" aria-hidden="true" />
      </IconButton>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too. */}
      <pre ref={box} dir="ltr" tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}
