import { button, h, lift, lower } from '../../dom';
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
  #opened: HTMLDetailsElement[] = [];

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

  /** Modal again, after the element was off the page, which makes it an ordinary dialog. */
  resume(): void {
    if (!this.dialog.open || !this.#isModal) return;
    this.dialog.removeAttribute('open');
    this.dialog.showModal();
  }

  #openModal(): void {
    const page = document.documentElement.style;
    this.#scrolling = page.overflow;
    page.overflow = 'hidden';
    this.dialog.showModal();
  }

  #listen(): void {
    this.dialog.addEventListener('close', () => {
      if (this.dialog.open) return; // opened again in the meantime
      if (this.#isModal) document.documentElement.style.overflow = this.#scrolling;
      this.#isModal = false;
      this.#closed();
    });
    this.dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      event.preventDefault();
      if (!this.#closeMenu()) this.close();
    });
    // a phone's way back
    this.dialog.addEventListener('cancel', (event) => {
      if (this.#closeMenu()) event.preventDefault();
    });
    addEventListener('beforeprint', () => {
      if (this.dialog.open) this.#toPaper();
    });
    addEventListener('afterprint', () => {
      if (this.dialog.open) this.#toScreen();
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

  /** Closes the menu, if it is open. */
  #closeMenu(): boolean {
    const opener = this.head.querySelector<HTMLElement>('[aria-haspopup="menu"][aria-expanded="true"]');
    opener?.click();
    opener?.focus();
    return opener !== null;
  }

  /** What is above the page can't go over several sheets of paper, and what is folded isn't printed. */
  #toPaper(): void {
    if (this.#isModal) this.#reopen(() => {
      document.documentElement.style.overflow = this.#scrolling;
      this.dialog.setAttribute('open', '');
    });
    const layer = this.dialog.parentElement;
    if (layer) lower(layer);
    this.#opened = [...this.body.querySelectorAll('details:not([open])')] as HTMLDetailsElement[];
    for (const folded of this.#opened) folded.open = true;
  }

  #toScreen(): void {
    for (const folded of this.#opened) folded.open = false;
    const layer = this.dialog.parentElement;
    if (layer) lift(layer);
    if (this.#isModal) this.#reopen(() => {
      this.#openModal();
    });
  }

  /** Closes and opens it in another way, which is no news for its listeners. */
  #reopen(open: () => void): void {
    const focused = deepestFocus();
    this.dialog.close(); // listeners hear of it later: they see the dialog open again
    open();
    focused?.focus();
  }

  /** A turned phone, or a window made small. */
  #change(): void {
    if (!this.dialog.open || this.#isModal === PHONE.matches) return;
    if (this.#isModal) document.documentElement.style.overflow = this.#scrolling;
    this.#reopen(() => {
      this.open();
    });
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
