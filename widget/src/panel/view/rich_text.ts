import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { blocksOf, type Block, type References, type Span } from '../text';

/** What a text refers to, and the words for it. */
export interface Reading extends References {
  texts: PanelTexts;
}

/** An answer's text as paragraphs and lists, its numbers as links that call, its citations as buttons. */
export function richText(text: string, reading: Reading): HTMLElement[] {
  return blocksOf(text, reading).map((block) => blockElement(block, reading.texts));
}

function blockElement(block: Block, texts: PanelTexts): HTMLElement {
  if (block.kind === 'list') return h('ul', { role: 'list' }, ...block.items.map((item) => h('li', {}, ...spans(item, texts))));
  const paragraph = h('p');
  block.lines.forEach((line, i) => {
    if (i > 0) paragraph.append(h('br'));
    paragraph.append(...spans(line, texts));
  });
  return paragraph;
}

function spans(line: Span[], texts: PanelTexts): (Node | string)[] {
  return line.map((span) => {
    if (span.cite !== undefined) return citation(span.cite, texts);
    const content = span.href ? link(span.href, span.text) : span.text;
    return span.bold ? h('strong', {}, content) : content;
  });
}

/** A small number that leads to its source: the event is for whoever shows the sources. */
export function citation(place: number, texts: PanelTexts): HTMLElement {
  const cite = button({ class: 'cite', 'aria-label': texts.source(place) }, () => {
    cite.dispatchEvent(new CustomEvent<number>('cite', { bubbles: true, detail: place }));
  }, String(place));
  return h('sup', {}, cite);
}

/** A link; what leaves the page opens beside it and learns nothing of it. */
export function link(href: string, ...content: (Node | string)[]): HTMLAnchorElement {
  const leaves = /^https?:/.test(href);
  return h('a', { href, rel: 'noopener noreferrer', target: leaves ? '_blank' : null }, ...content);
}
