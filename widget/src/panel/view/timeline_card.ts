import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { stateAt } from '../as_of';
import type { Step, Timeline } from '../contract';
import { safeHref } from '../text';
import { dateForm, type Picked } from './date_form';
import { calendarIcon, checkIcon, clockIcon } from './icons';
import { DateRangeFormatter } from './date_range_formatter';
import { link, richText, type Reading } from './rich_text';

export interface TimelineSetting {
  reading: Reading;
  language: string;
  server: string;
  pick: (picked: Picked) => void;
  /** In ms since 1970. */
  now: number;
}

type Group = NonNullable<Step['group']>;

const GROUPS: Group[] = ['avoid', 'do', 'normal'];
const FOLDED = 2; // past steps that are shown at once; more than these are folded
const AT_ONCE = 2; // coming steps that are shown at once, beside those before the treatment
const EXPECTED = /^(results|next-session|maintenance)|-expected$/; // ids of what happens by itself

/** The days around a treatment: the next change, what to leave off, to do and to expect now, and what comes later. */
export function timelineCard(timeline: Timeline, setting: TimelineSetting): HTMLElement {
  const steps = timeline.steps.map((step) => ({ ...step, state: stateAt(step, setting.now) }));
  const of = (state: Step['state']): Step[] => steps.filter((step) => step.state === state);
  const views = new StepViews(timeline, setting);
  return h(
    'div',
    { class: 'timeline' },
    views.nextChange(steps),
    ...GROUPS.map((group) => views.group(group, of('now').filter((step) => groupOf(step) === group))),
    views.later(of('upcoming')),
    ...views.past(of('past')),
    actions(timeline, setting),
  );
}

/** The group of a step; an answer of an assistant that names none is grouped by what its steps are called. */
export function groupOf({ group, id, title }: Step): Group {
  if (group) return group;
  if (EXPECTED.test(id)) return 'normal';
  return id.startsWith('no-') || title.startsWith('No ') ? 'avoid' : 'do';
}

/** Makes the parts of one card. */
class StepViews {
  readonly #texts: PanelTexts;
  readonly #reading: Reading;
  readonly #dates: DateRangeFormatter;
  readonly #now: number;
  readonly #treatedAt: number;

  constructor({ timezone, treated_at: treatedAt }: Timeline, { reading, language, now }: TimelineSetting) {
    this.#texts = reading.texts;
    this.#reading = reading;
    this.#now = now;
    this.#treatedAt = Date.parse(treatedAt);
    this.#dates = new DateRangeFormatter(language, timezone, new Date(now));
  }

  /** The first moment at which something ends or begins. */
  nextChange(steps: Step[]): HTMLElement | null {
    const changes = steps.flatMap((step) => {
      const moment = step.state === 'now' ? step.ends_at : step.state === 'upcoming' ? step.starts_at : null;
      return moment && Date.parse(moment) > this.#now ? [{ step, moment }] : [];
    });
    const [next] = changes.sort((one, other) => Date.parse(one.moment) - Date.parse(other.moment));
    if (!next) return null;
    const { step, moment } = next;
    const when = step.state === 'now' ? this.#dates.until(moment) : this.#dates.from(moment);
    const words = step.state === 'now' ? this.#texts.nextEnd(step.title, when, step.over) : this.#texts.nextStart(step.title, when);
    return h('p', { class: 'next' }, clockIcon(), h('span', {}, words));
  }

  /** What goes on now; what has no end is folded. */
  group(group: Group, steps: Step[]): HTMLElement | null {
    const together = new Map<string | null, Step[]>(); // by their end
    for (const step of [...steps].sort((one, other) => endOf(one) - endOf(other))) {
      together.set(step.ends_at, [...(together.get(step.ends_at) ?? []), step]);
    }
    return this.#section(group, this.#texts.groups[group], [...together.values()].map((own) => this.#fold(own)));
  }

  later(steps: Step[]): HTMLElement | null {
    const sorted = [...steps].sort((one, other) => startOf(one) - startOf(other));
    const before = sorted.filter((step) => startOf(step) < this.#treatedAt).length;
    const shown = sorted.slice(0, Math.max(before, AT_ONCE)).map((step) => this.#step(step));
    const rest = sorted.slice(shown.length);
    return this.#section('later', this.#texts.states.upcoming, [...shown, ...(rest.length > 0 ? [this.#rest(rest)] : [])]);
  }

  /** What is over, last; a long past behind a button. */
  past(steps: Step[]): (HTMLElement | null)[] {
    const section = this.#section('over', this.#texts.states.past, steps.map((step) => this.#step(step)));
    return steps.length > FOLDED && section ? [opener(section, steps.length, this.#texts), section] : [section];
  }

  #section(name: string, heading: string, items: HTMLElement[]): HTMLElement | null {
    if (items.length === 0) return null;
    const label = `${this.#texts.timeline}: ${heading}`;
    return h('div', { class: `steps ${name}` }, h('h4', {}, heading), h('ol', { role: 'list', 'aria-label': label }, ...items));
  }

  /** Several steps in one line; on request each for itself. */
  #fold(steps: Step[]): HTMLElement {
    const [first] = steps;
    if (!first || steps.length === 1) return first ? this.#step(first) : h('li');
    const summary = this.#summary(first, steps.map(({ title }) => title).join(' · '), this.#when(first) || this.#texts.noEnd);
    return h('li', { class: first.ends_at ? first.state : 'endless' }, h('details', {}, summary, this.#each(steps)));
  }

  #rest(steps: Step[]): HTMLElement {
    const summary = h('summary', {}, h('span', { class: 'what' }, this.#texts.laterSteps(steps.length)));
    return h('li', { class: 'endless' }, h('details', {}, summary, this.#each(steps)));
  }

  #each(steps: Step[]): HTMLElement {
    return h('ol', { role: 'list' }, ...steps.map((step) => this.#step(step)));
  }

  /** One step: what and when, and on request how and from where. */
  #step(step: Step): HTMLElement {
    const how = h('div', { class: 'how' }, ...richText(step.detail, this.#reading), fromWhere(step));
    return h('li', { class: step.state }, h('details', {}, this.#summary(step, step.title, this.#when(step)), how));
  }

  /** The state is seen in the heading, and heard with each step. */
  #summary({ state }: Step, what: string, when: string): HTMLElement {
    const heard = h('span', { class: 'aside' }, `${this.#texts.states[state]}: `);
    return h('summary', {}, heard, h('span', { class: 'what' }, what), when && ' ', when && h('span', { class: 'when' }, when));
  }

  #when({ state, starts_at: starts, ends_at: ends }: Step): string {
    const texts = this.#texts;
    if (state === 'upcoming' && starts) return ends ? this.#dates.between(starts, ends) : texts.from(this.#dates.from(starts));
    return ends ? texts.until(this.#dates.until(ends)) : '';
  }
}

/** What has no end comes last. */
function endOf({ ends_at: ends }: Step): number {
  return ends ? Date.parse(ends) : Number.MAX_SAFE_INTEGER;
}

function startOf({ starts_at: starts }: Step): number {
  return Date.parse(starts ?? '');
}

/** The button that shows what is over. */
function opener(section: HTMLElement, count: number, texts: PanelTexts): HTMLElement {
  section.hidden = true;
  const opening = button({ class: 'earlier', 'aria-expanded': 'false' }, () => {
    section.hidden = !section.hidden;
    opening.setAttribute('aria-expanded', String(!section.hidden));
  }, checkIcon(), h('bdi', {}, texts.earlier(count)));
  return opening;
}

function fromWhere({ sources = [] }: Step): HTMLElement | null {
  const titles = [...new Set(sources.map(({ name, title }) => name ?? title))];
  return titles.length > 0 ? h('ul', { class: 'from', role: 'list' }, ...titles.map((title) => h('li', {}, h('cite', {}, title)))) : null;
}

function actions(timeline: Timeline, { reading, server, pick }: TimelineSetting): HTMLElement {
  const { texts } = reading;
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
