/** What an MQTT broker is given by; apart from the library that speaks to it. */
import { z } from 'zod';

const subscribable = (topic: string): boolean => {
  const levels = topic.split('/');
  const fits = (level: string, index: number) =>
    level === '+' || (level === '#' ? index === levels.length - 1 : !/[+#\0]/.test(level));
  return topic.length <= 512 && levels.every(fits);
};

export const mqttAccount = z.object({
  url: z
    .url({
      protocol: /^(mqtts?|wss?)$/,
      error: 'must be an address such as mqtt://host:1883, mqtts://host:8883 or wss://host/mqtt',
    })
    .refine((url) => {
      const { username, password } = new URL(url);
      return username === '' && password === '';
    }, 'must hold no password: set MQTT_USERNAME and MQTT_PASSWORD')
    .describe('MQTT broker that the OwnTracks apps report to: mqtt(s):// or ws(s)://.'),
  username: z.string().optional().describe("Butler's own user at the broker."),
  password: z.string().optional(),
  topic: z
    .string()
    .refine(subscribable, 'must be a topic such as owntracks/+/+')
    .default('owntracks/+/+')
    .describe('Where positions come; the first + is the username, the next one the phone.'),
});

export type MqttAccount = z.output<typeof mqttAccount>;
