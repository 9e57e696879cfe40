import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';

let count = 0;

/** A date that was picked: what the person sees of it, and what the assistant gets. */
export interface Picked {
  sentence: string;
  payload: string;
}

/** Asks when the treatment was or will be. */
export function dateForm(texts: PanelTexts, done: (picked: Picked) => void, before: Date | null = null): HTMLElement {
  const id = `moment-${(count += 1)}`;
  const input = h('input', { type: 'datetime-local', id, required: true, 'aria-describedby': `${id}-fault` });
  input.value = localValue(before && !Number.isNaN(before.getTime()) ? before : new Date());
  const fault = h('p', { class: 'fault', id: `${id}-fault`, role: 'alert' });
  const submit = (): void => {
    const picked = pickedOf(input.value, new Date(), texts);
    fault.textContent = picked ? '' : texts.momentMissing;
    if (picked) done(picked);
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

/** The value of a date-time input; none where there is no moment in it. */
export function pickedOf(value: string, now: Date, texts: PanelTexts): Picked | null {
  const [local] = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(value) ?? [];
  if (!local) return null;
  const moment = new Date(local);
  if (Number.isNaN(moment.getTime())) return null;
  const words = texts.day(moment, now, local.slice(-5));
  const sentence = moment <= now ? texts.treated(words) : texts.willBeTreated(words);
  return { sentence, payload: `/timeline${JSON.stringify({ treated_at: local })}` };
}

/** The value of a date-time input, in the time of this machine. */
export function localValue(moment: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
