import 'deep-chat/dist/deepChat.bundle.js';
import type { DeepChat } from 'deep-chat';
import { styleSheet } from '../../dom';
import controls from './controls.css?inline';
import styles from './conversation.css?inline';

const TAG = 'microneedling-deep-chat'; // see build.mjs

type Used = 'chatStyle' | 'displayLoadingBubble' | 'connect' | 'textInput' | 'onComponentRender' | 'addMessage' | 'clearMessages' | 'onRender';
type Chat = HTMLElement & Pick<DeepChat, Used>;

export interface Surface {
  element: HTMLElement;
  /** The list of messages, which scrolls. */
  log: HTMLElement;
  field: HTMLElement;
  /** What holds the field; a button can be put beside it. */
  fieldRow: HTMLElement;
  /** What holds list and field, one below the other. */
  column: HTMLElement;
  /** Puts an element at the end of the list. */
  add(role: 'user' | 'ai', content: HTMLElement): void;
  clear(): void;
}

/**
 * deep-chat as list and field. It never sends, never styles through the page, never stores and never contacts anybody:
 * see docs/adr/0008-deep-chat-as-list-and-field.md for what is switched off here, and why.
 */
export async function deepChat(parent: HTMLElement): Promise<Surface> {
  const chat = document.createElement(TAG) as Chat;
  chat.style.fontFamily = 'inherit'; // otherwise it loads a font from Google
  chat.chatStyle = { width: '100%', height: '100%', border: 'none', borderRadius: '0', backgroundColor: 'transparent', fontSize: 'inherit' };
  chat.displayLoadingBubble = false; // otherwise it adds a <style>, which a strict policy refuses
  chat.connect = { handler: () => undefined }; // otherwise it answers by itself, for show
  chat.textInput = { placeholder: { text: '' } };
  const rendered = new Promise<void>((resolve) => {
    chat.onComponentRender = () => {
      chat.onRender = () => undefined; // it has several timers for it, and a second time would build everything anew
      resolve();
    };
  });
  parent.append(chat);
  await rendered;
  return surfaceOf(chat);
}

function surfaceOf(chat: Chat): Surface {
  const root = chat.shadowRoot;
  if (!root) throw new Error('deep-chat has no shadow root');
  root.adoptedStyleSheets.push(styleSheet(controls), styleSheet(styles));
  const log = part(root, '#messages');
  return {
    element: chat,
    log,
    field: part(root, '#text-input'),
    fieldRow: part(root, '#input'),
    column: part(root, '#chat-view'),
    add(role, content) {
      chat.addMessage({ role, html: '<span></span>' }); // never anything that somebody wrote
      [...log.querySelectorAll('.message-bubble')].at(-1)?.replaceChildren(content);
    },
    clear() {
      chat.clearMessages(false);
    },
  };
}

function part(root: ShadowRoot, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`deep-chat has no ${selector}`);
  return found;
}
