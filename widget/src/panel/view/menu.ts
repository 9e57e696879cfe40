import { button, h } from '../../dom';
import { moreIcon } from './icons';

export interface MenuEntry {
  label: string;
  icon: SVGSVGElement;
  press: () => void;
}

/** A button that opens a short menu: arrows move, Escape and a press elsewhere close. */
export function menu(label: string, entries: MenuEntry[]): HTMLElement {
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': label, hidden: true });
  const opener = button({ class: 'bare', 'aria-label': label, title: label, 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, () => {
    set(list.hidden !== false);
  }, moreIcon());
  const wrap = h('div', { class: 'menu-wrap' }, opener, list);
  const items = entries.map((entry) =>
    button({ role: 'menuitem', tabindex: '-1' }, () => {
      set(false);
      opener.focus();
      entry.press();
    }, entry.icon, entry.label),
  );
  list.append(...items);

  const set = (open: boolean): void => {
    list.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (open) items[0]?.focus();
  };
  list.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault(); // Escape closes the menu, not the chat
      set(false);
      opener.focus();
      return;
    }
    const to = target(event.key, items.indexOf(event.target as HTMLButtonElement), items.length);
    if (to === null) return;
    event.preventDefault();
    items[to]?.focus();
  });
  wrap.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && wrap.contains(event.relatedTarget))) set(false);
  });
  return wrap;
}

function target(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
