/** Which words take back what was done, by what, and which only sound like it. */
import { describe, expect, it } from 'vitest';
import { choose } from './taking-back/choose.ts';
import type { DoneDeed } from './taking-back/done.ts';
import { meantBy, takesBack } from './taking-back.ts';

describe('takesBack', () => {
  it.each([
    ['Undo that.', 'en'],
    ['Please undo it', 'en'],
    ['Undo!', 'en'],
    ['Take that back, please.', 'en'],
    ['undo the last one', 'en'],
    ['Mach das rückgängig.', 'de'],
    ['Bitte mach es wieder rückgängig', 'de'],
    ['Nimm das zurück', 'de-AT'],
  ])('the last: %s (%s)', (text, language) => {
    expect(takesBack(text, language)).toEqual({ which: 'last' });
  });

  it.each([
    ['Undo the timer', 'en', 'the timer'],
    ['Take back the shopping list', 'en', 'the shopping list'],
    ['take the shopping list back please', 'en', 'the shopping list'],
    ['No, put the lamp back like it was before', 'en', 'the lamp'],
    ['make the lights like before', 'en', 'the lights'],
    ['Nein, mach die Lampe wieder wie vorher', 'de', 'die lampe'],
    ['Stell die Heizung wieder so wie sie war', 'de', 'die heizung'],
    ['mach den Timer bitte rückgängig', 'de', 'den timer'],
    ['Kannst du die Einkaufsliste zurücknehmen?', 'de', 'die einkaufsliste'],
  ])('by name: %s (%s) → %s', (text, language, what) => {
    expect(takesBack(text, language)).toMatchObject({ which: 'named', what });
  });

  it.each([
    ['undo both', 'en', { which: 'several', count: 2 }],
    ['take both back', 'en', { which: 'several', count: 2 }],
    ['undo the last three things', 'en', { which: 'several', count: 3 }],
    ['mach beides rückgängig', 'de', { which: 'several', count: 2 }],
    ['die letzten zwei rückgängig machen', 'de', { which: 'several', count: 2 }],
    ['undo everything', 'en', { which: 'all' }],
    ['undo all of that', 'en', { which: 'all' }],
    ['mach alles rückgängig', 'de', { which: 'all' }],
    ['and the one before', 'en', { which: 'before' }],
    ['und das davor auch', 'de', { which: 'before' }],
  ])('more than the last: %s (%s)', (text, language, request) => {
    expect(takesBack(text, language)).toEqual(request);
  });

  it.each([
    ['Take the books back to the library', 'en'],
    ['Can you undo that?', 'de'],
    ['put the milk on the list', 'en'],
    ['what was before that', 'en'],
    ['I want my money back', 'en'],
    // It may have been an answer that was not meant: the mind looks closer.
    ["Oh no, I didn't mean that.", 'en'],
    ['Nein, das war nicht so gemeint', 'de'],
    ['Mach die Lampe wieder an', 'de'],
    ['Wie war das davor', 'de'],
    ['', 'en'],
  ])('not %s (%s)', (text, language) => {
    expect(takesBack(text, language)).toBeUndefined();
  });

  it('is not sure of a question, nor of what is put back in general', () => {
    const shirt = takesBack('Undo the top button of the shirt?', 'en');
    expect(shirt).toMatchObject({ which: 'named', plain: false });
    expect(takesBack('put the kettle back', 'en')).toMatchObject({ plain: false });
    expect(takesBack('undo the kettle', 'en')).toMatchObject({ plain: true });
  });

  it('reads what a mind names', () => {
    expect(meantBy(undefined, 'en')).toEqual({ which: 'last' });
    expect(meantBy('the last thing', 'en')).toEqual({ which: 'last' });
    expect(meantBy('both', 'en')).toEqual({ which: 'several', count: 2 });
    expect(meantBy('undo the timer', 'en')).toMatchObject({ which: 'named', what: 'the timer' });
    expect(meantBy('the timer', 'en')).toMatchObject({ which: 'named', what: 'the timer' });
    expect(meantBy('beides', 'de')).toEqual({ which: 'several', count: 2 });
  });
});

describe('choose', () => {
  const deed = (tool: string, say: string, more: Partial<DoneDeed> = {}): DoneDeed => ({
    id: say,
    ...{ tool, input: {}, outcome: { ok: true, say, effect: 'write' }, undo: undefined },
    ...{ personId: 'ada', conversation: {}, turn: say, said: '', atMs: 0, takenBack: false },
    ...more,
  });
  const lamp = deed('home_turn', 'The kitchen lamp is on.', { turn: 'both' });
  const timer = deed('clock_set_timer', 'Timer set for ten minutes.', { turn: 'both' });
  const list = deed('lists_add', 'Milch steht auf der Einkaufsliste.', { said: 'Milch dazu' });
  const done = [timer, list, lamp];
  const named = (what: string) => choose({ which: 'named', what, plain: true }, done);

  it.each([
    ['the timer', timer],
    ['the kitchen lamps', lamp],
    ['die Liste', list],
    ['the kitchin', lamp],
    ['die Milch', list],
  ])('finds %s', (what, meant) => {
    expect(named(what)).toEqual({ deeds: [meant] });
  });

  it('finds nothing else, and by an idle word nothing at all', () => {
    expect(named('the dishwasher')).toEqual({ none: 'unknown' });
    expect(named('the thing')).toEqual({ none: 'unknown' });
    expect(choose({ which: 'last' }, [])).toEqual({ none: 'nothing' });
  });

  it('takes all of one utterance, and passes over what is taken back', () => {
    expect(choose({ which: 'all' }, done)).toEqual({ deeds: [timer, lamp] });
    const taken = deed('lists_add', 'Bread is on the list.', { takenBack: true });
    expect(choose({ which: 'last' }, [taken, lamp])).toEqual({ none: 'already', deed: taken });
    expect(choose({ which: 'before' }, [taken, lamp])).toEqual({ deeds: [lamp] });
    expect(choose({ which: 'several', count: 2 }, [taken, timer, lamp])).toEqual({
      deeds: [timer, lamp],
    });
  });
});
