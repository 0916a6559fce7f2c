/** How the house and its services are, as tools may know it. */

export interface PartState {
  /** As `/health` calls it, or an integration's name. */
  name: string;
  kind: 'part' | 'integration';
  state: 'ready' | 'starting' | 'failed';
  /** In this state since then. */
  since: Date;
  /** It has failed often enough to count as down. */
  down: boolean;
}

export interface PastIncident {
  part: string;
  openedAt: Date;
  /** Null while it lasts. */
  closedAt: Date | null;
}

export interface HealthPort {
  /** As it was when each was last asked; empty where nothing was asked yet. */
  parts(): readonly PartState[];
  /** Those that were open at `from` or opened later, within the last week; oldest first. */
  incidentsSince(from: Date): readonly PastIncident[];
}
