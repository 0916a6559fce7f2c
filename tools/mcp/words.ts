/** What is said of a server's tools: questions, answers and failures, in English and German. */
import { type HttpFault, httpSentences } from '../core/http.words.ts';
import { ToolError } from '../core/tool-error.ts';
import { spokenStart } from './plain.ts';

/** Why a call failed; `broken-off`: it was sent, and the answer never came. */
export type Fault = HttpFault | 'broken-off';

const answerMax = 260;
const reasonMax = 160;
const valuesMax = 4;
const valueMax = 40;

const sentences = {
  en: {
    says: (server: string, text: string) => `${server} says: ${text}`,
    answered: (server: string) => `${server} has answered; I have it in front of me.`,
    nothing: (server: string) => `${server} has nothing to say to that.`,
    refused: (server: string, why: string) => `${server} could not do that: ${why}`,
    refusedPlainly: (server: string) => `${server} could not do that. Try it in other words.`,
    unclear: 'I do not know whether it happened; please check.',
    what: (server: string, tool: string) => `let ${server} do “${tool}”`,
    withValues: (values: string) => `, with ${values}`,
  },
  de: {
    says: (server: string, text: string) => `${server} sagt: ${text}`,
    answered: (server: string) => `${server} hat geantwortet; ich habe es vor mir.`,
    nothing: (server: string) => `${server} sagt dazu nichts.`,
    refused: (server: string, why: string) => `${server} konnte das nicht: ${why}`,
    refusedPlainly: (server: string) => `${server} konnte das nicht. Sag es in anderen Worten.`,
    unclear: 'Ob es geschehen ist, weiß ich nicht; bitte sieh nach.',
    what: (server: string, tool: string) => `„${tool}“ von ${server} ausführen lassen`,
    withValues: (values: string) => `, mit ${values}`,
  },
};

const sentencesIn = (language: string) =>
  sentences[language.toLowerCase().startsWith('de') ? 'de' : 'en'];

interface Spoken {
  /** The server as it is heard. */
  title: string;
  language: string;
}

const looksLikeData = (text: string): boolean => /^\s*[[{<]/u.test(text);

/** An answer as it is heard: short ones whole, others by their beginning, data not at all. */
export const answerSaid = (text: string, { title, language }: Spoken): string => {
  const said = sentencesIn(language);
  if (text.trim() === '') return said.nothing(title);
  const start = looksLikeData(text) ? '' : spokenStart(text, answerMax);
  return start === '' ? said.answered(title) : said.says(title, start);
};

/** The server did the call and says that it failed. */
export const refusedSaid = (text: string, { title, language }: Spoken): string => {
  const said = sentencesIn(language);
  const why = looksLikeData(text) ? '' : spokenStart(text, reasonMax);
  if (why === '') return said.refusedPlainly(title);
  return said.refused(title, /[.!?…]$/u.test(why) ? why : `${why}.`);
};

const spokenValue = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return spokenStart(text, valueMax);
};

/** What a person says yes to: the tool, and what it would be given. */
export const whatSaid = (
  call: { tool: string; input: Readonly<Record<string, unknown>> },
  { title, language }: Spoken,
): string => {
  const said = sentencesIn(language);
  const given = Object.entries(call.input).filter(([, value]) => value !== undefined);
  const values = given
    .slice(0, valuesMax)
    .map(([field, value]) => `${field.replaceAll(/[_-]+/gu, ' ')}: ${spokenValue(value)}`);
  const more = given.length > valuesMax ? ' …' : '';
  const tail = values.length > 0 ? said.withValues(`${values.join(', ')}${more}`) : '';
  return `${said.what(title, call.tool)}${tail}`;
};

interface Failed extends Spoken {
  /** What the owner does when access is refused. */
  renew: string;
  seconds?: number | undefined;
  /** The call may have done something. */
  effect: boolean;
}

/** Where it cannot be told whether an effect came about. */
const leavesUnclear: ReadonlySet<Fault> = new Set([
  ...(['service-slow', 'service-failed', 'service-garbage', 'too-big', 'broken-off'] as const),
]);

/** Not `unreachable`: that would rest the integration, and with it the servers that are well. */
const away = { code: 'mcp-away' } as const;

/** A failure as a person hears it. */
export const failureOf = (fault: Fault, failed: Failed): ToolError => {
  const { title, language, renew, seconds, effect } = failed;
  const service = { en: title, de: title };
  const known = fault === 'broken-off' ? 'unreachable' : fault;
  const { say, mend } = httpSentences(known, { service, renew, language, seconds });
  const unclear = effect && leavesUnclear.has(fault);
  const whole = unclear ? `${say} ${sentencesIn(language).unclear}` : say;
  if (known === 'unreachable') return new ToolError(whole, away.code, { mend });
  return new ToolError(whole, known, { mend });
};
