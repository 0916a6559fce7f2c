/** The text box: Enter sends, Shift and Enter start a new line. */
import { type KeyboardEvent, type SubmitEvent, useRef, useState } from 'react';
import { SendIcon } from '../ui/icons.tsx';
import { talkWords as words } from '../words/talk.ts';

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
    <form
      className={
        'mx-auto mt-1 mb-3.5 flex w-[min(100%-2rem,44rem)] shrink-0 items-end gap-2 ' +
        'rounded-[1.625rem] border border-rule-strong bg-raised p-1 ' +
        'focus-within:border-focus focus-within:ring-2 focus-within:ring-focus'
      }
      onSubmit={submit}
      ref={form}
    >
      <textarea
        data-testid="text-input"
        aria-label={words.textLabel}
        placeholder={words.textPlaceholder}
        rows={1}
        maxLength={textMax}
        enterKeyHint="send"
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className={
          'field-sizing-content max-h-32 min-h-11 min-w-0 flex-1 resize-none bg-transparent ' +
          'py-2.5 ps-4 text-base outline-none placeholder:text-soft placeholder:opacity-100'
        }
      />
      <button
        type="submit"
        data-testid="text-send"
        aria-label={words.send}
        disabled={text.trim() === ''}
        className={
          'grid size-11 shrink-0 place-items-center rounded-full bg-door text-door-ink ' +
          'disabled:bg-tint disabled:text-soft'
        }
      >
        <SendIcon className="size-5 rtl:-scale-x-100" aria-hidden="true" />
      </button>
    </form>
  );
}
