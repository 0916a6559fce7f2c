/** The weather's tools against a service over real sockets, in a house with a place and a clock. */

import type { AnyTool } from '../../tools/core/define.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import type { Coordinates } from '../../tools/core/ports.ts';
import { runTool, type ToolOutcome } from '../../tools/core/run.ts';
import { openMeteo, type WeatherClient } from '../../tools/weather/client.ts';
import weather from '../../tools/weather/index.ts';
import { type OpenMeteo, startOpenMeteo } from '../fakes/open-meteo.ts';
import { portsInProcess } from '../fakes/ports.ts';

export interface WeatherHouse {
  service: OpenMeteo;
  client: WeatherClient;
  /** The house's clock. */
  at: Date;
  household: Coordinates | undefined;
  timeZone: string;
  language: string;
  /** Beside the weather's own, by full name. */
  others: Map<string, AnyTool>;
  ask(tool: string, input?: object, signal?: AbortSignal): Promise<ToolOutcome>;
  health(): Promise<string>;
  stop(): Promise<void>;
}

export const openWeatherHouse = async (
  options: { serviceKey?: string; key?: string; url?: string } = {},
): Promise<WeatherHouse> => {
  const now = () => house.at;
  const { serviceKey: apiKey, key, url } = options;
  const service = await startOpenMeteo({ now, ...(apiKey !== undefined && { apiKey }) });
  const addresses = { url: url ?? service.forecasts.url, geocodingUrl: service.places.url };
  const client = openMeteo({ ...addresses, key });
  const house: WeatherHouse = {
    ...{ service, client, others: new Map(), language: 'en', timeZone: 'Europe/Oslo' },
    household: { latitude: 59.91, longitude: 10.75 },
    at: new Date('2026-11-20T11:20:00Z'),
    ask: (tool, input = {}, signal = new AbortController().signal) => {
      const { household, timeZone, language } = house;
      const loaded = (name: string, one: AnyTool, integration: string): [string, LoadedTool] => [
        name,
        { ...one, name, integration, client: async () => client },
      ];
      const own = Object.entries(weather.tools);
      const tools = new Map([
        ...own.map(([name, one]) => loaded(`weather_${name}`, one, 'weather')),
        ...[...house.others].map(([name, one]) => loaded(name, one, 'others')),
      ]);
      const caller = {
        personId: 'anna',
        name: 'Anna',
        role: 'owner',
        sure: 1,
        door: 'app',
      } as const;
      return runTool({
        ...portsInProcess({ household }),
        ...{ toolbox: { tools }, name: `weather_${tool}`, input, signal, timeZone, now },
        caller: { ...caller, language },
      });
    },
    health: async () => (await weather.health?.(client, AbortSignal.timeout(5_000))) ?? '',
    stop: async () => {
      client.close();
      await service.stop();
    },
  };
  return house;
};
