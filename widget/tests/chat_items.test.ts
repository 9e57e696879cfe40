import { describe, expect, it } from 'vitest';
import type { Said } from '../src/panel/contract';
import { itemsOf, withPauses, withUse, withWaiting, type Item, type Waiting } from '../src/panel/chat_items';

const at = '2026-01-01T00:00:00Z';
const asked = (id: string, text: string): Said => ({ role: 'user', at, id, text });
const told = (text: string, ...titles: string[]): Said => ({
  role: 'assistant',
  at,
  text,
  buttons: titles.map((title) => ({ title, payload: `/${title}` })),
  metadata: {},
});
const used = (items: Item[]): (string | null)[] =>
  items.flatMap((item) => (item.kind === 'assistant' ? [item.used] : []));
const waiting = (id: string, more: Partial<Waiting> = {}): Waiting => ({ id, text: id, timezone: 'UTC', ...more });

describe('a history', () => {
  it('counts the messages of each answer from 0', () => {
    const items = itemsOf([asked('1', 'a'), told('b'), told('c'), asked('2', 'd'), told('e')], 's');
    expect(items.map(({ key }) => key)).toEqual(['u:1', 'a:1:0', 'a:1:1', 'u:2', 'a:2:0']);
  });

  it('may begin with the assistant', () => {
    expect(itemsOf([told('hello')], 's')[0]?.key).toBe('a::0');
  });
});

describe('buttons', () => {
  it('are used when a message with their title followed', () => {
    const items = itemsOf([asked('1', 'x'), told('which?', 'A', 'B'), asked('2', 'B'), told('b')], 's');
    expect(used(withUse(items))).toEqual(['B', null]);
  });

  it('stay when something else was asked', () => {
    const items = itemsOf([told('which?', 'A', 'B'), asked('2', 'and C?'), told('c')], 's');
    expect(used(withUse(items))).toEqual([null, null]);
  });

  it('count for the last offer only', () => {
    const items = itemsOf([told('1', 'A'), told('2', 'A'), asked('3', 'A')], 's');
    expect(used(withUse(items))).toEqual([null, 'A']);
  });

  it('count for the offer whose button was pressed', () => {
    const history = [asked('1', 'x'), told('1', 'A'), asked('2', 'y'), told('2', 'A'), asked('3', 'A'), asked('4', 'A')];
    expect(used(withUse(itemsOf(history, 's'), { 3: 'a:1:0' }))).toEqual(['A', 'A']);
    expect(used(withUse(itemsOf(history.slice(0, 5), 's'), { 3: 'a:1:0' }))).toEqual(['A', null]);
    expect(used(withUse(itemsOf(history.slice(0, 5), 's'), { 3: 'gone' }))).toEqual([null, 'A']);
  });

  it('of a check are over when it has gone on to the next question', () => {
    const check = (about: string): Said => ({ ...told(about), buttons: [{ title: 'Yes', payload: `/check_reply{"check_reply": {"about": "${about}", "act": "yes"}}` }] } as Said);
    const items = withUse(itemsOf([check('acne'), asked('2', 'no'), check('infection'), told('aside', 'A')], 's'));
    expect(items.flatMap((item) => (item.kind === 'assistant' ? [item.isOver] : []))).toEqual([true, false, false]);
  });

  it('are free again when the press was refused', () => {
    const items = withWaiting(itemsOf([told('1', 'A')], 's'), [waiting('A', { refused: 'no' })], null);
    expect(used(withUse(items))).toEqual([null]);
  });
});

describe('what waits', () => {
  it('stands at the end, and says so when it is held up', () => {
    const said = itemsOf([asked('1', 'x'), told('y')], 's');
    expect(withWaiting(said, [waiting('2')], 'away').at(-1)).toMatchObject({ id: '2', state: 'away' });
    expect(withWaiting(said, [waiting('2')], null).at(-1)).toMatchObject({ id: '2', state: 'sending' });
  });

  it('is not shown twice when the server has it already', () => {
    expect(withWaiting(itemsOf([asked('1', 'x')], 's'), [waiting('1')], null)).toHaveLength(1);
  });

  it('and was refused stays where it was when the conversation goes on', () => {
    const said = itemsOf([asked('1', 'x'), told('y'), asked('3', 'z')], 's');
    const refused = waiting('2', { refused: 'no', below: 'a:1:0' });
    expect(withWaiting(said, [refused], null).map(({ key }) => key)).toEqual(['u:1', 'a:1:0', 'u:2', 'u:3']);
  });
});

describe('the time of day', () => {
  const said = (...times: string[]): Item[] => itemsOf(times.map((at, i) => ({ ...asked(String(i), 'x'), at: `2026-11-30T${at}Z` })), 's');
  const shown = (now: string, ...times: string[]): boolean[] =>
    withPauses(said(...times), Date.parse(`2026-11-30T${now}Z`)).map((item) => item.kind === 'user' && item.isLater);

  it('is shown when somebody comes back to a conversation, not while they talk', () => {
    expect(shown('12:01', '12:00', '12:01')).toEqual([false, false]);
    expect(shown('15:00', '12:00', '12:01', '14:30')).toEqual([true, false, true]);
  });
});
