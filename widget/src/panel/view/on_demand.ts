// Loaded when it is wanted first: opening the chat needs none of it.
import { styleSheet } from '../../dom';
import commentFormCss from './styles/comment_form.css?inline';
import dateFormCss from './styles/date_form.css?inline';
import sheetCss from './styles/sheet.css?inline';
import timelineCardCss from './styles/timeline_card.css?inline';

export { commentForm } from './comment_form';
export { dateForm } from './date_form';
export { printMessage } from './print_message';
export { openSheet } from './sheet';
export { timelineCard } from './timeline_card';

export const styles = styleSheet([commentFormCss, sheetCss, dateFormCss, timelineCardCss].join('\n'));
