/** Why the browser is about to ask for the microphone, before it does. */
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { talkWords as words } from '../words/talk.ts';

interface AskMicrophoneProps {
  open: boolean;
  decide(goOn: boolean): void;
}

export function AskMicrophone({ open, decide }: AskMicrophoneProps) {
  return (
    <Dialog title={words.askTitle} about={words.askAbout} open={open} close={() => decide(false)}>
      <ul className="grid list-disc gap-2 ps-5">
        {words.askPoints.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={() => decide(false)}>{words.askLater}</Button>
        <Button kind="primary" data-testid="ask-go" onClick={() => decide(true)}>
          {words.askGo}
        </Button>
      </div>
    </Dialog>
  );
}
