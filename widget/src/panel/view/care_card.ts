import { h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { AssistantMessage, Phone } from '../contract';
import { phoneHref } from '../text';
import { alertIcon, phoneIcon } from './icons';
import { link, richText } from './rich_text';

let count = 0;

/** An urgent answer, after the NHS's care cards: the level in words, what to do as a heading, whom to call. */
export function careCard({ text, metadata }: AssistantMessage, phone: string | null, texts: PanelTexts): HTMLElement {
  const isEmergency = metadata.alarm === 'emergency';
  const { heading, rest } = headed(text);
  const id = `care-${(count += 1)}`;
  const title = h('h3', { id }, h('span', { class: 'level' }, isEmergency ? texts.emergency : texts.urgent), heading);
  const phones = metadata.phones ?? [];
  const clinic = clinicCall(phone ?? phones.find(({ kind }) => kind === 'clinic')?.text ?? null, texts);
  const calls = isEmergency ? emergencyCalls(phones, texts) : clinic;
  const more = isEmergency ? clinic : [];
  return h(
    'section',
    { class: `care ${isEmergency ? 'emergency' : 'urgent'}`, 'aria-labelledby': id },
    h('div', { class: 'care-head' }, alertIcon(), title),
    h('div', { class: 'care-body' }, callRow(calls), ...richText(rest, phones), callRow(more)),
  );
}

/** A first paragraph that is all bold is the heading. */
function headed(text: string): { heading: string; rest: string } {
  const [, heading, rest] = /^\*\*([^*\n]+)\*\*\s*(?:\n|$)([\s\S]*)$/.exec(text) ?? [];
  return heading === undefined ? { heading: '', rest: text } : { heading, rest: (rest ?? '').trim() };
}

function emergencyCalls(phones: Phone[], texts: PanelTexts): HTMLElement[] {
  return phones.filter(({ kind }) => kind === 'emergency').map(({ text, number }) => call(number, texts.call(text)));
}

function clinicCall(phone: string | null, texts: PanelTexts): HTMLElement[] {
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
