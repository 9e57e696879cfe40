import { beforeEach, describe, expect, it } from 'vitest';
import { panelTexts } from '../src/texts/en';
import { Composer } from '../src/panel/view/composer';

describe('the composer', () => {
  let said: string[];
  let composer: Composer;
  let field: HTMLTextAreaElement;

  beforeEach(() => {
    said = [];
    composer = new Composer(panelTexts, (text) => said.push(text));
    document.body.replaceChildren(composer.element);
    field = find('textarea') as HTMLTextAreaElement;
  });

  function find(selector: string): HTMLElement {
    const found = composer.element.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  function type(text: string): void {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }

  /** Presses Enter; tells whether the field may make a new line of it. */
  function enter(init: KeyboardEventInit = {}): boolean {
    return field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init }));
  }

  it('sends what was typed, without what surrounds it, and is empty again', () => {
    type('  Does it hurt?\n');
    expect(enter()).toBe(false);
    expect(said).toEqual(['Does it hurt?']);
    expect(field.value).toBe('');
  });

  it('keeps the lines of a message', () => {
    type('Does it hurt?\n\nAnd for how long?');
    find('button').click();
    expect(said).toEqual(['Does it hurt?\n\nAnd for how long?']);
  });

  it.each<[string, KeyboardEventInit]>([
    ['with Shift', { shiftKey: true }],
    ['while a word is composed', { isComposing: true }],
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it
    ['that an input method takes', { keyCode: 229 }],
  ])('leaves Enter %s to the field', (_, init) => {
    type('Does it hurt?');
    expect(enter(init)).toBe(true);
    expect(said).toEqual([]);
  });

  it.each([
    [899, ''],
    [900, '100 characters left'],
    [999, '1 character left'],
    [1000, '0 characters left'],
    [1001, '1 too many. A message has at most 1,000 characters.'],
  ])('says at %d characters: "%s"', (length, line) => {
    type('x'.repeat(length));
    expect(find('.count').textContent).toBe(line);
  });

  it.each(['', ' \n ', 'x'.repeat(1001)])('sends no message that is empty or too long', (text) => {
    type(text);
    expect(find('button').getAttribute('aria-disabled')).toBe('true');
    find('button').click();
    expect(said).toEqual([]);
    expect(field.value).toBe(text);
  });
});
