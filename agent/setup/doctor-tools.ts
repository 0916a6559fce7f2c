/** Doctor's word on every integration: whether it works, what is wrong, or what switches it on. */
import type { Variable } from '../../tools/core/configure.ts';
import { type HealthLine, type Listed, loadTools, type Toolbox } from '../../tools/core/load.ts';
import type { Settings } from '../config.ts';
import { type Finding, fails, limitMs, off, type Result, works } from './finding.ts';

/** A client that does not let go is left behind: doctor ends with its process. */
const closeWithinMs = 1_000;
const detailMax = 600;

const namesOf = (variables: readonly Variable[]): string => {
  const names = variables.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
};

/** "Set CALDAV_URL, CALDAV_USERNAME and CALDAV_PASSWORD, or GOOGLE_…". */
const switchedOnBy = ({ variables, renew }: Listed): string => {
  const groups = [...Map.groupBy(variables, ({ source }) => source).values()];
  const ways = groups
    .map((members) => {
      const required = members.filter((one) => one.required);
      return namesOf(required.length > 0 ? required : members.slice(0, 1));
    })
    .filter((way) => way !== '');
  const set = `Set ${ways.join(', or ')}.`;
  return renew === undefined ? set : `${set} ${renew}`;
};

/** Values that nobody should read over a shoulder: all but those that name a place or a person. */
const isPublic = /_(HOST|PORT|PERSON|CALENDARS|MAILBOX|TOPIC|SECURE|PERMISSION|TIMEOUT|NAME)$/;

type Environment = Readonly<Record<string, string | undefined>>;

/** What was set for this integration, second accounts included, that must not be printed. */
const secretsOf = ({ variables }: Listed, environment: Environment): string[] => {
  const groups = new Set(
    variables.map(({ name, source }) => (source ?? name).replaceAll('-', '_').toUpperCase()),
  );
  const own = Object.entries(environment).filter(
    ([name]) =>
      variables.some((one) => one.name === name) ||
      [...groups].some((group) => new RegExp(`^${group}_\\d_`).test(name)),
  );
  return own.flatMap(([name, value = '']) => {
    if (isPublic.test(name)) return [];
    // An address may be read; what stands before its @, or behind its ?, may not.
    if (/^\w+:\/\//.test(value)) return partsOf(value);
    return value.length > 3 ? [value] : [];
  });
};

const partsOf = (address: string): string[] => {
  if (!URL.canParse(address)) return [address];
  const { username, password, search } = new URL(address);
  return [username, password, search.slice(1)].filter((part) => part.length > 3);
};

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .toSorted((left, right) => right.length - left.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, detailMax);

/** What is on without a setting is no mistake of anybody's while it is away. */
export const isConfigured = ({ variables }: Listed, environment: Environment): boolean =>
  variables.length === 0 || variables.some(({ name }) => environment[name]?.trim());

const resultOf = (
  one: Listed,
  health: HealthLine | undefined,
  environment: Environment,
): Result => {
  if (one.mistakes.length > 0) {
    const [first = ''] = one.mistakes;
    const more = one.mistakes.slice(1).join(' ');
    return fails(first, more || 'Correct it in .env, or take that group out of it.');
  }
  if (!one.on) return off('not configured', switchedOnBy(one));
  if (!health) return works('ready');
  if (health.ok) return works(health.line);
  const mend = health.mend ?? 'Correct its settings, or look at its log.';
  const isAsked = isConfigured(one, environment);
  return isAsked ? fails(health.line, mend) : off(`${health.line} (nothing is set for it)`, mend);
};

const close = async (toolbox: Toolbox): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, closeWithinMs);
  });
  await Promise.race([toolbox.close(), enough]);
  clearTimeout(timer);
};

/** What is to be said of one integration, without a value of its settings but addresses. */
export const findingOf = (
  one: Listed,
  health: HealthLine | undefined,
  environment: Environment,
): Finding => {
  const { state, detail, mend } = resultOf(one, health, environment);
  const secrets = secretsOf(one, environment);
  return {
    ...{ name: one.name, use: one.about, state, detail: withoutSecrets(detail, secrets) },
    ...(mend !== undefined && { mend: withoutSecrets(mend, secrets) }),
  };
};

/**
 * One finding for each integration; all are asked at once, each for five seconds at most. What it
 * says holds no value of a setting but addresses.
 */
export const examineTools = async (settings: Settings): Promise<Finding[]> => {
  const environment = settings.integrations;
  let toolbox: Toolbox;
  try {
    ({ toolbox } = await loadTools({ environment, ownFolder: settings.BUTLER_TOOLS }));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const result = fails(detail, 'Correct that file, or take it out of the folder.');
    return [{ name: 'Tools', use: 'what Butler can do', ...result }];
  }
  const lines = await toolbox.health(AbortSignal.timeout(limitMs));
  await close(toolbox);
  return toolbox.integrations.map((one) => {
    const line = lines.find(({ integration }) => integration === one.name);
    return findingOf(one, line, environment);
  });
};
