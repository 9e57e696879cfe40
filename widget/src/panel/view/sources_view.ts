import { h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { Source } from '../contract';
import { bookIcon } from './icons';

/** The sources of an answer, folded: one line for each article, with its sections. */
export function sourcesView(sources: Source[], texts: PanelTexts): HTMLElement {
  const articles = new Map<string, Set<string>>();
  for (const { title, section } of sources) {
    const sections = articles.get(title) ?? new Set<string>();
    if (section) sections.add(section);
    articles.set(title, sections);
  }
  return h(
    'details',
    { class: 'sources' },
    h('summary', {}, bookIcon(), h('bdi', {}, texts.sources(articles.size))),
    h('ul', { role: 'list' }, ...[...articles].map(([title, sections]) => article(title, sections))),
  );
}

function article(title: string, sections: Set<string>): HTMLElement {
  const parts = [...sections].map((section) => h('span', { class: 'section' }, section));
  return h('li', {}, h('cite', {}, title), ...parts);
}
