import { styleSheet } from '../../../dom';
import answerParts from './answer_parts.css?inline';
import base from './base.css?inline';
import careCard from './care_card.css?inline';
import choices from './choices.css?inline';
import composer from './composer.css?inline';
import controls from './controls.css?inline';
import errorBanner from './error_banner.css?inline';
import feedbackBar from './feedback_bar.css?inline';
import footer from './footer.css?inline';
import frame from './frame.css?inline';
import jump from './jump.css?inline';
import menu from './menu.css?inline';
import message from './message.css?inline';
import messageList from './message_list.css?inline';
import print from './print.css?inline';
import sources from './sources.css?inline';
import welcome from './welcome.css?inline';

/** All views in one sheet; what is used inside another view comes before it. */
export function panelStyles(): CSSStyleSheet {
  const frames = [base, controls, frame, menu];
  const messages = [messageList, jump, message, answerParts, choices, welcome, sources, feedbackBar, careCard];
  return styleSheet([...frames, ...messages, errorBanner, composer, footer, print].join('\n'));
}
