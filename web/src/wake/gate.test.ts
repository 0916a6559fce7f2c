/** What opens the gate before the networks, and what does not. */
import { describe, expect, it } from 'vitest';
import { decibelsOf, Gate } from './gate.ts';

const seconds = (count: number): number => Math.round(count * 12.5);

/** Passes a level for so long; gives back in how many blocks the gate was open. */
const pass = (gate: Gate, decibels: number, blocks: number): number => {
  let open = 0;
  for (let at = 0; at < blocks; at++) if (gate.hears(decibels)) open++;
  return open;
};

describe('the gate', () => {
  it('never opens for silence', () => {
    const gate = new Gate();
    expect(pass(gate, -100, seconds(60))).toBe(0);
    expect(pass(gate, -80, seconds(60))).toBe(0);
  });

  it('closes once steady noise is known as such, however loud', () => {
    const gate = new Gate();
    pass(gate, -30, seconds(5));
    expect(pass(gate, -30, seconds(60))).toBe(0);
  });

  it('opens with the very block that is louder than the room, and stays open for the word', () => {
    const gate = new Gate();
    pass(gate, -50, seconds(20));
    expect(gate.hears(-44)).toBe(true);
    expect(pass(gate, -50, seconds(10))).toBe(24);
  });

  it('stays open while somebody speaks with pauses', () => {
    const gate = new Gate();
    pass(gate, -55, seconds(10));
    let open = 0;
    for (let word = 0; word < 60; word++) open += pass(gate, -30, 5) + pass(gate, -55, 3);
    expect(open).toBe(60 * 8);
  });

  it('opens again for speech in a room that became louder', () => {
    const gate = new Gate();
    pass(gate, -60, seconds(10));
    pass(gate, -40, seconds(10));
    expect(gate.hears(-40)).toBe(false);
    expect(gate.hears(-36)).toBe(true);
  });

  it('measures loudness against full scale', () => {
    expect(decibelsOf(new Int16Array(1_280))).toBeCloseTo(-100);
    expect(decibelsOf(new Int16Array(1_280).fill(-32_768))).toBeCloseTo(0);
    expect(decibelsOf(new Int16Array(1_280).fill(3_277))).toBeCloseTo(-20, 1);
    expect(decibelsOf(new Int16Array(0))).toBeCloseTo(-100);
  });
});
