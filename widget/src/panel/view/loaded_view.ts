import { h } from '../../dom';
import { stateAt } from '../as_of';
import type { Timeline } from '../contract';
import type { Picked } from './date_form';
import type { TimelineSetting } from './timeline_card';
import type { PanelTexts } from '../../texts';

type OnDemand = typeof import('./on_demand');

let parts: OnDemand | null = null;

/** A part of a message that is loaded when it is wanted first. */
export interface LoadedView {
  element: HTMLElement;
  /** Draws it anew when time has changed what it says. */
  update(): void;
}

/** Loads the parts that opening the chat does not need, with their styles for this root. */
export async function loadOnDemand(root: ShadowRoot): Promise<OnDemand> {
  parts ??= await import('./on_demand'); // from the second time on nothing that is pressed comes in between
  if (!root.adoptedStyleSheets.includes(parts.styles)) root.adoptedStyleSheets.push(parts.styles);
  return parts;
}

/** A timeline; `failed` is called if its card can't be loaded. */
export function timelineView(timeline: Timeline, setting: Omit<TimelineSetting, 'now'>, failed: () => void): LoadedView {
  const element = h('div');
  let draw: ((now: number) => HTMLElement) | null = null;
  let states = '';
  const update = (): void => {
    const now = Date.now();
    if (!draw || statesOf(timeline, now) === states) return;
    states = statesOf(timeline, now);
    element.replaceChildren(draw(now));
  };
  whenAttached(element).then(({ timelineCard }) => {
    draw = (now) => timelineCard(timeline, { ...setting, now });
    update();
  }).catch(failed);
  return { element, update };
}

/** The form that asks for the treatment's day and time. */
export function dateFormView(texts: PanelTexts, done: (picked: Picked) => void): LoadedView {
  const element = h('div', { class: 'ask-date' });
  whenAttached(element).then(({ dateForm }) => {
    element.append(dateForm(texts, done));
  }).catch(() => {
    element.remove(); // a date can be written as well
  });
  return { element, update: () => undefined };
}

/** A new element is on the page when the present work is done. */
async function whenAttached(element: HTMLElement): Promise<OnDemand> {
  await Promise.resolve();
  return loadOnDemand(element.getRootNode() as ShadowRoot);
}

function statesOf({ steps }: Timeline, now: number): string {
  return `${steps.map((step) => stateAt(step, now)).join()};`;
}
