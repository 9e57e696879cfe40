import { h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { fineSince, isOfAnotherDay } from '../as_of';
import type { AssistantItem } from '../chat_items';
import type { AssistantMessage, Metadata } from '../contract';
import { phoneHref, spansOf } from '../text';
import { callWords } from './care_card';
import { DateRangeFormatter } from './date_range_formatter';
import { calendarIcon, differIcon, phoneIcon } from './icons';
import { citation, link, richText, type Reading } from './rich_text';

/** What is known beyond the short answer. */
export function detailsView(details: string, reading: Reading): HTMLElement {
  return h('details', { class: 'more' }, h('summary', {}, reading.texts.details), h('div', { class: 'text' }, ...richText(details, reading)));
}

/** The mark that the sources differ; with the positions, they are shown on demand. */
export function differView({ positions = [] }: Metadata, reading: Reading): HTMLElement {
  const { texts } = reading;
  if (positions.length === 0) return h('p', { class: 'differ', role: 'note' }, differIcon(), texts.differ);
  const sides = positions.map(({ text, sources = [] }) => {
    const [side = h('p'), ...rest] = richText(text, reading);
    if (!side.querySelector('.cite')) side.append(...sources.map((place) => citation(place, texts)));
    return h('li', {}, side, ...rest);
  });
  return h('details', { class: 'positions' }, h('summary', { class: 'differ' }, differIcon(), texts.sourcesDiffer), h('ul', { role: 'list' }, ...sides));
}

/** What time has changed since the answer was given. */
export function sinceThen({ metadata }: AssistantMessage, texts: PanelTexts, language: string, now: number): string {
  const since = fineSince(metadata, now);
  return since ? texts.fineSince(new DateRangeFormatter(language, '', new Date(now)).from(since)) : '';
}

/** The small lines below an answer: what it rests on, and which day it is for. */
export function contextLines({ message, at }: AssistantItem, texts: PanelTexts, language: string, now: number): HTMLElement[] {
  const { metadata, custom } = message;
  const dates = new DateRangeFormatter(language, '', new Date(now));
  const isDated = metadata.treatment ?? metadata.verdict ?? custom?.type === 'timeline';
  const then = isDated && isOfAnotherDay(at, now) ? texts.asOf(dates.from(at)) : '';
  const label = metadata.treatment?.label ?? '';
  const day = message.text.includes(label) ? '' : label; // most answers end with it
  const lines = [basisLine(metadata, texts), [then, day].filter(Boolean).join(': ')];
  return lines.filter(Boolean).map((line) => h('p', { class: 'context' }, line));
}

function basisLine({ basis }: Metadata, texts: PanelTexts): string {
  if (basis === 'safety') return texts.basisSafety;
  return basis === 'clinic' ? texts.basisClinic : '';
}

/** The buttons to reach a person: the clinic's phone and the place to book, where they are known. */
export function contactRow({ text, metadata }: AssistantMessage, phone: string | null, texts: PanelTexts): HTMLElement | null {
  const number = phone ?? metadata.phones?.find(({ kind }) => kind === 'clinic')?.text;
  const place = spansOf(text).find(({ href }) => href?.startsWith('http'))?.href;
  const call = number ? contact(phoneHref(number), phoneIcon(), callWords(number, text, texts)) : null;
  const book = place ? contact(place, calendarIcon(), texts.book) : null;
  return call || book ? h('p', { class: 'actions' }, call, book) : null;
}

function contact(href: string, icon: SVGSVGElement, words: string): HTMLElement {
  const anchor = link(href, icon, words);
  anchor.className = 'primary';
  return anchor;
}
