import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import { thumbDownIcon, thumbUpIcon } from './icons';
import { loadOnDemand } from './loaded_view';

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
      room.replaceChildren();
      if (!helpful) ask().catch(() => undefined); // a comment is optional
    } catch {
      show(null);
      thanks.textContent = texts.broken;
    }
  };
  const ask = async (): Promise<void> => {
    const { commentForm } = await loadOnDemand(room.getRootNode() as ShadowRoot);
    room.replaceChildren(commentForm(texts, (comment) => send(comment)));
  };
  const send = async (comment: string): Promise<void> => {
    await rate(false, comment);
    room.replaceChildren();
    thanks.textContent = texts.thanks;
  };
  show(before);
  return h('div', { class: 'feedback' }, ...thumbs, thanks, room);
}
