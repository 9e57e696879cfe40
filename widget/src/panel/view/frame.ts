import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { closeIcon, markIcon } from './icons';

const PHONE = matchMedia('(max-width: 599.98px), (max-height: 479.98px)');

/** The dialog around the conversation: modal and as large as the screen on phones, beside the page elsewhere. */
export class Frame {
  readonly dialog: HTMLDialogElement;
  readonly head: HTMLElement;
  readonly body = h('div', { class: 'body' });
  readonly #closed: () => void;
  #scrolling = '';
  #isModal = false;

  constructor(heading: string, texts: PanelTexts, tools: HTMLElement[], closed: () => void) {
    this.#closed = closed;
    const close = button({ class: 'bare', 'aria-label': texts.close, title: texts.close }, () => {
      this.close();
    }, closeIcon());
    const mark = h('span', { class: 'mark' }, markIcon());
    const titles = h('div', { class: 'titles' }, h('h2', { id: 'heading' }, heading), h('p', {}, texts.notice));
    this.head = h('div', { class: 'head' }, mark, titles, ...tools, close);
    this.dialog = h('dialog', { class: 'panel', 'aria-labelledby': 'heading' }, this.head, this.body);
    this.#listen();
  }

  get isPhone(): boolean {
    return PHONE.matches;
  }

  open(): void {
    if (this.dialog.open) return;
    this.#isModal = PHONE.matches;
    if (this.#isModal) this.#openModal();
    else this.dialog.setAttribute('open', ''); // show() would take the focus, also where nobody pressed anything
    this.#fit();
  }

  close(): void {
    if (this.dialog.open) this.dialog.close();
  }

  #openModal(): void {
    const page = document.documentElement.style;
    this.#scrolling = page.overflow;
    page.overflow = 'hidden';
    this.dialog.showModal();
  }

  #listen(): void {
    this.dialog.addEventListener('close', () => {
      if (this.#isModal) document.documentElement.style.overflow = this.#scrolling;
      this.#isModal = false;
      this.#closed();
    });
    this.dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      event.preventDefault();
      this.close();
    });
    PHONE.addEventListener('change', () => {
      this.#change();
    });
    visualViewport?.addEventListener('resize', () => {
      this.#fit();
    });
    visualViewport?.addEventListener('scroll', () => {
      this.#fit();
    });
  }

  /** A turned phone, or a window made small. */
  #change(): void {
    if (!this.dialog.open || this.#isModal === PHONE.matches) return;
    const focused = deepestFocus();
    if (this.#isModal) document.documentElement.style.overflow = this.#scrolling;
    // close() tells its listeners later: they see the dialog open again
    this.dialog.addEventListener('close', (event) => { event.stopImmediatePropagation(); }, { capture: true, once: true });
    this.dialog.close();
    this.open();
    focused?.focus();
  }

  /** The part of the screen that the keyboard leaves. */
  #fit(): void {
    const view = visualViewport;
    if (!view || !this.#isModal) {
      this.dialog.style.removeProperty('--seen');
      this.dialog.style.removeProperty('--seen-from');
      return;
    }
    this.dialog.style.setProperty('--seen', `${view.height}px`);
    this.dialog.style.setProperty('--seen-from', `${view.offsetTop}px`);
  }
}

/** The focused element, inside shadow roots too. */
export function deepestFocus(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}
