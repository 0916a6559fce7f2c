/** Who may use a tool: for now the caller's role and how sure we are; every call passes here. */
import { type AnyTool, roles, type ToolCaller } from './define.ts';

export type Verdict =
  | { verdict: 'run' }
  | { verdict: 'ask'; question: string }
  | { verdict: 'refuse'; why: string };

export interface GateFacts {
  caller: ToolCaller;
  /** Full name of the tool. */
  name: string;
  input: Readonly<Record<string, unknown>>;
  /** BCP 47 language of the answer. */
  language: string;
}

export type Judge = (tool: AnyTool, facts: GateFacts) => Verdict;

/** Below this, a speaker counts as unsure. */
const sureFrom = 0.8;

const refusals = {
  en: {
    role: 'That is not for you to do here. Ask the owner of the house.',
    unsure: 'I am not sure who is speaking, so I leave that alone. Use your own device.',
    confirm: 'I would need a confirmation for that, and I cannot take one yet. I left it alone.',
  },
  de: {
    role: 'Das darfst du hier nicht. Frag die Person, der das Haus gehört.',
    unsure: 'Ich weiß nicht sicher, wer spricht, also lasse ich das. Nimm dein eigenes Gerät.',
    confirm: 'Dafür brauche ich eine Bestätigung, und die kann ich noch nicht einholen.',
  },
};

/** Least role, and nothing that wants a confirmation: a "yes" cannot be taken here. */
export const judgeByRole: Judge = (tool, { caller, language }) => {
  const why = language.toLowerCase().startsWith('de') ? refusals.de : refusals.en;
  if (roles.indexOf(caller.role) < roles.indexOf(tool.role ?? 'guest')) {
    return { verdict: 'refuse', why: why.role };
  }
  const confirmed = tool.confirm === 'never' || tool.confirm === 'if-unsure';
  if (!confirmed || tool.effect === 'danger') return { verdict: 'refuse', why: why.confirm };
  if (tool.confirm === 'if-unsure' && caller.sure < sureFrom) {
    return { verdict: 'refuse', why: why.unsure };
  }
  return { verdict: 'run' };
};
