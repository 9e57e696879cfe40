import { h } from '../../dom';
import type { Item } from '../chat_items';
import type { Surface } from './deep_chat';
import { messageView, type MessageView, type Setting } from './message_view';

const NEAR = 80; // px from the end that still count as the end

/** Keeps the list on the screen the same as the items, and what the reader looks at in sight. */
export class MessageList {
  readonly #surface: Surface;
  readonly #setting: Setting;
  readonly #views = new Map<string, MessageView>();
  readonly #after: HTMLElement;
  #shown: string[] = [];

  /** `before` stands above the first message, `after` below the last. */
  constructor(surface: Surface, setting: Setting, before: HTMLElement, after: HTMLElement) {
    this.#surface = surface;
    this.#setting = setting;
    this.#after = after;
    surface.log.prepend(before);
    surface.log.append(after);
  }

  get isEmpty(): boolean {
    return this.#shown.length === 0;
  }

  show(items: Item[]): void {
    const keys = items.map((item) => item.key);
    const goesOn = this.#shown.every((key, i) => key === keys[i]);
    const wasAtEnd = this.#isAtEnd();
    const isFirst = this.isEmpty;
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
    this.#surface.add(item.kind === 'user' ? 'user' : 'ai', view.element);
    if (this.#surface.log.lastElementChild !== this.#after) this.#surface.log.append(this.#after);
  }

  #empty(keys: string[]): void {
    const kept = new Set(keys);
    for (const key of this.#views.keys()) if (!kept.has(key)) this.#views.delete(key);
    this.#surface.clear();
  }

  #isAtEnd(): boolean {
    const { log } = this.#surface;
    return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  }

  /** A question goes to the end; an answer begins in sight, below the question that it answers. */
  #scrollTo(fresh: Item[], toEnd: boolean, wasAtEnd: boolean): void {
    const { log } = this.#surface;
    const first = fresh[0];
    const last = fresh.at(-1);
    setTimeout(() => {
      if (!first || toEnd || last?.kind === 'user') log.scrollTop = log.scrollHeight;
      else if (wasAtEnd) this.#views.get(`u:${first.kind === 'assistant' ? first.id : ''}`)?.element.scrollIntoView({ block: 'start' });
    });
  }
}

/** The dots while the assistant writes; a screen reader hears it from the announcer. */
export function typingDots(): HTMLElement {
  return h('div', { class: 'typing', 'aria-hidden': 'true', hidden: true }, h('i'), h('i'), h('i'));
}
