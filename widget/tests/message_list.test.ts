import { beforeEach, describe, expect, it } from 'vitest';
import { userItem, type Item } from '../src/panel/chat_items';
import { MessageList } from '../src/panel/view/message_list';
import type { Setting } from '../src/panel/view/message_view';
import { panelTexts } from '../src/texts/en';

const settings = { heading: null, greeting: null, suggestions: null, phone: null, language: 'en', server: 'https://bot.example' };
const setting = { settings, texts: panelTexts, actions: {} } as Setting;
const asked = (key: string): Item => ({ ...userItem({ id: key, text: key }, 'sent'), key });

describe('the list of messages', () => {
  let list: MessageList;

  beforeEach(() => {
    const [before, after] = ['p', 'hr'].map((tag) => document.createElement(tag)) as [HTMLElement, HTMLElement];
    list = new MessageList(setting, before, after);
  });

  const shown = (): string[] => [...list.element.querySelectorAll('.words')].map(({ textContent }) => textContent);
  const keptElement = (): Element | undefined => list.element.querySelectorAll('article')[0];

  it('is a log with a name that says nothing by itself', () => {
    const names = ['role', 'aria-label', 'aria-live', 'tabindex'];
    expect(names.map((name) => list.element.getAttribute(name))).toEqual(['log', 'Conversation', 'off', '0']);
  });

  it('puts new messages between what stands above and what stands below', () => {
    list.show([asked('a')]);
    list.show([asked('a'), asked('b')]);
    expect([...list.element.children].map(({ localName }) => localName)).toEqual(['p', 'article', 'article', 'hr']);
    expect(shown()).toEqual(['a', 'b']);
  });

  it('keeps the element of a message that goes on', () => {
    list.show([asked('a')]);
    const element = keptElement();
    list.show([asked('a'), asked('b')]);
    expect(keptElement()).toBe(element);
  });

  it('follows when the order changes or messages go', () => {
    list.show([asked('a'), asked('b'), asked('c')]);
    list.show([asked('c'), asked('a')]);
    expect(shown()).toEqual(['c', 'a']);
    list.show([]);
    expect(shown()).toEqual([]);
  });
});
