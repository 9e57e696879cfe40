import { h } from '../../dom';
import type { Settings } from '../../settings';
import type { PanelTexts } from '../../texts';
import type { AssistantItem, Item, UserItem } from '../chat_items';
import type { AssistantMessage, Timeline } from '../contract';
import { contactRow, contextLines, detailsView, differView, sinceThen } from './answer_parts';
import { answerTools } from './answer_tools';
import { careCard } from './care_card';
import { choicesView, kindOf } from './choices_view';
import type { Picked } from './date_form';
import { DateRangeFormatter } from './date_range_formatter';
import { feedbackBar } from './feedback_bar';
import { dateFormView, timelineView } from './loaded_view';
import { richText, type Reading } from './rich_text';
import { showSource, sourcesView } from './sources_view';

const RATED = new Set(['answered', 'not_covered']);

/** What a message can lead to. */
export interface Actions {
  pick(picked: Picked): void;
  press(item: AssistantItem, title: string, payload: string): void;
  rate(item: AssistantItem, helpful: boolean, comment: string): Promise<void>;
  print(message: HTMLElement): void;
}

export interface Setting {
  settings: Settings;
  texts: PanelTexts;
  actions: Actions;
}

/** One item of the conversation on the screen. */
export interface MessageView {
  element: HTMLElement;
  /** Shows what has changed since. */
  update(item: Item): void;
}

export function messageView(item: Item, setting: Setting): MessageView {
  if (item.kind === 'user') return userView(item, setting);
  if (item.kind === 'assistant') return assistantView(item, setting);
  return { element: h('p', { class: 'note' }, setting.texts.newSession), update: () => undefined };
}

function userView(item: UserItem, { texts, settings }: Setting): MessageView {
  const time = h('p', { class: 'time' });
  const state = h('p', { class: 'state-line' });
  const element = h('article', { class: 'said user' }, name(texts.you), time, h('p', { class: 'words' }, item.text), state);
  const update = (next: Item): void => {
    if (next.kind !== 'user') return;
    element.dataset.state = next.state;
    state.textContent = stateLine(next, texts);
    time.textContent = next.isLater ? new DateRangeFormatter(settings.language, '').from(next.at) : '';
  };
  update(item);
  return { element, update };
}

function stateLine({ state, reason, isPress }: UserItem, texts: PanelTexts): string {
  if (state === 'away') return texts.waiting;
  if (state === 'busy') return texts.waitingBusy;
  if (state !== 'refused') return '';
  return isPress ? texts.noLongerFits : `${texts.refused} ${reason ?? ''}`;
}

function name(who: string): HTMLElement {
  return h('span', { class: 'aside' }, `${who}: `);
}

function assistantView(item: AssistantItem, setting: Setting): MessageView {
  const { message } = item;
  const { texts, settings, actions } = setting;
  let current = item;
  const card = customView(message, setting);
  const context = h('div');
  const since = h('p', { class: 'fine-since', role: 'note' });
  const offer = message.buttons?.length
    ? choicesView(item, message.buttons, texts, (title, payload) => {
        actions.press(current, title, payload);
      })
    : null;
  const [before, after] = wordsOf(item, setting);
  const element = h('article', { class: 'said assistant' }, name(texts.assistant), since, ...before, card.element, context);
  const sources = sourcesOf(item, setting);
  element.append(foot(item, setting, sources, element), ...(offer ? [offer.element] : []), ...after);
  element.addEventListener('cite', (event) => {
    if (sources) showSource(sources, (event as CustomEvent<number>).detail);
  });
  const update = (next: Item): void => {
    if (next.kind !== 'assistant') return;
    current = next;
    element.toggleAttribute('data-ended', !next.session);
    offer?.update(next);
    card.update(next);
    since.textContent = sinceThen(message, texts, settings.language, Date.now());
    since.hidden = since.textContent === '';
    context.replaceChildren(...contextLines(next, texts, settings.language, Date.now()));
  };
  update(item);
  return { element, update };
}

/** What stands above the buttons, and what stands below them: nothing comes between a question and its choices. */
function wordsOf(item: AssistantItem, setting: Setting): [HTMLElement[], HTMLElement[]] {
  const { message } = item;
  const { metadata } = message;
  const { texts, settings } = setting;
  if (metadata.outcome === 'urgent') return [[careCard(message, settings.phone, texts)], []];
  const reading = readingOf(message, texts);
  const [first = '', ...rest] = message.text.split(/\n\s*\n/);
  if (kindOf(item) === 'question' && message.buttons?.length) {
    return [[h('div', { class: 'text' }, ...richText(first, reading))], rest.length > 0 ? [h('div', { class: 'text hint' }, ...richText(rest.join('\n\n'), reading))] : []];
  }
  const parts = [
    metadata.disagreement && !metadata.positions?.length ? differView(metadata, reading) : null,
    textOf(message, reading),
    metadata.details ? detailsView(metadata.details, reading) : null,
    metadata.positions?.length ? differView(metadata, reading) : null,
    metadata.outcome === 'handoff' ? contactRow(message, settings.phone, texts) : null,
  ];
  return [parts.filter((part) => part !== null), []];
}

function readingOf({ metadata }: AssistantMessage, texts: PanelTexts): Reading {
  return { texts, phones: metadata.phones ?? [], sources: metadata.sources?.length ?? 0 };
}

function textOf({ text, metadata, custom }: AssistantMessage, reading: Reading): HTMLElement {
  const shown = custom?.type === 'timeline' ? aroundList(text) : text;
  const hasSides = metadata.disagreement && !metadata.positions?.length;
  return h('div', { class: hasSides ? 'text sides' : 'text' }, ...richText(shown, reading));
}

/** The first and the last paragraph: between them a timeline's text says what its card shows. */
function aroundList(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => !/^(\*\*|- )/.test(paragraph));
  return [...new Set([paragraphs[0] ?? '', paragraphs.at(-1) ?? ''])].join('\n\n');
}

interface CustomView {
  element: HTMLElement | null;
  update(item: AssistantItem): void;
}

/** A form or a card; without its card, a timeline is told in words. */
function customView(message: AssistantMessage, { settings, texts, actions }: Setting): CustomView {
  const pick = (picked: Picked): void => {
    actions.pick(picked);
  };
  if (message.custom?.type === 'ask_date') {
    const { element } = dateFormView(texts, pick);
    return { element, update: ({ isLatest }) => { element.hidden = !isLatest; } }; // the answer stands below it
  }
  if (message.custom?.type !== 'timeline') return { element: null, update: () => undefined };
  const reading = readingOf(message, texts);
  const { language, server } = settings;
  const view = timelineView(message.custom as Timeline, { reading, language, server, pick }, () => {
    view.element.replaceChildren(h('div', { class: 'text' }, ...richText(message.text, reading)));
  });
  return view;
}

function sourcesOf({ message }: AssistantItem, { texts }: Setting): HTMLDetailsElement | null {
  const { sources = [], outcome, details = '' } = message.metadata;
  if (sources.length === 0 || outcome === 'urgent' || outcome === 'clarify') return null;
  const isCited = /\[\d{1,2}\]/.test(message.text + details) || sources.some(({ name: own, extract }) => own ?? extract);
  return sourcesView(sources, texts, isCited);
}

function foot(item: AssistantItem, { texts, actions }: Setting, sources: HTMLElement | null, element: HTMLElement): HTMLElement {
  const { message } = item;
  const row = h('div', { class: 'foot' }, sources);
  if (!RATED.has(message.metadata.outcome ?? '')) return row;
  row.append(answerTools(message, texts, () => { actions.print(element); }));
  if (item.id) row.append(feedbackBar(texts, message.helpful ?? null, (helpful, comment) => actions.rate(item, helpful, comment)));
  return row;
}
