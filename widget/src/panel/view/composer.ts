import { button, h, isComposing } from '../../dom';
import type { PanelTexts } from '../../texts';
import { sendIcon } from './icons';

const LONGEST = 1000;
const COUNT_FROM = 900;

/** The field with its button. Enter sends, Shift and Enter begin a new line. */
export class Composer {
  readonly element: HTMLElement;
  readonly #texts: PanelTexts;
  readonly #say: (text: string) => void;
  readonly #field: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #count = h('p', { class: 'count', role: 'status' });

  constructor(texts: PanelTexts, say: (text: string) => void) {
    this.#texts = texts;
    this.#say = say;
    this.#field = makeField(texts);
    this.#send = button({ class: 'send', 'aria-label': texts.send, title: texts.send }, () => {
      this.#submit();
    }, sendIcon());
    this.element = h('div', { class: 'composer' }, this.#field, this.#send, this.#count);
    this.#listen();
    this.#changed();
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  get #text(): string {
    return this.#field.value.trim();
  }

  #listen(): void {
    this.#field.addEventListener('input', () => {
      this.#changed();
    });
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
      event.preventDefault();
      this.#submit();
    });
    // lines break elsewhere on a turned phone
    addEventListener('resize', () => {
      this.#fit();
    });
  }

  #submit(): void {
    const text = this.#text;
    if (text && text.length <= LONGEST) {
      this.#field.value = '';
      this.#changed();
      this.#say(text);
    }
    this.focus();
  }

  #changed(): void {
    const { length } = this.#text;
    const isTooLong = length > LONGEST;
    this.#send.setAttribute('aria-disabled', String(length === 0 || isTooLong));
    this.#field.setAttribute('aria-invalid', String(isTooLong));
    this.#count.classList.toggle('over', isTooLong);
    this.#count.textContent = this.#countLine(length);
    this.#fit();
  }

  #countLine(length: number): string {
    if (length > LONGEST) return this.#texts.tooLong(length - LONGEST);
    return length >= COUNT_FROM ? this.#texts.left(LONGEST - length) : '';
  }

  /** As high as its text; the style sheet sets the limits. */
  #fit(): void {
    const { style } = this.#field;
    style.height = '';
    if (this.#field.scrollHeight > this.#field.clientHeight) style.height = `${this.#field.scrollHeight}px`;
  }
}

function makeField(texts: PanelTexts): HTMLTextAreaElement {
  return h('textarea', {
    class: 'field',
    rows: '1',
    'aria-label': texts.field,
    placeholder: texts.placeholder,
    enterkeyhint: 'send',
    spellcheck: 'true',
    dir: 'auto',
  });
}
