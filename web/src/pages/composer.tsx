/** The text box: Enter sends, Shift and Enter start a new line. */
import { type KeyboardEvent, type SubmitEvent, useRef, useState } from 'react';
import { words } from '../words.ts';
import { SendIcon } from './icons.tsx';

const textMax = 4_000;

export function Composer({ send }: { send(text: string): void }) {
  const [text, setText] = useState('');
  const form = useRef<HTMLFormElement>(null);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim() === '') return;
    send(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is composing, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };

  return (
    <form className="composer" onSubmit={submit} ref={form}>
      <textarea
        data-testid="text-input"
        aria-label={words.textLabel}
        placeholder={words.textPlaceholder}
        rows={1}
        maxLength={textMax}
        enterKeyHint="send"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="submit"
        data-testid="text-send"
        aria-label={words.send}
        disabled={text.trim() === ''}
      >
        <SendIcon />
      </button>
    </form>
  );
}
