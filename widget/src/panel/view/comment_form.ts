import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';

const LONGEST_COMMENT = 280;

/** Room for a word on an answer that did not help. */
export function commentForm(texts: PanelTexts, send: (comment: string) => Promise<void>): HTMLElement {
  const field = h('textarea', { rows: '2', maxlength: String(LONGEST_COMMENT), 'aria-label': texts.missing });
  field.placeholder = texts.missing;
  const submit = button({ class: 'quiet' }, () => {
    const comment = field.value.trim();
    if (!comment) return;
    submit.disabled = true;
    send(comment).catch(() => {
      submit.disabled = false;
    });
  }, texts.sendComment);
  return h('div', { class: 'comment' }, field, submit);
}
