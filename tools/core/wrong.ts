/** What is said, and told to the mind, when a call cannot be carried out. */
import type { z } from 'zod';
import { slotKind } from './slots.ts';

const sentences = {
  en: {
    unknownTool: 'I cannot do that. Ask me what I can do.',
    wrongArguments: 'I did not get all of that. Please say it again with the details.',
    timedOut: 'That took too long, so I stopped waiting. Please try again in a moment.',
    aborted: 'I stopped that.',
    failed: 'That did not work, something went wrong on my side. Please try again.',
    timedOutUnclear: 'That took too long. I do not know whether it happened; please check.',
    failedUnclear: 'Something went wrong on the way. I do not know whether it happened.',
    couldNotCheck: 'I asked for it, but I could not check whether it happened.',
    nothingChanged: (names: string) =>
      `I asked for it, but it did not happen${names && `: ${names}`}.`,
    untouched: 'I could not find out what that would touch, so I left it alone. Try again.',
    partly: (names: string) => `That worked only in part. Not as you wanted: ${names}.`,
    asking: (whom: string) => `One moment, I am asking ${whom}.`,
    onIt: "I'm on it; I'll tell you when it is done.",
    resting: (whom: string, seconds: number) =>
      `${whom} does not answer, so I leave it alone. Ask me again in ${seconds} seconds.`,
    tooOften: (seconds: number) =>
      `That was asked very often just now. Ask me again in ${seconds} seconds.`,
  },
  de: {
    unknownTool: 'Das kann ich nicht. Frag mich, was ich kann.',
    wrongArguments: 'Das habe ich nicht ganz verstanden. Bitte sag es noch einmal genauer.',
    timedOut: 'Das hat zu lange gedauert, ich warte nicht länger. Versuch es gleich noch einmal.',
    aborted: 'Ich habe das abgebrochen.',
    failed: 'Das hat nicht geklappt, bei mir ist etwas schiefgegangen. Versuch es noch einmal.',
    timedOutUnclear: 'Das hat zu lange gedauert. Ob es geschehen ist, weiß ich nicht; sieh nach.',
    failedUnclear: 'Unterwegs ist etwas schiefgegangen. Ob es geschehen ist, weiß ich nicht.',
    couldNotCheck: 'Ich habe darum gebeten, konnte aber nicht prüfen, ob es geschehen ist.',
    nothingChanged: (names: string) =>
      `Ich habe darum gebeten, aber es ist nicht geschehen${names && `: ${names}`}.`,
    untouched: 'Ich konnte nicht herausfinden, was das bewirkt, und habe es gelassen.',
    partly: (names: string) => `Das ging nur zum Teil. Nicht wie gewünscht: ${names}.`,
    asking: (whom: string) => `Moment, ich frage ${whom}.`,
    onIt: 'Ich bin dran und sage Bescheid, wenn es fertig ist.',
    resting: (whom: string, seconds: number) =>
      `${whom} antwortet nicht. Versuch es in ${seconds} Sekunden noch einmal.`,
    tooOften: (seconds: number) =>
      `Das wurde eben sehr oft verlangt. Versuch es in ${seconds} Sekunden noch einmal.`,
  },
};

/** @param language BCP 47. */
export const runSentences = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;

/** Is this the sentence that bridges a slow tool, whomever it names? */
export const isAsking = (text: string, language: string): boolean => {
  const [before = '', after = ''] = runSentences(language).asking('\n').split('\n');
  return text.startsWith(before) && text.endsWith(after);
};

const fieldHint = (name: string, schema: z.ZodType): string => {
  const kind = slotKind(schema);
  const optional = schema.safeParse(undefined).success ? ', optional' : '';
  const type =
    kind === undefined
      ? ''
      : kind.kind === 'choice'
        ? `one of ${kind.options.join(', ')}`
        : ({ number: 'a number', integer: 'a whole number', duration: 'whole seconds' }[
            kind.kind as 'number'
          ] ?? (kind.kind === 'time' ? 'HH:MM' : 'text'));
  return `${name} (${type}${optional})`;
};

/** One line for the mind: each mistake, then what the input looks like. */
export const describeIssues = (tool: string, input: z.ZodObject, error: z.ZodError): string => {
  const mistakes = error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    .join('; ');
  const fields = Object.entries(input.shape).map(([name, schema]) =>
    fieldHint(name, schema as z.ZodType),
  );
  const right = fields.length > 0 ? `It takes ${fields.join(', ')}.` : 'It takes no arguments.';
  return `Wrong arguments for ${tool}: ${mistakes}. ${right} Correct them and call it again.`;
};
