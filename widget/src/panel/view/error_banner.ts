import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { RequestError } from '../client';
import type { State } from '../conversation';

/** Explains a failed request in a sentence, counts down to the next retry, and offers one at once. */
export class ErrorBanner {
  readonly element = h('div', { class: 'error-banner', hidden: true });
  readonly #texts: PanelTexts;
  readonly #sentence = h('p', { role: 'alert' });
  readonly #again = h('span', { class: 'again' });
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(texts: PanelTexts, retry: () => void) {
    this.#texts = texts;
    this.element.append(this.#sentence, h('div', { class: 'error-row' }, this.#again, button({ class: 'quiet' }, retry, texts.retry)));
  }

  show({ error, retryAt }: Pick<State, 'error' | 'retryAt'>): void {
    clearInterval(this.#ticking);
    this.element.hidden = error === null;
    const sentence = error ? sentenceFor(error, this.#texts) : '';
    if (this.#sentence.textContent !== sentence) this.#sentence.textContent = sentence;
    this.#again.textContent = '';
    if (!error || retryAt === null) return;
    const tick = (): void => {
      const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
      this.#again.textContent = seconds > 0 ? this.#texts.retryIn(seconds) : '';
    };
    tick();
    this.#ticking = setInterval(tick, 1000);
  }
}

function sentenceFor({ status }: RequestError, texts: PanelTexts): string {
  if (status === 0) return navigator.onLine ? texts.unreachable : texts.offline;
  if (status === 429) return texts.slow;
  return status === 503 ? texts.unready : texts.broken;
}
