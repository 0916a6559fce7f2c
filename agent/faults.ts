/** What went wrong, as a person should hear it and an operator can look it up. */
import { APIConnectionError, APIStatusError, APITimeoutError } from '@livekit/agents';
import type { Caller } from './caller.ts';
import type { Fault } from './events.ts';
import { CappedError } from './hearing.ts';
import type { House } from './house.ts';

interface Around {
  house: House;
  caller: Caller;
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof APIStatusError ? error.statusCode : undefined;

/** A short word for the log: never the message, which may quote the person. */
const kindOf = (error: unknown): string => {
  const status = statusOf(error);
  if (status !== undefined) return `status ${status}`;
  if (error instanceof APITimeoutError) return 'time-out';
  if (error instanceof APIConnectionError) return 'connection';
  return error instanceof Error ? error.name : 'unknown';
};

/** @param begun some of the answer was already out. */
export const faultOfMind = ({ house, caller }: Around, error: unknown, begun: boolean): Fault => {
  house.log.warn({ kind: kindOf(error), begun }, 'the mind failed');
  const words = house.words(caller.language);
  const status = statusOf(error);
  if (status === 401 || status === 403) {
    const title = 'The mind refuses its key';
    return { code: 'mind-key-refused', title, detail: words.mindRefusedKey() };
  }
  if (begun) {
    return { code: 'mind-broke-off', title: 'The answer broke off', detail: words.mindBrokeOff() };
  }
  if (status === 429 || status === 529) {
    return { code: 'mind-busy', title: 'The mind is busy', detail: words.mindBusy() };
  }
  const title = 'The mind does not answer';
  return { code: 'mind-unreachable', title, detail: words.mindUnreachable() };
};

export const faultOfHearing = ({ house, caller }: Around, error: unknown): Fault => {
  house.log.warn({ kind: kindOf(error) }, 'speech to text failed');
  const words = house.words(caller.language);
  if (error instanceof CappedError) {
    const title = 'A spending cap is reached';
    return { code: 'hearing-capped', title, detail: words.hearingCapped(error.refusal) };
  }
  const { state, sentence } = house.hearing.part();
  if (state !== 'ready') {
    return { code: 'hearing-off', title: 'Butler cannot hear yet', detail: sentence };
  }
  const refused = statusOf(error) === 401 || statusOf(error) === 403;
  const detail = refused ? words.hearingRefusedKey() : words.hearingFailed();
  return { code: 'hearing-failed', title: 'Speech was not understood', detail };
};

export const faultOfVoice = ({ house, caller }: Around): Fault => {
  const { state, sentence } = house.speaking.part();
  if (state !== 'ready') {
    return { code: 'voice-off', title: 'Butler has no voice', detail: sentence };
  }
  house.log.warn('the voice failed');
  const detail = house.words(caller.language).voiceFailed();
  return { code: 'voice-failed', title: 'The voice failed', detail };
};

export const nothingHeard = ({ house, caller }: Around): Fault => ({
  code: 'nothing-heard',
  title: 'Nothing was heard',
  detail: house.words(caller.language).didNotCatch(),
});
