/** Questions that are asked anew when the house says that something happened. */
import type { RouteKey } from '../api/ask.ts';
import { useAskAgain } from '../app/questions.ts';
import { type HouseEvent, type HouseTopic, useHouseLine } from '../chat/house-line.ts';

interface Told {
  topic: HouseTopic;
  /** Of the topic's events those that count here. */
  types: readonly HouseEvent['type'][];
}

/** Also when the line was lost and is back: what happened meanwhile nobody has said. */
export function useAskedAgainOn({ topic, types }: Told, keys: readonly RouteKey[]): void {
  const askAgain = useAskAgain();
  const again = () => void askAgain(...keys);
  useHouseLine([topic], ({ type }) => types.includes(type) && again(), { onBack: again });
}
