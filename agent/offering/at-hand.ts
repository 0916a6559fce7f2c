/** Which tools are declared to the mind as they are: a choice that never changes. Pure. */
import { roles } from '../../tools/core/define.ts';
import { mayUse } from '../../tools/core/gate.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import type { Caller } from '../caller.ts';
import { schemaOf, tokensIn } from './schema.ts';

type Who = Pick<Caller, 'role' | 'permissions'>;

/** Could the gate ever let this person's call through? Others are not even spoken of. */
export const couldUse = (tool: LoadedTool, { role, permissions }: Who): boolean => {
  if (tool.hidden) return false;
  const least = tool.effect === 'danger' ? 'adult' : 'guest';
  const rank = roles.indexOf(role);
  if (rank < roles.indexOf(tool.role ?? 'guest') || rank < roles.indexOf(least)) return false;
  return tool.permission === undefined || mayUse({ role, permissions }, tool.permission);
};

/**
 * What people ask for most, first: integrations, and the tools of each that are chosen before the
 * rest of any, so that a large one does not push all others off the list. The room that is left is
 * filled in the same order.
 */
const places = [
  [
    'home-assistant',
    'turn level adjust state which measure move lock start media temperature colour',
  ],
  ['clock', 'time date set_timer timers cancel_timer change_timer'],
  ['memory', 'remember_fact recall_facts get_recent_conversations update_soul forget_fact'],
  ['lists', 'add read done remove'],
  ['calendar', 'events next free trips'],
  ['weather', 'now forecast trip'],
  ['location', 'where home'],
  ['notes', 'find add'],
  ['mail', 'search unread read'],
  ['files', 'find read'],
].map(([integration = '', tools = '']) => ({ integration, sure: tools.split(' ') }));
/** Of an integration that is not named there, the first that it declares. */
const sureOfOthers = 1;

/** Tokens for all tools at hand; with rules and the two that are always there, 6,000 in all. */
const atHandTokensMax = 4_700;

const placeOf = (integration: string): number => {
  const at = places.findIndex((place) => place.integration === integration);
  return at < 0 ? places.length : at;
};

const inOrder = (tools: readonly LoadedTool[]): LoadedTool[] =>
  // Within an integration as it declares them: the most useful first.
  tools.toSorted((left, right) => {
    const byPlace = placeOf(left.integration) - placeOf(right.integration);
    if (byPlace !== 0 || left.integration === right.integration) return byPlace;
    return left.integration < right.integration ? -1 : 1;
  });

export const declarationOf = (tool: LoadedTool) => ({
  name: tool.name,
  description: tool.about,
  parameters: schemaOf(tool),
});

/**
 * Depends on the tools of the house, the role and the permissions alone. Tools that a service names
 * itself are never at hand: they come and go, and their descriptions are words from outside.
 */
export const chooseAtHand = (
  tools: Iterable<LoadedTool>,
  who: Who,
  tokensMax = atHandTokensMax,
): LoadedTool[] => {
  const own = inOrder([...tools].filter((tool) => !tool.discovered && couldUse(tool, who)));
  const counts = new Map<string, number>();
  const isSure = ({ name, integration }: LoadedTool): boolean => {
    const count = counts.get(integration) ?? 0;
    counts.set(integration, count + 1);
    const place = places[placeOf(integration)];
    const own = integration.replaceAll('-', '_');
    const short = name.startsWith(`${own}_`) ? name.slice(own.length + 1) : name;
    return place ? place.sure.includes(short) : count < sureOfOthers;
  };
  const sure = own.filter(isSure);
  const chosen = new Set<LoadedTool>();
  let tokens = 0;
  for (const tool of [...sure, ...own.filter((one) => !sure.includes(one))]) {
    const more = tokensIn(declarationOf(tool));
    if (tokens + more > tokensMax) continue;
    tokens += more;
    chosen.add(tool);
  }
  return own.filter((tool) => chosen.has(tool));
};
