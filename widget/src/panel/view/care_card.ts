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
  const references = { texts, phones: metadata.phones ?? [] };
  const id = `care-${(count += 1)}`;
  const title = h('h3', { id }, h('span', { class: 'level' }, isEmergency ? texts.emergency : texts.urgent), isEmergency ? withoutNumbers(heading, references.phones) : heading);
  const { phones } = references;
  const clinic = clinicCall(phone ?? phones.find(({ kind }) => kind === 'clinic')?.text ?? null, text, texts);
  const calls = isEmergency ? emergencyCalls(text, phones, texts) : clinic;
  const more = isEmergency ? clinic : [];
  return h(
    'section',
    { class: `care ${isEmergency ? 'emergency' : 'urgent'}`, 'aria-labelledby': id },
    h('div', { class: 'care-head' }, alertIcon(), title),
    h('div', { class: 'care-body' }, callRow(calls), ...richText(rest, references), callRow(more)),
  );
}

/** A first paragraph that is all bold is the heading. */
function headed(text: string): { heading: string; rest: string } {
  const [, heading, rest] = /^\*\*([^*\n]+)\*\*\s*(?:\n|$)([\s\S]*)$/.exec(text) ?? [];
  return heading === undefined ? { heading: '', rest: text } : { heading, rest: (rest ?? '').trim() };
}

/** A heading that ends with the numbers which the buttons below it call does without them. */
function withoutNumbers(heading: string, phones: Phone[]): string {
  const [, words = heading, numbers = ''] = /^([^:]+):(.*)$/.exec(heading) ?? [];
  const isCalled = ({ kind }: Phone): boolean => kind === 'emergency';
  const left = phones.filter(isCalled).reduce((rest, { text }) => rest.replace(text, ''), numbers);
  return left !== numbers && !/\d/.test(left) ? `${words}.` : heading;
}

/** A button for each number, with the place in brackets that the text gives it. */
function emergencyCalls(text: string, phones: Phone[], texts: PanelTexts): HTMLElement[] {
  return phones
    .filter(({ kind }) => kind === 'emergency')
    .map((phone) => {
      const after = text.slice(text.indexOf(phone.text) + phone.text.length);
      const [, place] = /^ \(([^)]+)\)/.exec(after) ?? [];
      return call(phone.number, h('span', {}, texts.call(phone.text), place ? h('small', {}, ` ${place}`) : null));
    });
}

function clinicCall(phone: string | null, text: string, texts: PanelTexts): HTMLElement[] {
  return phone ? [call(phone, callWords(phone, text, texts))] : [];
}

/** The words of a button that calls the clinic: a number that stands in the text is not said again. */
export function callWords(phone: string, text: string, texts: PanelTexts): string {
  return text.includes(phone) ? texts.callClinic : texts.callClinicOn(phone);
}

function call(number: string, words: HTMLElement | string): HTMLElement {
  const anchor = link(phoneHref(number), phoneIcon(), words);
  anchor.className = 'call';
  return anchor;
}

function callRow(calls: HTMLElement[]): HTMLElement | null {
  return calls.length > 0 ? h('p', { class: 'calls' }, ...calls) : null;
}
