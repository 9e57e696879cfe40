import { button, h } from '../../dom';
import type { Settings } from '../../settings';
import type { PanelTexts } from '../../texts';
import type { AnswerButton, AssistantMessage, Timeline } from '../contract';
import type { AssistantItem, Item, UserItem } from '../chat_items';
import { careCard } from './care_card';
import { dateForm, type Picked } from './date_form';
import { feedbackBar } from './feedback_bar';
import { differIcon } from './icons';
import { richText } from './rich_text';
import { sourcesView } from './sources_view';
import { timelineCard } from './timeline_card';

const RATED = new Set(['answered', 'not_covered']);

/** What a message can lead to. */
export interface Actions {
  pick(picked: Picked): void;
  press(item: AssistantItem, title: string, payload: string): void;
  rate(item: AssistantItem, helpful: boolean, comment: string): Promise<void>;
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
  if (item.kind === 'user') return userView(item, setting.texts);
  if (item.kind === 'assistant') return assistantView(item, setting);
  return { element: h('p', { class: 'note' }, setting.texts.newSession), update: () => undefined };
}

function userView(item: UserItem, texts: PanelTexts): MessageView {
  const state = h('p', { class: 'state-line' });
  const element = h('article', { class: 'said user' }, name(texts.you), h('p', { class: 'words' }, item.text), state);
  const update = (next: Item): void => {
    if (next.kind !== 'user') return;
    element.dataset.state = next.state;
    state.textContent = stateLine(next, texts);
  };
  update(item);
  return { element, update };
}

function stateLine({ state, reason }: UserItem, texts: PanelTexts): string {
  if (state === 'away') return texts.waiting;
  if (state === 'busy') return texts.waitingBusy;
  return state === 'refused' ? `${texts.refused} ${reason ?? ''}` : '';
}

function assistantView(item: AssistantItem, setting: Setting): MessageView {
  const { message } = item;
  const element = h('article', { class: 'said assistant' }, name(setting.texts.assistant), ...contentOf(item, setting));
  const offer = message.buttons?.length ? buttonGroup(item, message.buttons, setting) : null;
  if (offer) element.append(offer);
  const ask = element.querySelector<HTMLElement>(':scope > .date-form');
  const update = (next: Item): void => {
    if (next.kind !== 'assistant') return;
    if (offer) useUp(offer, next.used);
    if (ask) ask.hidden = !next.isLatest; // the answer stands below it
  };
  update(item);
  return { element, update };
}

function name(who: string): HTMLElement {
  return h('span', { class: 'aside' }, `${who}: `);
}

function contentOf(item: AssistantItem, setting: Setting): (HTMLElement | null)[] {
  const { message } = item;
  const { texts, settings } = setting;
  const { outcome, disagreement, sources } = message.metadata;
  const words =
    outcome === 'urgent' ? [careCard(message, settings.phone, texts)] : [...(disagreement ? [differMark(texts)] : []), textOf(message)];
  return [
    ...words,
    customOf(message, setting),
    h(
      'div',
      { class: 'foot' },
      sources?.length ? sourcesView(sources, texts) : null,
      RATED.has(outcome ?? '') && item.id
        ? feedbackBar(texts, message.helpful ?? null, (helpful, comment) => setting.actions.rate(item, helpful, comment))
        : null,
    ),
  ];
}

function textOf({ text, metadata, custom }: AssistantMessage): HTMLElement {
  const shown = custom?.type === 'timeline' ? aroundList(text) : text;
  return h('div', { class: metadata.disagreement ? 'text sides' : 'text' }, ...richText(shown, metadata.phones));
}

/** The first and the last paragraph: between them a timeline's text says what its card shows. */
function aroundList(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => !/^(\*\*|- )/.test(paragraph));
  return [...new Set([paragraphs[0] ?? '', paragraphs.at(-1) ?? ''])].join('\n\n');
}

function differMark(texts: PanelTexts): HTMLElement {
  return h('p', { class: 'differ', role: 'note' }, differIcon(), texts.differ);
}

function customOf({ custom, metadata }: AssistantMessage, { settings, texts, actions }: Setting): HTMLElement | null {
  const pick = (picked: Picked): void => {
    actions.pick(picked);
  };
  if (custom?.type === 'ask_date') return dateForm(texts, pick);
  if (custom?.type !== 'timeline') return null;
  const { language, server } = settings;
  return timelineCard(custom as Timeline, { texts, language, server, pick, phones: metadata.phones ?? [] });
}

function buttonGroup(item: AssistantItem, buttons: AnswerButton[], { texts, actions }: Setting): HTMLElement {
  const isQuestion = item.message.metadata.outcome === 'clarify';
  const label = isQuestion ? texts.didYouMean : texts.related;
  const choices = buttons.map(({ title, payload }) =>
    button({ class: 'choice' }, () => {
      actions.press(item, title, payload);
    }, title),
  );
  return h('div', { class: isQuestion ? 'choices question' : 'choices', role: 'group', 'aria-label': label }, ...choices);
}

/** After a press: the pressed one is marked, none can be pressed again. */
function useUp(offer: HTMLElement, used: string | null): void {
  for (const choice of offer.querySelectorAll<HTMLButtonElement>('.choice')) {
    choice.disabled = used !== null;
    if (used !== null && choice.textContent === used) choice.setAttribute('aria-pressed', 'true');
    else choice.removeAttribute('aria-pressed');
  }
}
