import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { thumbDownIcon, thumbUpIcon } from './icons';

const LONGEST_COMMENT = 280;

/** Thumbs up and down; after a thumb, room for a word. `rate` may fail: then the thumb goes up again. */
export function feedbackBar(texts: PanelTexts, before: boolean | null, rate: (helpful: boolean, comment: string) => Promise<void>): HTMLElement {
  const thanks = h('span', { class: 'thanks', role: 'status' });
  const room = h('div', { class: 'comment-room' });
  const thumbs = [true, false].map((helpful) => {
    const label = helpful ? texts.helped : texts.helpedNot;
    const press = (): void => void vote(helpful);
    const drawing = helpful ? thumbUpIcon() : thumbDownIcon();
    return button({ class: 'thumb', 'aria-label': label, title: label, 'aria-pressed': 'false' }, press, drawing);
  });

  const show = (voted: boolean | null): void => {
    thumbs.forEach((thumb, i) => {
      thumb.setAttribute('aria-pressed', String(voted === (i === 0)));
    });
  };
  const vote = async (helpful: boolean): Promise<void> => {
    show(helpful);
    try {
      await rate(helpful, '');
      thanks.textContent = texts.thanks;
      room.replaceChildren(...(helpful ? [] : [commentForm(texts, (comment) => send(comment))]));
    } catch {
      show(null);
      thanks.textContent = texts.broken;
    }
  };
  const send = async (comment: string): Promise<void> => {
    await rate(false, comment);
    room.replaceChildren();
    thanks.textContent = texts.thanks;
  };
  show(before);
  return h('div', { class: 'feedback' }, ...thumbs, thanks, room);
}

function commentForm(texts: PanelTexts, send: (comment: string) => Promise<void>): HTMLElement {
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
