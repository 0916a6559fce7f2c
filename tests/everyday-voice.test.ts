/** By voice with real services behind it: who is home, and the weather for a trip. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenMeteo, startOpenMeteo } from './fakes/open-meteo.ts';
import { type RunningButler, startButler } from './rig/butler.ts';
import { eventOf } from './rig/calendar.ts';
import { disposeLiveKit } from './rig/livekit-user.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import { startRoomButler } from './rig/rooms.ts';
import { speak } from './rig/spoken.ts';
import type { User } from './rig/user.ts';
import { findHomeAssistant } from './servers/home-assistant/install.ts';
import { type HomeAssistantServer, startHomeAssistant } from './servers/home-assistant.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { findMosquitto } from './servers/mosquitto/install.ts';
import { type MosquittoServer, startMosquitto } from './servers/mosquitto.ts';
import { findRadicale } from './servers/radicale/install.ts';
import { type RadicaleServer, startRadicale } from './servers/radicale.ts';

const dayMs = 86_400_000;
const home = { latitude: 59.91, longitude: 10.75 };
const lisbon = { latitude: 38.72, longitude: -9.14 };

const found = [await findHomeAssistant(), await findMosquitto(), await findRadicale()];
const lacking = found.map((one) => ('unavailable' in one ? one.unavailable : undefined));
const noServices = lacking.find((why) => why !== undefined);
const liveKit = await findLiveKit();
const noLiveKit = 'unavailable' in liveKit ? liveKit.unavailable : undefined;
const doors = [
  { door: 'WebSocket', start: startButler, why: noServices },
  { door: 'LiveKit', start: startRoomButler, why: noServices ?? noLiveKit },
] as const;

const started = <Server extends object>(server: Server | { unavailable: string }): Server => {
  if ('unavailable' in server) throw new Error(String(server.unavailable));
  return server as Server;
};

let server: HomeAssistantServer;
let broker: MosquittoServer;
let calendar: RadicaleServer;
let weather: OpenMeteo;

/** A phone in the pocket, as OwnTracks sends it. */
const phoneAt = (latitude: number, longitude: number): Promise<void> => {
  const tst = Math.floor(Date.now() / 1000);
  const position = { _type: 'location', lat: latitude, lon: longitude, acc: 12, tst };
  return broker.publish('owntracks/ada/phone', JSON.stringify(position));
};

const planTrip = async (): Promise<void> => {
  const day = (fromNow: number) =>
    new Date(Date.now() + fromNow * dayMs).toISOString().slice(0, 10).replaceAll('-', '');
  const place = ['LOCATION:Lisbon, Portugal'];
  const trip = eventOf('Trip to Lisbon', `${day(2)}/${day(6)}`, place);
  await calendar.put(await calendar.makeCalendar('Family'), 'lisbon.ics', trip);
};

/** What Butler must be told to use them. */
const services = (): Record<string, string> => ({
  ...{ HOME_ASSISTANT_URL: server.url, HOME_ASSISTANT_TOKEN: server.token },
  ...{ CALDAV_URL: calendar.account.url, CALDAV_USERNAME: calendar.account.username },
  CALDAV_PASSWORD: calendar.account.password,
  ...{ MQTT_URL: broker.url, MQTT_USERNAME: broker.username, MQTT_PASSWORD: broker.password },
  ...{ WEATHER_URL: weather.forecasts.url, WEATHER_GEOCODING_URL: weather.places.url },
  BUTLER_LOCATION: `${home.latitude},${home.longitude}`,
});

beforeAll(async () => {
  if (noServices !== undefined) return;
  server = started(await startHomeAssistant());
  broker = started(await startMosquitto());
  calendar = started(await startRadicale());
  weather = await startOpenMeteo({ now: () => new Date() });
  weather.forecasts.always({ hour: () => ({ temperature_2m: 19, weather_code: 0 }) });
  await planTrip();
});

afterAll(async () => {
  await Promise.all([server?.stop(), broker?.stop(), calendar?.close(), weather?.stop()]);
  await disposeLiveKit();
});

for (const { door, start, why } of doors) {
  describe.skipIf(why)(`an everyday house over ${door}${why ? ` (${why})` : ''}`, () => {
    let providers: Providers;
    let butler: RunningButler;
    let user: User;

    beforeAll(async () => {
      await phoneAt(home.latitude, home.longitude);
      const phone = { dev_id: 'paulus_phone', location_name: 'not_home' };
      await server.call('device_tracker', 'see', phone);
      providers = await startProviders({ transcriptionMs: 120, speechFirstByteMs: 40 });
      butler = started(await start({ environment: { ...providers.environment, ...services() } }));
      const joined = door === 'LiveKit' ? await butler.joinRoom() : await butler.join();
      if ('waitForTrack' in joined) await joined.waitForTrack();
      user = joined;
      // The first questions open the connections; a calendar is read whole at first.
      await spoken('Is anyone home?');
      await spoken('What is on my calendar tomorrow?');
      await sleep(500);
    });

    afterAll(async () => {
      await user?.leave();
      await butler?.stop();
      await providers?.stop();
    });

    const spoken = async (text: string, answer?: RegExp) => {
      const { text: heard, latencyMs } = await speak({ user, providers }, text, answer);
      console.log(`over ${door}, "${text}": ${Math.round(latencyMs)} ms to the sound`);
      return heard;
    };

    it('knows who is home by phones and by Home Assistant', async () => {
      expect(await spoken('Is anyone home?')).toMatch(/^Yes/);
      expect(await spoken('Who is home?')).toMatch(/^You /);
      await phoneAt(lisbon.latitude, lisbon.longitude);
      await sleep(500);
      expect(await spoken('Am I home?')).toMatch(/not|away/i);
      const phone = { dev_id: 'paulus_phone', location_name: 'home' };
      await server.call('device_tracker', 'see', phone);
      await sleep(500);
      expect(await spoken('Is anyone home?')).toMatch(/^Yes/);
      expect(providers.claude.requests).toHaveLength(0);
    });

    it('finds the trip in the calendar and its weather', async () => {
      const answer = await spoken('What is the weather like for my trip?', /Lisbon/);
      expect(answer).toMatch(/19|clear|sunny/i);
      expect(providers.claude.requests).toHaveLength(0);
    });
  });
}
