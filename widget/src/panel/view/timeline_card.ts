import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { Phone, Step, Timeline } from '../contract';
import { safeHref } from '../text';
import { dateForm, type Picked } from './date_form';
import { calendarIcon, checkIcon } from './icons';
import { DateRangeFormatter } from './date_range_formatter';
import { link, richText } from './rich_text';

export interface TimelineSetting {
  texts: PanelTexts;
  language: string;
  server: string;
  pick: (picked: Picked) => void;
  /** The numbers of the details that can be called. */
  phones?: Phone[];
}

const ORDER = { past: 0, now: 1, upcoming: 2 };
const FOLDED = 2; // past steps that are shown at once; more than these are folded

/** The days around a treatment as a vertical picture, with the calendar file and a way to correct the date. */
export function timelineCard(timeline: Timeline, setting: TimelineSetting): HTMLElement {
  const { texts, phones = [] } = setting;
  const dates = new DateRangeFormatter(setting.language, timeline.timezone);
  const steps = [...timeline.steps].sort((one, other) => ORDER[one.state] - ORDER[other.state]);
  const views = steps.map((step, i) =>
    stepView(step, step.state !== steps[i - 1]?.state, dates, texts, howOf(step, phones)));
  const past = views.filter((_, i) => steps[i]?.state === 'past');
  return h(
    'div',
    { class: 'timeline' },
    past.length > FOLDED && earlier(past, texts),
    h('ol', { role: 'list', 'aria-label': texts.timeline }, ...views),
    actions(timeline, setting),
  );
}

/** The button that shows what is over. */
function earlier(past: HTMLElement[], texts: PanelTexts): HTMLElement {
  const show = (shown: boolean): void => {
    for (const step of past) step.hidden = !shown;
    opener.setAttribute('aria-expanded', String(shown));
  };
  const opener = button({ class: 'earlier' }, () => {
    show(opener.getAttribute('aria-expanded') === 'false');
  }, h('span', { class: 'dot', 'aria-hidden': 'true' }, checkIcon()), h('bdi', {}, texts.earlier(past.length)));
  show(false);
  return opener;
}

/** One step: when and what, and on request how and from where. The state is seen once, and heard with each. */
function stepView(step: Step, isFirst: boolean, dates: DateRangeFormatter, texts: PanelTexts, how: HTMLElement): HTMLElement {
  const dot = h('span', { class: 'dot', 'aria-hidden': 'true' }, step.state === 'past' && checkIcon());
  const when = whenOf(step, dates, texts);
  const state = h('span', { class: isFirst ? 'state' : 'aside' }, texts.states[step.state]);
  const summary = h('summary', {}, h('span', { class: 'what' }, step.title), when && h('span', { class: 'when' }, when));
  return h('li', { class: step.state }, dot, h('div', { class: 'step' }, state, h('details', {}, summary, how)));
}

function howOf(step: Step, phones: Phone[]): HTMLElement {
  return h('div', { class: 'how' }, ...richText(step.detail, phones), fromWhere(step));
}

function fromWhere({ sources = [] }: Step): HTMLElement | null {
  const titles = [...new Set(sources.map(({ title }) => title))];
  return titles.length > 0 ? h('ul', { class: 'from', role: 'list' }, ...titles.map((title) => h('li', {}, h('cite', {}, title)))) : null;
}

function whenOf({ state, starts_at: starts, ends_at: ends }: Step, dates: DateRangeFormatter, texts: PanelTexts): string {
  if (state === 'upcoming' && starts) return ends ? dates.between(starts, ends) : texts.from(dates.from(starts));
  return ends ? texts.until(dates.until(ends)) : '';
}

function actions(timeline: Timeline, { texts, server, pick }: TimelineSetting): HTMLElement {
  const row = h('div', { class: 'actions' });
  const href = timeline.calendar_url && safeHref(timeline.calendar_url, `${server}/`);
  if (href) row.append(calendarLink(href, texts));
  const change = button({ class: 'quiet', 'aria-expanded': 'false' }, () => {
    const form = row.parentElement?.querySelector('.date-form');
    change.setAttribute('aria-expanded', String(!form));
    if (form) form.remove();
    else row.after(dateForm(texts, pick, new Date(timeline.treated_at)));
  }, texts.change);
  row.append(change);
  return row;
}

function calendarLink(href: string, texts: PanelTexts): HTMLElement {
  const anchor = link(href, calendarIcon(), texts.calendar);
  anchor.className = 'primary';
  anchor.download = '';
  return anchor;
}
