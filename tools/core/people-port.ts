/** Who lives here, as tools may know it. */
import type { Role } from './define.ts';

export interface Housemate {
  id: string;
  name: string;
  /** Null while they have no way to log in. */
  username: string | null;
  role: Role;
}

export interface PeoplePort {
  /** Oldest first, asked anew where this process may have missed a change. */
  all(): Promise<readonly Housemate[]>;
}
