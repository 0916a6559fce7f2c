/** A page's buttons: each stands for words that the person might have said just now. */
import type { ButlerParts } from './butler.ts';
import type { Gesture } from './doors/protocol.ts';
import type { Fault } from './events.ts';

type Around = Pick<ButlerParts, 'house' | 'caller' | 'confirmation' | 'takingBack'>;

/**
 * The words that a button stands for, to be heard as typed ones: same gate, same history. Only the
 * open question, and only deeds of this conversation, can be meant.
 * @returns a fault where the button counts no more.
 */
export const wordsFor = (parts: Around, gesture: Gesture): string | Fault => {
  const { house, caller, confirmation, takingBack } = parts;
  const words = house.words(caller.language);
  if ('reply' in gesture) {
    const { id, yes } = gesture.reply;
    const by = confirmation.openBy(id);
    if (by === undefined) {
      const title = 'That question is over';
      return { code: 'ask-closed', title, detail: words.askClosed() };
    }
    if (yes && by === 'pin') {
      const title = 'That needs your PIN';
      return { code: 'ask-needs-pin', title, detail: words.askNeedsPin() };
    }
    return yes ? words.yes() : words.no();
  }
  const deed = takingBack.open(gesture.undo.id);
  if (!deed) {
    const title = 'That cannot be taken back here';
    return { code: 'undo-unknown', title, detail: words.undoUnknown() };
  }
  const said = words.undoThat();
  takingBack.aim(deed, said);
  return said;
};
