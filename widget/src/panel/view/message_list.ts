import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { Item } from '../chat_items';
import { messageView, type MessageView, type Setting } from './message_view';

const NEAR = 8; // px from the end that still count as the end
const PEEK = 32; // px of a message that make it seen

/** Keeps the list on the screen the same as the items, and what the reader looks at in sight. */
export class MessageList {
  readonly element: HTMLElement;
  /** Says that answers stand below what is in sight, and leads there. */
  readonly hint: HTMLElement;
  readonly #texts: PanelTexts;
  readonly #setting: Setting;
  readonly #views = new Map<string, MessageView>();
  readonly #after: HTMLElement;
  readonly #jump: HTMLButtonElement;
  #shown: string[] = [];
  #unseen = new Set<string>();
  #isPartlySeen = false;
  #isAtEnd = true;
  #top = 0;

  /** `before` stands above the first message, `after` below the last. */
  constructor(setting: Setting, before: HTMLElement, after: HTMLElement) {
    this.#setting = setting;
    this.#texts = setting.texts;
    this.#after = after;
    this.element = log(setting.texts, before, after);
    this.#jump = button({ class: 'jump' }, () => {
      this.#seeNext();
    });
    this.hint = h('div', { class: 'below', hidden: true }, this.#jump);
    this.#listen(after);
  }

  /** Takes the focus, so that keys scroll it. */
  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** Where it was scrolled to, after it was off the page. */
  resume(): void {
    this.element.scrollTop = this.#top;
  }

  show(items: Item[]): void {
    const keys = items.map((item) => item.key);
    const goesOn = this.#shown.every((key, i) => key === keys[i]);
    const isFirst = this.#shown.length === 0;
    const fresh = items.slice(goesOn ? this.#shown.length : 0);
    if (!goesOn) this.#empty(keys);
    for (const item of items) this.#views.get(item.key)?.update(item);
    for (const item of fresh) this.#add(item);
    this.#shown = keys;
    if (fresh.length > 0) this.#scrollTo(fresh, isFirst || !goesOn, this.#isAtEnd);
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

  #listen(after: HTMLElement): void {
    this.element.addEventListener('scroll', () => {
      if (this.element.isConnected) this.#look();
    }, { passive: true });
    // a keyboard that opens, a notice that appears below: who was at the end stays there
    const follow = new ResizeObserver(() => {
      if (this.#isAtEnd) this.#toEnd();
      this.#look();
    });
    follow.observe(this.element);
    follow.observe(after);
  }

  /** Remembers where the reader is, and which answers they have seen. */
  #look(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    if (clientHeight === 0) return; // closed, or off the page
    this.#top = scrollTop;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    const bottom = this.element.getBoundingClientRect().bottom - PEEK;
    for (const key of this.#unseen) {
      const view = this.#views.get(key);
      if (view && view.element.getBoundingClientRect().top > bottom) continue;
      this.#unseen.delete(key);
      this.#isPartlySeen = true;
    }
    this.#showHint();
  }

  #showHint(): void {
    const count = this.#unseen.size;
    this.hint.hidden = count === 0;
    this.#jump.textContent = this.#isPartlySeen ? this.#texts.moreBelow(count) : this.#texts.newBelow(count);
  }

  #seeNext(): void {
    const [next = ''] = this.#unseen;
    this.#views.get(next)?.element.scrollIntoView({ block: 'start' });
    this.focus();
  }

  #toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** A question goes to the end; an answer begins in sight, below the question that it answers. */
  #scrollTo(fresh: Item[], toEnd: boolean, wasAtEnd: boolean): void {
    const first = fresh[0];
    const last = fresh.at(-1);
    // later, when what stands below the messages has its height too
    setTimeout(() => {
      if (!first || toEnd || last?.kind === 'user') this.#toEnd();
      else if (wasAtEnd) this.#views.get(`u:${first.kind === 'assistant' ? first.id : ''}`)?.element.scrollIntoView({ block: 'start' });
      this.#unseen = new Set(toEnd ? [] : fresh.filter(({ kind }) => kind === 'assistant').map(({ key }) => key));
      this.#isPartlySeen = false;
      this.#look();
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
