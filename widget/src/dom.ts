type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | boolean | null | undefined>;

/** An element with attributes and children. Strings become text, whatever is in them. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
}

/** A button that does something. */
export function button(attributes: Attributes, press: () => void, ...children: Child[]): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', press);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line drawing of 24 by 24, which says nothing to a screen reader. */
export function icon(...paths: string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  setAttributes(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false', class: 'icon' });
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** A style sheet that a strict Content-Security-Policy lets through: it is no inline style. */
export function styleSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Puts an element above all that the page draws, whatever it transforms or stacks; a page's own layer counts instead. */
export function lift(element: HTMLElement): void {
  const isLayered = getComputedStyle(element).getPropertyValue('--microneedling-z-index') !== '';
  if (isLayered || !element.isConnected || !('showPopover' in element)) return;
  element.setAttribute('popover', 'manual');
  if (!element.matches(':popover-open')) element.showPopover();
}

/** Takes it down again. */
export function lower(element: HTMLElement): void {
  element.removeAttribute('popover');
}

const PROCESSED_BY_IME = 229; // keyCode of a key that an input method takes

/** True if the key belongs to an input method. Safari ends the composition first, and only the code tells. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it
  return event.isComposing || event.keyCode === PROCESSED_BY_IME;
}
