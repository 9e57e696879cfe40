import { h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { AssistantMessage } from '../contract';
import { blocksOf, type Span } from '../text';

/** Says to a screen reader what is new, each thing once; the list itself stays silent. */
export class Announcer {
  readonly element = h('div', { class: 'aside', role: 'status', 'aria-live': 'polite', 'aria-atomic': 'false' });
  readonly #texts: PanelTexts;

  constructor(texts: PanelTexts) {
    this.#texts = texts;
  }

  say(words: string): void {
    this.element.replaceChildren(h('p', {}, words));
  }

  answers(messages: AssistantMessage[]): void {
    const count = messages.length > 1 ? [this.#texts.answers(messages.length)] : [];
    const words = [...count, ...messages.flatMap((message) => this.#wordsOf(message))];
    this.element.replaceChildren(...words.map((line) => h('p', {}, line)));
  }

  silence(): void {
    this.element.replaceChildren();
  }

  #wordsOf({ text, metadata, buttons }: AssistantMessage): string[] {
    const references = { sources: metadata.sources?.length ?? 0 };
    const words = blocksOf(text, references).flatMap((block) => (block.kind === 'list' ? block.items : block.lines).map(plain));
    const texts = this.#texts;
    if (metadata.outcome === 'urgent') words.unshift(metadata.alarm === 'emergency' ? texts.emergency : texts.urgent);
    if (metadata.disagreement) words.unshift(texts.differ);
    if (buttons?.length) words.push(texts.offered(buttons.map(({ title }) => title).join(', ')));
    return words;
  }
}

function plain(line: Span[]): string {
  return line.map(({ text }) => text).join('');
}
