/** The page says of each role what the gate lets it do. */
import { expect, it } from 'vitest';
import { mayUse } from '../../../tools/core/gate.ts';
import { permissions as all } from '../../../tools/core/permissions.ts';
import { knownOf, permissions, permissionsOf } from './permissions.ts';

it.each(['owner', 'adult', 'child', 'guest'] as const)('agrees with the gate on %s', (role) => {
  expect(permissions).toEqual(all);
  const allowed = all.filter((permission) => mayUse({ role }, permission));
  expect([...permissionsOf(role)].toSorted()).toEqual(allowed.toSorted());
});

it('leaves out what another Butler kept', () => {
  expect(knownOf(['mail', 'teleport', 'home'])).toEqual(['home', 'mail']);
});
