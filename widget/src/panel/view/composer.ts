import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { Surface } from './deep_chat';
import { sendIcon } from './icons';

const LONGEST = 1000;
const COUNT_FROM = 900;

/** The field with its button. Sending is taken away from deep-chat, which could do one thing at a time only. */
export class Composer {
  readonly #surface: Surface;
  readonly #texts: PanelTexts;
  readonly #say: (text: string) => void;
  readonly #count = h('p', { class: 'count', role: 'status' });
  readonly #send: HTMLButtonElement;
  #composing = false;

  constructor(surface: Surface, texts: PanelTexts, say: (text: string) => void) {
    this.#surface = surface;
    this.#texts = texts;
    this.#say = say;
    this.#send = button({ class: 'send', 'aria-label': texts.send, title: texts.send }, () => {
      this.#submit();
    }, sendIcon());
    this.#dress();
    this.#listen();
    this.#grown();
  }

  focus(): void {
    this.#surface.field.focus({ preventScroll: true });
  }

  get text(): string {
    return this.#surface.field.innerText.replace(/\u00a0/g, ' ').trim();
  }

  #dress(): void {
    const { field, fieldRow } = this.#surface;
    for (const [name, value] of Object.entries({
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': this.#texts.field,
      'deep-chat-placeholder-text': this.#texts.placeholder,
      enterkeyhint: 'send',
      spellcheck: 'true',
      dir: 'auto',
      tabindex: '0',
    }))
      field.setAttribute(name, value);
    editAsText(field);
    fieldRow.append(this.#send, this.#count);
    for (const theirs of fieldRow.querySelectorAll('.input-button')) theirs.parentElement?.setAttribute('hidden', '');
  }

  #listen(): void {
    const { field, column } = this.#surface;
    field.addEventListener('compositionstart', () => (this.#composing = true));
    field.addEventListener('compositionend', () => (this.#composing = false));
    field.addEventListener('input', () => {
      this.#grown();
    });
    // before deep-chat hears of it
    column.addEventListener('keydown', (event) => {
      this.#keyed(event);
    }, { capture: true });
  }

  #keyed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.target !== this.#surface.field) return;
    event.stopImmediatePropagation();
    if (event.shiftKey || this.#composing || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.text;
    if (!text || text.length > LONGEST) {
      this.focus();
      return;
    }
    this.#surface.field.textContent = '';
    this.#grown();
    this.#say(text);
    this.focus();
  }

  #grown(): void {
    const { length } = this.text;
    if (length === 0 && this.#surface.field.childNodes.length > 0) this.#surface.field.replaceChildren(); // a stray line end hides the hint
    const isTooLong = length > LONGEST;
    this.#send.setAttribute('aria-disabled', String(length === 0 || isTooLong));
    this.#count.classList.toggle('over', isTooLong);
    this.#count.textContent = isTooLong ? this.#texts.tooLong(length - LONGEST) : length >= COUNT_FROM ? this.#texts.left(LONGEST - length) : '';
    this.#surface.field.setAttribute('aria-invalid', String(isTooLong));
  }
}

/** Nothing but text can be dropped or typed into it; older browsers leave that to deep-chat. */
function editAsText(field: HTMLElement): void {
  try {
    field.contentEditable = 'plaintext-only';
  } catch {
    field.addEventListener('drop', (event) => {
      event.preventDefault();
    });
  }
}
