/** The weather: now, by the hour, by the day. */
import { cardWords as words } from '../../words/cards.ts';
import { language } from '../../words/language.ts';
import type { CardOf } from '../card.ts';
import {
  CloudIcon,
  DrizzleIcon,
  FogIcon,
  PartlyIcon,
  RainIcon,
  SleetIcon,
  SnowIcon,
  SunIcon,
  ThunderIcon,
} from '../icons.ts';
import { Frame } from './frame.tsx';

type WeatherCard = CardOf<'weather'>;
type Condition = WeatherCard['days'][number]['condition'];

export function Weather({ card }: { card: WeatherCard }) {
  const { place, now, hours = [], days } = card;
  return (
    <Frame kind="weather" title={words.weather(place)}>
      {now && <Now now={now} />}
      {hours.length > 0 && <Hours hours={hours} />}
      {days.length > 0 && <Days days={days} />}
    </Frame>
  );
}

function Now({ now }: { now: NonNullable<WeatherCard['now']> }) {
  const { temperatureC, feelsC, condition, windKmh, humidity } = now;
  const kmh = { style: 'unit', unit: 'kilometer-per-hour', maximumFractionDigits: 0 } as const;
  const part = { style: 'percent' } as const;
  const more = [
    condition && words.condition(condition),
    feelsC !== undefined && words.feels(degrees(feelsC)),
    windKmh !== undefined && words.wind(windKmh.toLocaleString(language, kmh)),
    humidity !== undefined && words.humidity((humidity / 100).toLocaleString(language, part)),
  ];
  return (
    <div className="flex items-center gap-4">
      {condition && <Sky condition={condition} className="size-12" />}
      <p className="font-serif text-4xl tabular-nums">{degrees(temperatureC)}</p>
      <p className="text-soft">{more.filter(Boolean).join(' · ')}</p>
    </div>
  );
}

function Hours({ hours }: { hours: NonNullable<WeatherCard['hours']> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too.
    <figure aria-label={words.hours} tabIndex={0} className="-mx-4 overflow-x-auto px-4">
      <ul className="flex w-max gap-4">
        {hours.map(({ at, temperatureC, condition, rainChance }) => (
          <li key={at} className="grid w-14 justify-items-center gap-1 text-sm">
            <span className="tabular-nums text-soft">{hourText(at)}</span>
            <Sky condition={condition} className="size-6" />
            <span className="sr-only">{words.condition(condition)}</span>
            <span className="font-medium tabular-nums">{degrees(temperatureC)}</span>
            {rainChance !== undefined && rainChance > 0 && <Rain chance={rainChance} />}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Days({ days }: { days: WeatherCard['days'] }) {
  return (
    <ul aria-label={words.days} className="grid grid-cols-1 divide-y divide-rule">
      {days.map(({ date, condition, highC, lowC, rainChance }) => (
        <li key={date} className="flex min-h-10 items-center gap-3">
          <span className="w-12">{weekday(date)}</span>
          <Sky condition={condition} className="size-6" />
          <span className="grow text-soft">{words.condition(condition)}</span>
          {rainChance !== undefined && rainChance > 0 && <Rain chance={rainChance} />}
          <span className="tabular-nums">
            <span className="font-medium">{degrees(highC)}</span>{' '}
            <span className="text-soft">{degrees(lowC)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Rain({ chance }: { chance: number }) {
  const percent = (chance / 100).toLocaleString(language, { style: 'percent' });
  return (
    <span className="text-sm tabular-nums text-soft">
      <span className="sr-only">{words.rain(percent)}</span>
      <span aria-hidden="true">{percent}</span>
    </span>
  );
}

/** "2 AM", "14 Uhr": minutes would say nothing. */
function hourText(at: string): string {
  return new Date(at).toLocaleTimeString(language, { hour: 'numeric' });
}

function weekday(date: string): string {
  return new Date(`${date.slice(0, 10)}T12:00`).toLocaleDateString(language, {
    weekday: 'short',
  });
}

function degrees(celsius: number): string {
  return `${Math.round(celsius).toLocaleString(language)}°`;
}

const skies: Record<Condition, typeof SunIcon> = {
  clear: SunIcon,
  'partly-cloudy': PartlyIcon,
  cloudy: CloudIcon,
  fog: FogIcon,
  drizzle: DrizzleIcon,
  rain: RainIcon,
  sleet: SleetIcon,
  snow: SnowIcon,
  thunder: ThunderIcon,
};

/** @param condition of a newer house it may be one that is not known here. */
function Sky({ condition, className }: { condition: Condition; className: string }) {
  const Icon = skies[condition] ?? CloudIcon;
  return (
    <Icon className={`${className} shrink-0 text-brass-deep dark:text-brass`} aria-hidden="true" />
  );
}
