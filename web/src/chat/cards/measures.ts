/** How long and how much, as people read it. */

/** "1:05:09", "4:00"; the last second that has begun counts. */
export function leftText(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** In the unit that a person would use. */
export function durationText(seconds: number, language: string): string {
  const [value, unit] =
    seconds < 90
      ? [Math.max(1, Math.round(seconds)), 'second']
      : seconds < 90 * 60
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3_600), 'hour'];
  return value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' });
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** "1.4 MB"; thousands, as file managers count. */
export function sizeText(bytes: number, language: string): string {
  const power = bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const step = Math.min(units.length - 1, power);
  return (bytes / 1_000 ** step).toLocaleString(language, {
    ...{ style: 'unit', unit: units[step] ?? 'byte', unitDisplay: 'short' },
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
}
