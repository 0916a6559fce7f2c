/** What was just said on both sides, to be read from across the room. */
import type { ChatActs } from '../chat/acts.ts';
import { AnswerText } from '../chat/answer-text.tsx';
import { AnswerExtras } from '../chat/extras.tsx';
import { placed } from '../talk/extras.ts';
import { activityOf, type Lines } from '../talk/lines.ts';
import { roomWords as words } from '../words/room.ts';

interface CaptionsProps {
  lines: Lines;
  acts: ChatActs;
}

/** Longer answers are set smaller: they have to fit. */
const longFrom = 160;
const veryLongFrom = 420;

function sizeOf(text: string): string {
  if (text.length > veryLongFrom) return 'text-[clamp(1.1rem,2.2vw,1.6rem)]';
  if (text.length > longFrom) return 'text-[clamp(1.25rem,3vw,2.2rem)]';
  return 'text-[clamp(1.6rem,4.4vw,3.4rem)]';
}

/** The newest question, and what came of it. */
export function Captions({ lines, acts }: CaptionsProps) {
  const rows = placed(lines);
  const asked = rows.findLastIndex(({ line }) => line?.who === 'person');
  const newest = rows.slice(Math.max(0, asked));
  const activity = activityOf(lines);
  return (
    <section
      aria-label={words.conversation}
      aria-live="polite"
      data-testid="captions"
      // What is new stays in sight; an answer that is longer than the screen can be moved.
      className="pointer-events-auto flex min-h-0 w-full max-w-6xl flex-col-reverse overflow-y-auto"
    >
      <div className="grid gap-[2vh] py-2">
        {newest.map(({ key, line, extras }) => (
          <div key={key} className="grid min-w-0 gap-3" dir="auto">
            {line?.who === 'person' && (
              <p
                data-testid="caption-person"
                className="text-[clamp(1.1rem,2.6vw,1.9rem)] text-soft"
              >
                <span className="sr-only">{words.person}: </span>
                {line.text}
              </p>
            )}
            {line?.who === 'butler' && (
              <div
                data-testid="caption-butler"
                className={`font-serif leading-snug ${sizeOf(line.text)}`}
              >
                <span className="sr-only">{words.butler}: </span>
                <AnswerText text={line.text} final={line.final} />
              </div>
            )}
            <AnswerExtras extras={extras} acts={acts} />
          </div>
        ))}
        {activity !== '' && (
          <p data-testid="activity" className="text-[clamp(1.1rem,2.6vw,1.9rem)] text-soft italic">
            {activity}
          </p>
        )}
      </div>
    </section>
  );
}
