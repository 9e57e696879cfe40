import { h } from '../../dom';
import type { Phone } from '../contract';
import { blocksOf, type Block, type Span } from '../text';

/** An answer's text as paragraphs and lists; `phones` become links that call. */
export function richText(text: string, phones: Phone[] = []): HTMLElement[] {
  return blocksOf(text, phones).map(blockElement);
}

function blockElement(block: Block): HTMLElement {
  if (block.kind === 'list') return h('ul', { role: 'list' }, ...block.items.map((item) => h('li', {}, ...spans(item))));
  const paragraph = h('p');
  block.lines.forEach((line, i) => {
    if (i > 0) paragraph.append(h('br'));
    paragraph.append(...spans(line));
  });
  return paragraph;
}

function spans(line: Span[]): (Node | string)[] {
  return line.map((span) => {
    const content = span.href ? link(span.href, span.text) : span.text;
    return span.bold ? h('strong', {}, content) : content;
  });
}

/** A link; what leaves the page opens beside it and learns nothing of it. */
export function link(href: string, ...content: (Node | string)[]): HTMLAnchorElement {
  const leaves = /^https?:/.test(href);
  return h('a', { href, rel: 'noopener noreferrer', target: leaves ? '_blank' : null }, ...content);
}
