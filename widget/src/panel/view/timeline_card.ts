import { button, h } from '../../dom';
import type { Inside } from '../../texts';
import type { Step, Timeline } from '../contract';
import { safeHref } from '../text';
import { dateForm } from './date_form';
import { calendarIcon, checkIcon } from './icons';
import { link, richText } from './rich_text';

export interface TimelineSetting {
  texts: Inside;
  language: string;
  server: string;
  say: (sentence: string) => void;
}

/** The days around a treatment as a vertical picture, with the calendar file and a way to correct the date. */
export function timelineCard(timeline: Timeline, setting: TimelineSetting): HTMLElement {
  const { texts } = setting;
  const moments = momentsIn(setting.language, timeline.timezone);
  const steps = timeline.steps.map((step) => stepView(step, moments, texts));
  return h(
    'div',
    { class: 'timeline' },
    h('p', { class: 'treated' }, texts.treatedAt(moments(timeline.treated_at))),
    h('ol', { role: 'list', 'aria-label': texts.timeline }, ...steps),
    actions(timeline, setting),
  );
}

/** One moment, or the time between two, in words. */
type Moments = (from: string, to?: string) => string;

function momentsIn(language: string, timeZone: string): Moments {
  const form = formatIn(language, timeZone);
  return (from, to = from) => {
    try {
      return form.formatRange(new Date(from), new Date(to));
    } catch {
      return from; // no moment, or an end before its start
    }
  };
}

function formatIn(language: string, timeZone: string): Intl.DateTimeFormat {
  const shape = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...shape, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', shape);
  }
}

function stepView(step: Step, moments: Moments, texts: Inside): HTMLElement {
  const dot = h('span', { class: 'dot', 'aria-hidden': 'true' }, step.state === 'past' && checkIcon());
  return h(
    'li',
    { class: step.state, 'aria-current': step.state === 'now' ? 'step' : null },
    dot,
    h(
      'div',
      { class: 'step' },
      h('p', { class: 'when' }, h('span', { class: 'state' }, texts.states[step.state]), whenOf(step, moments, texts)),
      h('p', { class: 'what' }, step.title),
      ...richText(step.detail),
    ),
  );
}

function whenOf({ starts_at: starts, ends_at: ends }: Step, moments: Moments, texts: Inside): string {
  if (starts && ends) return moments(starts, ends);
  if (ends) return texts.until(moments(ends));
  return starts ? texts.from(moments(starts)) : '';
}

function actions(timeline: Timeline, { texts, server, say }: TimelineSetting): HTMLElement {
  const row = h('div', { class: 'actions' });
  const href = timeline.calendar_url && safeHref(timeline.calendar_url, `${server}/`);
  if (href) row.append(calendarLink(href, texts));
  const change = button({ class: 'quiet', 'aria-expanded': 'false' }, () => {
    const form = row.parentElement?.querySelector('.date-form');
    change.setAttribute('aria-expanded', String(!form));
    if (form) form.remove();
    else row.after(dateForm(texts, say, new Date(timeline.treated_at)));
  }, texts.change);
  row.append(change);
  return row;
}

function calendarLink(href: string, texts: Inside): HTMLElement {
  const anchor = link(href, calendarIcon(), texts.calendar);
  anchor.className = 'primary';
  anchor.download = '';
  return anchor;
}
