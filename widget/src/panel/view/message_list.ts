import { h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { Item } from '../chat_items';
import { messageView, type MessageView, type Setting } from './message_view';

const NEAR = 80; // px from the end that still count as the end

/** Keeps the list on the screen the same as the items, and what the reader looks at in sight. */
export class MessageList {
  readonly element: HTMLElement;
  readonly #setting: Setting;
  readonly #views = new Map<string, MessageView>();
  readonly #after: HTMLElement;
  #shown: string[] = [];

  /** `before` stands above the first message, `after` below the last. */
  constructor(setting: Setting, before: HTMLElement, after: HTMLElement) {
    this.#setting = setting;
    this.#after = after;
    this.element = log(setting.texts, before, after);
  }

  /** Takes the focus, so that keys scroll it. */
  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  show(items: Item[]): void {
    const keys = items.map((item) => item.key);
    const goesOn = this.#shown.every((key, i) => key === keys[i]);
    const wasAtEnd = this.#isAtEnd();
    const isFirst = this.#shown.length === 0;
    const fresh = items.slice(goesOn ? this.#shown.length : 0);
    if (!goesOn) this.#empty(keys);
    for (const item of items) this.#views.get(item.key)?.update(item);
    for (const item of fresh) this.#add(item);
    this.#shown = keys;
    if (fresh.length > 0) this.#scrollTo(fresh, isFirst || !goesOn, wasAtEnd);
  }

  #add(item: Item): void {
    const view = this.#views.get(item.key) ?? messageView(item, this.#setting);
    this.#views.set(item.key, view);
    this.#after.before(view.element);
  }

  /** Takes all messages off the screen, and forgets those that are not among the keys. */
  #empty(keys: string[]): void {
    const wanted = new Set(keys);
    for (const [key, view] of this.#views) {
      view.element.remove();
      if (!wanted.has(key)) this.#views.delete(key);
    }
  }

  #isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** A question goes to the end; an answer begins in sight, below the question that it answers. */
  #scrollTo(fresh: Item[], toEnd: boolean, wasAtEnd: boolean): void {
    const first = fresh[0];
    const last = fresh.at(-1);
    // later, when what stands below the messages has its height too
    setTimeout(() => {
      if (!first || toEnd || last?.kind === 'user') this.element.scrollTop = this.element.scrollHeight;
      else if (wasAtEnd) this.#views.get(`u:${first.kind === 'assistant' ? first.id : ''}`)?.element.scrollIntoView({ block: 'start' });
    });
  }
}

/** A region of its own for screen readers; it says nothing by itself, the announcer says each answer once. */
function log(texts: PanelTexts, ...content: HTMLElement[]): HTMLElement {
  return h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': texts.conversation, tabindex: '0' }, ...content);
}

/** The dots while the assistant writes; a screen reader hears it from the announcer. */
export function typingDots(): HTMLElement {
  return h('div', { class: 'typing', 'aria-hidden': 'true', hidden: true }, h('i'), h('i'), h('i'));
}
