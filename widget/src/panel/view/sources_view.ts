import { h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { Source } from '../contract';
import { bookIcon } from './icons';

/** The sources of an answer, folded: by number where the answer cites them, else a line for each article. */
export function sourcesView(sources: Source[], texts: PanelTexts, isCited = false): HTMLDetailsElement {
  const list = isCited ? numbered(sources) : byArticle(sources);
  const summary = h('summary', {}, bookIcon(), h('bdi', {}, texts.sources(list.children.length)));
  return h('details', { class: 'sources' }, summary, list);
}

/** Opens the list at the source of that number, from 1. */
export function showSource(view: HTMLDetailsElement, place: number): void {
  view.open = true;
  const entry = view.querySelectorAll('li')[place - 1];
  entry?.focus({ preventScroll: true });
  entry?.scrollIntoView({ block: 'nearest' });
}

function numbered(sources: Source[]): HTMLElement {
  const entries = sources.map(({ name, title, section, extract }, i) => {
    const shown = name ?? title;
    const more = [name === undefined || name === title ? '' : title, section].filter(Boolean).map((line) => part('section', line));
    const number = h('span', { class: 'number', 'aria-hidden': 'true' }, String(i + 1));
    return h('li', { tabindex: '-1' }, number, h('cite', {}, shown), extract ? part('extract', extract) : null, ...more);
  });
  return h('ol', { role: 'list' }, ...entries);
}

function byArticle(sources: Source[]): HTMLElement {
  const articles = new Map<string, Set<string>>();
  for (const { title, section } of sources) {
    const sections = articles.get(title) ?? new Set<string>();
    if (section) sections.add(section);
    articles.set(title, sections);
  }
  const entries = [...articles].map(([title, sections]) =>
    h('li', {}, h('cite', {}, title), ...[...sections].map((section) => part('section', section))),
  );
  return h('ul', { role: 'list' }, ...entries);
}

function part(name: string, words: string | undefined): HTMLElement {
  return h('span', { class: name }, words);
}
