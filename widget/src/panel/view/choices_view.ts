import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { isCheck, type AssistantItem } from '../chat_items';
import type { AnswerButton } from '../contract';

const REPLY = /"act": ?"(?:yes|no|unsure)"/; // of the candidate check

/** Buttons of an answer. */
export interface Choices {
  element: HTMLElement;
  /** Shows which one was pressed, or that none fits any more. */
  update(item: AssistantItem): void;
}

/** The buttons below an answer: a choice has a heading, the replies to a check stand in one row. */
export function choicesView(item: AssistantItem, buttons: AnswerButton[], texts: PanelTexts, press: (title: string, payload: string) => void): Choices {
  const kind = kindOf(item);
  const label = kind === 'related' ? texts.related : texts.didYouMean;
  const choices = buttons.map(({ title, payload }) =>
    button({ class: REPLY.test(payload) ? 'choice reply' : 'choice' }, () => {
      press(title, payload);
    }, title),
  );
  const heading = kind === 'question' && !item.message.text.startsWith(label) && h('p', { class: 'choices-head' }, label);
  const group = h('div', { class: `choices ${kind}`, role: 'group', 'aria-label': label }, ...choices);
  const over = h('p', { class: 'context', hidden: true }, texts.isOver);
  const update = ({ used, isOver }: AssistantItem): void => {
    useUp(choices, used, isOver);
    over.hidden = used !== null || !isOver;
  };
  return { element: h('div', { class: 'offer' }, heading, group, over), update };
}

/** A question to the person, a question of the candidate check, or suggestions. */
export function kindOf({ message }: AssistantItem): 'question' | 'check' | 'related' {
  if (isCheck(message)) return 'check';
  return message.metadata.outcome === 'clarify' ? 'question' : 'related';
}

/** After a press: the pressed one is marked, none can be pressed again. */
function useUp(choices: HTMLButtonElement[], used: string | null, isOver: boolean): void {
  for (const choice of choices) {
    choice.disabled = used !== null || isOver;
    if (used !== null && choice.textContent === used) choice.setAttribute('aria-pressed', 'true');
    else choice.removeAttribute('aria-pressed');
  }
}
