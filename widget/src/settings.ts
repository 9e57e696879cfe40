/** The attributes of the element. On the tag, each is written `data-NAME`. */
export const ATTRIBUTES = [
  'heading',
  'greeting',
  'suggestions',
  'accent',
  'position',
  'theme',
  'open',
  'label',
  'phone',
  'lang',
  'server',
] as const;

export interface Settings {
  heading: string | null;
  greeting: string | null;
  suggestions: string[] | null;
  phone: string | null;
  language: string;
  /** Origin of the assistant, or the address of the folder that it is served from, without a slash at the end. */
  server: string;
}

/** The settings of an element; `server` is used where the element names none. */
export function settingsOf(element: HTMLElement, server: string): Settings {
  const text = (name: string): string | null => filled(element.getAttribute(name)?.trim());
  const suggestions = element.getAttribute('suggestions');
  return {
    heading: text('heading'),
    greeting: text('greeting'),
    suggestions: suggestions === null ? null : separated(suggestions),
    phone: text('phone'),
    language: languageOf(element),
    server: withoutSlash(text('server') ?? server),
  };
}

/** An empty attribute is none. */
function filled(value: string | null | undefined): string | null {
  return value === '' ? null : (value ?? null);
}

function separated(list: string): string[] {
  return list
    .split('|')
    .map((item) => item.trim())
    .filter(Boolean);
}

export function languageOf(element: HTMLElement): string {
  return filled(element.closest('[lang]')?.getAttribute('lang')) ?? 'en';
}

/** An address, complete and without a slash at the end. */
export function withoutSlash(address: string): string {
  return new URL(address, document.baseURI).href.replace(/\/+$/, '');
}

/** Copies the settings of the tag to the element that is made from it. */
export function copySettings(tag: HTMLElement, element: HTMLElement): void {
  for (const name of ATTRIBUTES) {
    const value = tag.dataset[name === 'heading' ? 'title' : name];
    if (value !== undefined && !(name === 'open' && value === 'false')) element.setAttribute(name, value);
  }
}

/** The name under which the chat with one assistant keeps something in the browser's storage. */
export function storageKey(server: string, name: string): string {
  return `microneedling-chat:${server}:${name}`;
}
