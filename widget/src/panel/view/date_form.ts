import { button, h } from '../../dom';
import type { Inside } from '../../texts';

let count = 0;

/** Asks when the treatment was or will be; `done` gets the sentence that says it. */
export function dateForm(texts: Inside, done: (sentence: string) => void, before: Date | null = null): HTMLElement {
  const id = `moment-${(count += 1)}`;
  const input = h('input', { type: 'datetime-local', id, required: true, 'aria-describedby': `${id}-fault` });
  input.value = localValue(before && !Number.isNaN(before.getTime()) ? before : new Date());
  const fault = h('p', { class: 'fault', id: `${id}-fault`, role: 'alert' });
  const submit = (): void => {
    const sentence = sentenceOf(input.value, new Date(), texts);
    fault.textContent = sentence ? '' : texts.momentMissing;
    if (sentence) done(sentence);
    else input.focus();
  };
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') submit();
  });
  return h(
    'div',
    { class: 'date-form', role: 'group', 'aria-label': texts.treatment },
    h('label', { for: id }, texts.moment),
    input,
    fault,
    button({ class: 'primary' }, submit, texts.showTimeline),
  );
}

/** What the assistant understands, from the value of a date-time input; none where there is no moment in it. */
export function sentenceOf(value: string, now: Date, texts: Inside): string | null {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(value) ?? [];
  if (!day || !time || Number.isNaN(new Date(value).getTime())) return null;
  return new Date(value) <= now ? texts.treated(day, time) : texts.willBeTreated(day, time);
}

/** The value of a date-time input, in the time of this machine. */
export function localValue(moment: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
