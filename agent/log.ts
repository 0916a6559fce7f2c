/** Structured logs: JSON lines for machines, pretty on a terminal; never private text. */
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/**
 * @param level the least severe level that is written.
 * Values that may hold speech, names or secrets never belong into a message; the redactions are a
 * net under that rule, not a licence.
 */
export const createLog = (level: string, name = 'butler'): Logger => {
  const options: pino.LoggerOptions = {
    name,
    level,
    base: { name },
    redact: {
      paths: ['pii', '*.pii', 'password', 'token', 'ticket', 'apiKey', 'authorization', '*.apiKey'],
      censor: '[removed]',
    },
  };
  if (!process.stdout.isTTY) return pino(options);
  return pino(
    options,
    pretty({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname,name' }),
  );
};
