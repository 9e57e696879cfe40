// The script of the tag. It is loaded on every page of a clinic's website: keep it small.
import { copySettings } from '../settings';
import { defineChat, whenParsed } from './chat_element';

const TAG = 'microneedling-chat';
const OWN_FILE = /\/widget\.js(?:[?#]|$)/;

const script = ownScript();

// an inlined script has no address but what its own tag says, which no other markup can change
defineChat(TAG, script?.src ? new URL('.', script.src).href : script?.dataset.server ?? location.origin);
whenParsed(addOnce);

/** The tag that this script comes from; `currentScript` is empty in modules, and another's in a joined bundle. */
function ownScript(): HTMLScriptElement | null {
  const running = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
  if (running && (OWN_FILE.test(running.src) || running.dataset.server)) return running;
  return document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]') ?? running;
}

/** Puts the chat on the page, unless the page has one already. */
function addOnce(): void {
  if (document.querySelector(TAG)) return;
  const element = Object.assign(document.createElement(TAG), { stays: true });
  if (script) copySettings(script, element);
  document.body.append(element);
}
