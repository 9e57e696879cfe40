import { button, h } from '../../dom';
import type { Settings } from '../../settings';
import type { PanelTexts } from '../../texts';

/** The greeting and the suggested questions above the first message. */
export function welcome(settings: Settings, texts: PanelTexts, say: (text: string) => void): HTMLElement {
  const suggestions = settings.suggestions ?? texts.suggestions;
  const choices = suggestions.map((question) =>
    button({ class: 'choice' }, () => {
      say(question);
    }, question),
  );
  return h(
    'div',
    { class: 'welcome' },
    h('p', { class: 'greeting' }, settings.greeting ?? texts.greeting),
    choices.length > 0 && h('div', { class: 'choices', role: 'group', 'aria-label': texts.suggested }, ...choices),
  );
}
