import { h } from '../../dom';
import type { Inside } from '../../texts';
import type { AssistantMessage } from '../contract';
import { emergencyNumbers, phoneHref } from '../text';
import { alertIcon, phoneIcon } from './icons';
import { link, richText } from './rich_text';

let count = 0;

/** An urgent answer, after the NHS's care cards: the level in words, what to do as a heading, whom to call. */
export function careCard({ text, metadata }: AssistantMessage, phone: string | null, texts: Inside): HTMLElement {
  const isEmergency = metadata.alarm === 'emergency';
  const { heading, rest } = headed(text);
  const id = `care-${(count += 1)}`;
  const title = h('h3', { id }, h('span', { class: 'level' }, isEmergency ? texts.emergency : texts.urgent), heading);
  const calls = isEmergency ? emergencyCalls(text, texts) : clinicCall(phone, texts);
  const more = isEmergency ? clinicCall(phone, texts) : [];
  return h(
    'section',
    { class: `care ${isEmergency ? 'emergency' : 'urgent'}`, 'aria-labelledby': id },
    h('div', { class: 'care-head' }, alertIcon(), title),
    h('div', { class: 'care-body' }, callRow(calls), ...richText(rest), callRow(more)),
  );
}

/** A first paragraph that is all bold is the heading. */
function headed(text: string): { heading: string; rest: string } {
  const [, heading, rest] = /^\*\*([^*\n]+)\*\*\s*(?:\n|$)([\s\S]*)$/.exec(text) ?? [];
  return heading === undefined ? { heading: '', rest: text } : { heading, rest: (rest ?? '').trim() };
}

function emergencyCalls(text: string, texts: Inside): HTMLElement[] {
  return emergencyNumbers(text).map((number) => call(number, texts.call(number)));
}

function clinicCall(phone: string | null, texts: Inside): HTMLElement[] {
  return phone ? [call(phone, `${texts.callClinic}: ${phone}`)] : [];
}

function call(number: string, words: string): HTMLElement {
  const anchor = link(phoneHref(number), phoneIcon(), words);
  anchor.className = 'call';
  return anchor;
}

function callRow(calls: HTMLElement[]): HTMLElement | null {
  return calls.length > 0 ? h('p', { class: 'calls' }, ...calls) : null;
}
