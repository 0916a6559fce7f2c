/** The weather codes that Open-Meteo uses (WMO code table 4677, in part), in words. */

interface Kind {
  en: string;
  de: string;
  /** Something falls from the sky. */
  wet?: 'rain' | 'snow' | 'ice' | 'thunder';
  /** Which of two is told; sky codes are told by how often they come. */
  rank: number;
}

const kinds: Readonly<Record<number, Kind>> = {
  0: { en: 'clear', de: 'klar', rank: 0 },
  1: { en: 'mostly clear', de: 'überwiegend klar', rank: 0 },
  2: { en: 'partly cloudy', de: 'wolkig', rank: 0 },
  3: { en: 'overcast', de: 'bedeckt', rank: 0 },
  45: { en: 'foggy', de: 'neblig', rank: 0 },
  48: { en: 'freezing fog', de: 'Nebel mit Reif', rank: 0 },
  51: { en: 'light drizzle', de: 'leichter Nieselregen', wet: 'rain', rank: 1 },
  53: { en: 'drizzle', de: 'Nieselregen', wet: 'rain', rank: 2 },
  55: { en: 'heavy drizzle', de: 'starker Nieselregen', wet: 'rain', rank: 3 },
  56: { en: 'light freezing drizzle', de: 'leichter gefrierender Niesel', wet: 'ice', rank: 14 },
  57: { en: 'freezing drizzle', de: 'gefrierender Nieselregen', wet: 'ice', rank: 15 },
  61: { en: 'light rain', de: 'leichter Regen', wet: 'rain', rank: 4 },
  63: { en: 'rain', de: 'Regen', wet: 'rain', rank: 6 },
  65: { en: 'heavy rain', de: 'starker Regen', wet: 'rain', rank: 8 },
  66: { en: 'light freezing rain', de: 'leichter gefrierender Regen', wet: 'ice', rank: 16 },
  67: { en: 'freezing rain', de: 'gefrierender Regen', wet: 'ice', rank: 17 },
  71: { en: 'light snow', de: 'leichter Schneefall', wet: 'snow', rank: 9 },
  73: { en: 'snow', de: 'Schneefall', wet: 'snow', rank: 11 },
  75: { en: 'heavy snow', de: 'starker Schneefall', wet: 'snow', rank: 13 },
  77: { en: 'snow grains', de: 'Schneegriesel', wet: 'snow', rank: 9 },
  80: { en: 'light showers', de: 'leichte Schauer', wet: 'rain', rank: 5 },
  81: { en: 'showers', de: 'Schauer', wet: 'rain', rank: 7 },
  82: { en: 'heavy showers', de: 'kräftige Schauer', wet: 'rain', rank: 8 },
  85: { en: 'snow showers', de: 'Schneeschauer', wet: 'snow', rank: 10 },
  86: { en: 'heavy snow showers', de: 'kräftige Schneeschauer', wet: 'snow', rank: 12 },
  95: { en: 'thunderstorms', de: 'Gewitter', wet: 'thunder', rank: 18 },
  96: { en: 'thunderstorms with hail', de: 'Gewitter mit Hagel', wet: 'thunder', rank: 19 },
  99: { en: 'thunderstorms with heavy hail', de: 'Gewitter mit Hagel', wet: 'thunder', rank: 20 },
};

/** @returns undefined for a code that the table does not have. */
export const codeInWords = (code: number | undefined, tongue: 'en' | 'de'): string | undefined =>
  code === undefined ? undefined : kinds[code]?.[tongue];

export const wetOf = (code: number | undefined): Kind['wet'] =>
  code === undefined ? undefined : kinds[code]?.wet;

/** The one that matters more of what falls; undefined where nothing does. */
export const strongest = (codes: readonly (number | undefined)[]): number | undefined =>
  codes
    .flatMap((code) => (code !== undefined && wetOf(code) ? [code] : []))
    .toSorted((a, b) => (kinds[b]?.rank ?? 0) - (kinds[a]?.rank ?? 0))[0];

/** The sky that most hours have. */
export const commonSky = (codes: readonly (number | undefined)[]): number | undefined => {
  const counts = new Map<number, number>();
  for (const code of codes) {
    if (code === undefined || !kinds[code] || wetOf(code)) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
};
