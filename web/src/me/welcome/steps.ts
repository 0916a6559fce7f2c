/** The first steps, one after the other; the address tells which one it is. */

export const steps = ['you', 'manner', 'voice', 'talk', 'accounts', 'done'] as const;
export type Step = (typeof steps)[number];

/** @param search the query of the address; without a step that exists it is the first. */
export function stepOf(search: string): Step {
  const wanted = new URLSearchParams(search).get('step');
  return steps.find((step) => step === wanted) ?? steps[0];
}

export const addressOf = (step: Step): string => `/welcome?step=${step}`;

/** Undefined at either end. */
export function besides(step: Step): { before: Step | undefined; after: Step | undefined } {
  const at = steps.indexOf(step);
  return { before: steps[at - 1], after: steps[at + 1] };
}
