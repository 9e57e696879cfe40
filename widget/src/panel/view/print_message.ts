import { styleSheet } from '../../dom';

/** Prints one message alone, as far as the page lets it: a chat inside another element is printed with the page. */
export function printMessage(message: HTMLElement, dialog: HTMLElement, host: HTMLElement): void {
  const rest = styleSheet(`@media print{body>:not(${host.localName}){display:none!important}}`);
  dialog.classList.add('one');
  message.classList.add('printed');
  if (host.parentElement === document.body) document.adoptedStyleSheets.push(rest);
  addEventListener('afterprint', () => {
    dialog.classList.remove('one');
    message.classList.remove('printed');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== rest);
  }, { once: true });
  print();
}
