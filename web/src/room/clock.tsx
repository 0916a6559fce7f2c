/** The time, large enough for the other end of the room. */
import { useEffect, useState } from 'react';
import { language } from '../words/language.ts';

const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const minuteMs = 60_000;

const digitsClass = 'font-serif leading-none whitespace-nowrap tabular-nums';
const largest = 'text-[clamp(5rem,min(27vw,42vh),24rem)]';

/** Milliseconds since 1970, anew with every minute. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const next = () => {
      setNow(Date.now());
      timer = setTimeout(next, minuteMs - (Date.now() % minuteMs) + 20);
    };
    let timer = setTimeout(next, minuteMs - (Date.now() % minuteMs) + 20);
    return () => clearTimeout(timer);
  }, []);
  return now;
}

export function Clock({ now, small }: { now: number; small: boolean }) {
  const parts = time.formatToParts(now);
  const half = parts.find(({ type }) => type === 'dayPeriod')?.value;
  const digits = parts.filter(({ type }) => type !== 'dayPeriod').map(({ value }) => value);
  return (
    <time
      dateTime={new Date(now).toISOString()}
      className={small ? 'grid gap-1' : 'grid justify-items-center gap-[3vh] text-center'}
    >
      <span className={`${digitsClass} ${small ? 'text-5xl' : largest}`}>
        {digits.join('').trim()}
        {half && <span className="ms-[0.15em] text-[0.28em]">{half}</span>}
      </span>
      <span className={`text-soft ${small ? 'text-lg' : 'text-[clamp(1.25rem,3.2vw,2.5rem)]'}`}>
        {day.format(now)}
      </span>
    </time>
  );
}
