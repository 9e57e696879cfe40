// Pages listen for keys on the document and see the chat's element as their target, not the field inside it:
// shortcuts would take what is typed. Nothing that is typed in the chat reaches the page.
import { isComposing } from '../dom';

const KEYS = ['keydown', 'keypress', 'keyup'] as const;
/** Events that end at the chat: pages use them for shortcuts, focus traps, smooth scrolling and against copying. */
const PRIVATE = [
  ...KEYS, 'beforeinput', 'input', 'copy', 'cut', 'paste', 'contextmenu', 'selectstart', 'focusin', 'focusout', 'wheel', 'touchmove',
];

type TextField = HTMLTextAreaElement | HTMLInputElement;

const hosts = new WeakSet<EventTarget>();

/** Keeps the events of this chat from the page; harmless when it is called again. */
export function guardKeys(host: HTMLElement, root: ShadowRoot): void {
  hosts.add(host);
  for (const type of PRIVATE) root.addEventListener(type, stop, { passive: true });
  // the first to hear of a key, before the page's own listeners on the window and the document
  for (const type of KEYS) addEventListener(type, relay, true);
}

function stop(event: Event): void {
  event.stopPropagation();
}

/** Ends a key's way here and repeats it inside the chat; what the browser does with the key stays as it is. */
function relay(event: KeyboardEvent): void {
  const path = event.composedPath();
  const target = path[0];
  if (!target || !path.some((each) => hosts.has(each))) return;
  event.stopImmediatePropagation();
  if (event.defaultPrevented) typeAnyway(target, event);
  else if (!target.dispatchEvent(copyOf(event))) event.preventDefault();
}

/** Not a `KeyboardEvent`: Firefox lets each of them leave the shadow root, whatever its `composed` says. */
function copyOf(event: KeyboardEvent): Event {
  const { key, code, location, repeat, ctrlKey, shiftKey, altKey, metaKey } = event;
  const keys = { key, code, location, repeat, isComposing: isComposing(event), ctrlKey, shiftKey, altKey, metaKey };
  return Object.assign(new Event(event.type, { bubbles: true, cancelable: true }), keys);
}

/** A page that listened first has taken the key: a letter goes into the field all the same, another key to the chat. */
function typeAnyway(target: EventTarget, event: KeyboardEvent): void {
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
  if (!isLetter) target.dispatchEvent(copyOf(event));
  else if (event.type !== 'keyup' && isTextField(target)) {
    target.setRangeText(event.key, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end');
    target.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

/** True for a field in which letters are typed; the parts of a date field are the browser's own. */
export function isTextField(target: EventTarget | null): target is TextField {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
}
