/** Names of voices in files of souls: those that Kokoro has, and those that earlier files use. */

/** The 54 voices of Kokoro 82M 1.0, by language and sex as their first two letters tell. */
export const knownVoices: readonly string[] = Object.entries({
  af: 'alloy aoede bella heart jessica kore nicole nova river sarah sky',
  am: 'adam echo eric fenrir liam michael onyx puck santa',
  bf: 'alice emma isabella lily',
  bm: 'daniel fable george lewis',
  ef: 'dora',
  em: 'alex santa',
  ff: 'siwis',
  hf: 'alpha beta',
  hm: 'omega psi',
  if: 'sara',
  im: 'nicola',
  jf: 'alpha gongitsune nezumi tebukuro',
  jm: 'kumo',
  pf: 'dora',
  pm: 'alex santa',
  zf: 'xiaobei xiaoni xiaoxiao xiaoyi',
  zm: 'yunjian yunxi yunxia yunyang',
}).flatMap(([kind, names]) => names.split(' ').map((name) => `${kind}_${name}`));
const kokoroVoices: ReadonlySet<string> = new Set(knownVoices);

const numbered: Record<string, readonly string[]> = {
  male: ['am_michael', 'am_fenrir', 'am_puck', 'bm_george'],
  female: ['af_heart', 'af_bella', 'af_nicole', 'bf_emma'],
};

/** The voice that a file means; `known` is false for one that Kokoro may not have. */
export const voiceOfFile = (name: string): { voice: string; known: boolean } => {
  const [, sex = '', number = ''] = /^kokoro_(male|female)_(\d+)$/.exec(name) ?? [];
  const meant = numbered[sex]?.[Number(number) - 1];
  return { voice: meant ?? name, known: meant !== undefined || kokoroVoices.has(name) };
};
