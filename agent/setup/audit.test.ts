// What stops a check: a licence that binds, a hole that is grave, and not a registry that is mute.
import { expect, it } from 'vitest';
import { judged } from './audit.ts';
import { foreignLicences, isAllowed } from './licences.ts';

it.each([
  ['MIT', true],
  ['AGPL-3.0-only', false],
  ['GPL-3.0', false],
  ['(MIT OR GPL-3.0)', true],
  ['(Apache-2.0 AND BSD-3-Clause)', true],
  ['Apache-2.0 AND LicenseRef-Own', false],
  ['(MIT OR EUPL-1.1+)', true],
  ['(MIT AND GPL-2.0) OR SSPL-1.0', false],
  ['((MIT OR X) AND ISC)', true],
  ['UNLICENSED', false],
  ['', false],
])('%s may be shipped: %s', (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed);
});

it('names what must not be shipped, and leaves the tools alone', () => {
  const packages = {
    '': { license: 'UNLICENSED' },
    'node_modules/good': { license: 'MIT' },
    'node_modules/@a/bad': { license: 'AGPL-3.0' },
    'node_modules/good/node_modules/mute': {},
    'node_modules/tool': { license: 'GPL-3.0', dev: true },
  };
  expect(foreignLicences(packages)).toEqual(['@a/bad: AGPL-3.0', 'mute: names no licence']);
});

const hole = (severity: string) =>
  JSON.stringify({
    vulnerabilities: {
      left: { severity, range: '<2', via: [{ title: 'Reads too far' }] },
      right: { severity, range: '*', via: ['left'] },
    },
  });

it.each(['high', 'critical'])('stops for a hole that is %s, and says which', (severity) => {
  const { passed, says } = judged(hole(severity));
  expect(passed).toBe(false);
  expect(says).toContain(`${severity}  left <2: Reads too far`);
  expect(says).toContain('right *: by way of left');
});

it('tells of lesser ones', () => {
  expect(judged(hole('moderate'))).toMatchObject({ passed: true });
  expect(judged(hole('moderate')).says).toContain('moderate  left');
  expect(judged('{"vulnerabilities":{}}')).toEqual({ passed: true, says: '' });
});

it.each(['', 'not json', '{"statusCode":405,"error":{}}'])(
  'says so where nobody answers: %j',
  (output) => {
    const says = 'Not asked: this registry answers no audits.';
    expect(judged(output)).toEqual({ passed: true, says });
  },
);
