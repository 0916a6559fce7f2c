// The mapping to Anthropic, case by case; each result must also pass the fake's rules.
import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { anthropicMistake } from '../../tests/fakes/anthropic-rules.ts';
import { toAnthropic } from './anthropic-messages.ts';
import { joinPrefix, STABLE_END, splitPrefix } from './prefix.ts';

type Role = 'system' | 'user' | 'assistant';
const say = (role: Role, content: string) => llm.ChatMessage.create({ role, content: [content] });
const call = (callId: string, args = '{}') =>
  llm.FunctionCall.create({ callId, name: 'tool', args });
const result = (callId: string, output = 'ok', isError = false) =>
  llm.FunctionCallOutput.create({ callId, output, isError });

/** Messages in short: `user:text(Hi)`, cache marks as `*`. */
function outline(items: llm.ChatItem[]): string[] {
  const { messages, system, usedTools } = toAnthropic(items);
  const tools = usedTools.map((name) => ({ name, input_schema: { type: 'object' } }));
  const body = { model: 'm', max_tokens: 1, messages, system, ...(tools.length > 0 && { tools }) };
  expect(anthropicMistake(JSON.parse(JSON.stringify(body)))).toBeUndefined();
  const short = (block: (typeof messages)[0]['content'][0]) => {
    const mark = 'cache_control' in block && block.cache_control ? '*' : '';
    if (block.type === 'text') return `text(${block.text})${mark}`;
    if (block.type === 'tool_use') return `use(${block.id})${mark}`;
    if (block.type === 'tool_result') return `result(${block.tool_use_id})${mark}`;
    return block.type;
  };
  return messages.map(({ role, content }) => `${role}: ${content.map(short).join(' ')}`);
}

describe('messages', () => {
  it.each<[string, llm.ChatItem[], string[]]>([
    ['one question', [say('user', 'Hi')], ['user: text(Hi)*']],
    [
      'roles that repeat are merged',
      [
        say('user', 'Hi'),
        say('user', 'again'),
        say('assistant', 'Yes'),
        say('assistant', 'sir'),
        say('user', 'ok'),
      ],
      ['user: text(Hi) text(again)', 'assistant: text(Yes) text(sir)', 'user: text(ok)*'],
    ],
    ['empty texts are dropped', [say('user', '  '), say('user', 'Hi')], ['user: text(Hi)*']],
    [
      'a greeting of Butler comes first',
      [say('assistant', 'Good morning'), say('user', 'Hi')],
      [
        'user: text((The conversation begins.))',
        'assistant: text(Good morning)',
        'user: text(Hi)*',
      ],
    ],
    ['nobody has spoken', [say('system', 'Rules')], ['user: text((The conversation begins.))*']],
    [
      'Butler is asked to go on',
      [say('user', 'Hi'), say('assistant', 'Yes')],
      ['user: text(Hi)', 'assistant: text(Yes)', 'user: text((Go on.))*'],
    ],
    [
      'parallel calls are one message each way',
      [say('user', 'Hi'), call('a'), call('b'), result('b'), result('a')],
      ['user: text(Hi)', 'assistant: use(a) use(b)', 'user: result(a) result(b)*'],
    ],
    [
      'text before a call stays before it',
      [say('user', 'Hi'), say('assistant', 'One moment.'), call('a'), result('a')],
      ['user: text(Hi)', 'assistant: text(One moment.) use(a)', 'user: result(a)*'],
    ],
    [
      'results come before what was said meanwhile',
      [say('user', 'Hi'), call('a'), say('user', 'Hurry'), result('a')],
      ['user: text(Hi)', 'assistant: use(a)', 'user: result(a) text(Hurry)*'],
    ],
    [
      'a late result is moved to its call',
      [
        say('user', 'Hi'),
        call('a'),
        say('user', 'And?'),
        say('assistant', 'Soon'),
        result('a'),
        say('user', 'ok'),
      ],
      [
        'user: text(Hi)',
        'assistant: use(a)',
        'user: result(a) text(And?)',
        'assistant: text(Soon)',
        'user: text(ok)*',
      ],
    ],
    [
      'unpaired calls and results are dropped',
      [say('user', 'Hi'), call('a'), result('b'), say('user', 'So?')],
      ['user: text(Hi) text(So?)*'],
    ],
    [
      'one of two calls has no result',
      [say('user', 'Hi'), call('a'), call('b'), result('b')],
      ['user: text(Hi)', 'assistant: use(b)', 'user: result(b)*'],
    ],
    [
      'calls one after the other stay apart',
      [say('user', 'Hi'), call('a'), result('a'), call('b'), result('b')],
      [
        'user: text(Hi)',
        'assistant: use(a)',
        'user: result(a)',
        'assistant: use(b)',
        'user: result(b)*',
      ],
    ],
    [
      'a call that the history holds twice is sent once',
      [say('user', 'Hi'), call('a'), result('a'), call('a'), result('a'), say('user', 'ok')],
      ['user: text(Hi)', 'assistant: use(a)', 'user: result(a) text(ok)*'],
    ],
    [
      'a note for this turn stands behind the mark',
      [say('system', 'Rules'), say('user', 'Hi'), say('system', 'It is noon.')],
      ['user: text(Hi)* text(<note-from-butler>\nIt is noon.\n</note-from-butler>)'],
    ],
    [
      'ids of other models',
      [say('user', 'Hi'), call('call.1/x'), result('call.1/x')],
      ['user: text(Hi)', 'assistant: use(call_1_x)', 'user: result(call_1_x)*'],
    ],
  ])('%s', (_name, items, expected) => {
    expect(outline(items)).toEqual(expected);
  });

  it('keeps arguments, marks errors, and survives arguments that are no object', () => {
    const items = [
      call('a', '{"x":1}'),
      call('b', 'not json'),
      result('a', 'no', true),
      result('b', ''),
    ];
    const [, assistant, user] = toAnthropic(items).messages;
    expect(assistant?.content).toMatchObject([{ input: { x: 1 } }, { input: {} }]);
    expect(user?.content[0]).toMatchObject({ content: 'no', is_error: true });
    expect(user?.content[1]).not.toHaveProperty('content');
  });

  it('keeps an interrupted answer as it was heard', () => {
    const cut = llm.ChatMessage.create({
      role: 'assistant',
      content: ['I will'],
      interrupted: true,
    });
    expect(outline([say('user', 'Hi'), cut, say('user', 'Stop')])[1]).toBe(
      'assistant: text(I will)',
    );
  });
});

describe('system text', () => {
  it('is split where the stable part ends, both parts marked', () => {
    const { system } = toAnthropic([say('system', `Rules${STABLE_END}Ada`), say('user', 'Hi')]);
    expect(system.map(({ text, cache_control }) => [text, cache_control?.type])).toEqual([
      ['Rules', 'ephemeral'],
      ['Ada', 'ephemeral'],
    ]);
  });

  it.each([
    ['Rules', ['Rules']],
    [`${STABLE_END}Ada`, ['Ada']],
    [`Rules${STABLE_END}`, ['Rules']],
    [`A${STABLE_END}B${STABLE_END}C`, ['A', 'B\n\nC']],
    ['', []],
  ])('%j', (text, parts) => {
    expect(splitPrefix(text)).toEqual(parts);
    expect(joinPrefix(text)).toBe(parts.join('\n\n'));
  });
});
