import { button, h } from '../../dom';

export interface Choice {
  label: string;
  class: string;
  /** Nothing: it only closes. */
  press?: () => void | Promise<void>;
}

interface SheetParts {
  role: 'dialog' | 'alertdialog';
  title: string;
  hint: string;
  content?: HTMLElement[];
  choices: Choice[];
}

let count = 0;

/** A small dialog over the chat. The browser keeps the focus panelTexts, and Escape closes it. */
export function openSheet(parent: HTMLElement, { role, title, hint, content = [], choices }: SheetParts): () => void {
  const id = `sheet-${(count += 1)}`;
  const from = (parent.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  const fault = h('p', { class: 'fault', role: 'alert' });
  const sheet = h('dialog', { class: 'sheet', role, 'aria-labelledby': id, 'aria-describedby': `${id}-hint` });
  const close = (): void => {
    sheet.close();
  };
  sheet.append(h('h2', { id }, title), h('p', { id: `${id}-hint`, class: 'hint' }, hint), ...content, fault, row(choices, close, fault));
  sheet.addEventListener('close', () => {
    sheet.remove();
    from?.focus();
  });
  sheet.addEventListener('keydown', (event) => {
    event.stopPropagation(); // Escape closes the sheet, not the chat
  });
  parent.append(sheet);
  sheet.showModal();
  return close;
}

function row(choices: Choice[], close: () => void, fault: HTMLElement): HTMLElement {
  const buttons = choices.map(({ label, class: name, press }) => {
    const act = async (): Promise<void> => {
      try {
        await press?.();
        close();
      } catch (error) {
        fault.textContent = error instanceof Error ? error.message : '';
      }
    };
    return button({ class: name }, () => void act(), label);
  });
  return h('div', { class: 'sheet-row' }, ...buttons);
}
