// The script of the tag. It is loaded on every page of a clinic's website: keep it small.
import { copySettings } from '../settings';
import { defineChat } from './chat_element';

const TAG = 'microneedling-chat';

const script = ownScript();
const server = script ? new URL('.', script.src).href : location.origin;

defineChat(TAG, server);
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', addOnce);
else addOnce();

/** The tag that this script comes from; `currentScript` is empty in modules. */
function ownScript(): HTMLScriptElement | null {
  if (document.currentScript instanceof HTMLScriptElement) return document.currentScript;
  return document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
}

/** Puts the chat on the page, unless the page has one already. */
function addOnce(): void {
  if (document.querySelector(TAG)) return;
  const element = document.createElement(TAG);
  if (script) copySettings(script, element);
  document.body.append(element);
}
