import { button, h, icon, lift, styleSheet } from '../dom';
import type { Panel, PanelModule } from '../panel';
import { languageOf, settingsOf, storageKey, withoutSlash } from '../settings';
import { launcherTextsIn } from '../texts';
import { guardKeys } from './key_guard';
import styles from './launcher.css?inline';
import { tokens } from './tokens';

const CHAT = 'M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.8-.9L3 20.5l1.7-5.1a8 8 0 0 1-1.2-3.9 8.4 8.4 0 0 1 8.5-8.3h.5a8.4 8.4 0 0 1 8.5 7.8z';
const PHONE = '(max-width: 599.98px), (max-height: 479.98px)';
const WAS_OPEN = 'microneedling-chat:open';

const MOST_RETURNS = 20; // in a row: a page that takes the chat away each time wins
const IN_A_ROW = 1000; // ms

let first: HTMLElement | null = null;

/** True for the first chat of the page, as long as it stays there. */
function isFirst(element: HTMLElement): boolean {
  if (!first?.isConnected) first = element;
  return first === element;
}

/** Registers the element; a page that loads the script twice keeps the first. */
export function defineChat(tag: string, server: string): void {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends ChatElement {
      protected override readonly script = server;
    },
  );
}

/** Calls back when there is a body, at once if there is one already. */
export function whenParsed(work: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', work, { once: true });
  else work();
}

/** The launcher, and behind it the panel, which is loaded when it is wanted. */
abstract class ChatElement extends HTMLElement {
  static readonly observedAttributes = ['accent', 'label'];

  /** Set on the chat that a tag makes: it stays when a page swaps its content (Turbo, htmx, pjax, morphing). */
  stays = false;
  protected abstract readonly script: string;
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #layer = h('div', { class: 'layer' });
  readonly #tokens = new CSSStyleSheet();
  #launcher: HTMLButtonElement | null = null;
  #panel: Promise<Panel> | null = null;
  #page: Element | null = null;
  #loads = 0;
  #returns = 0;
  #left = 0;

  /** Shortcuts of pages leave alone what can be edited; here it is the field inside. */
  override get isContentEditable(): boolean {
    return this.#root.activeElement?.matches('textarea, input') ?? false;
  }

  connectedCallback(): void {
    if (!isFirst(this)) return; // a second one on a page stays empty
    this.#page = document.documentElement;
    if (!this.#launcher) this.#build();
    guardKeys(this, this.#root);
    lift(this.#layer);
    if (this.#launcher?.hidden) void this.#panel?.then((panel) => { panel.resume(); });
    else if (this.#startsOpen()) void this.show(false);
  }

  disconnectedCallback(): void {
    if (!this.#launcher) return;
    queueMicrotask(() => {
      if (this.stays && !this.isConnected) whenParsed(() => { this.#return(); });
      if (!this.isConnected) void this.#stop();
    });
  }

  attributeChangedCallback(): void {
    if (!this.#launcher) return;
    const own = this.getAttribute('accent') ?? getComputedStyle(this).getPropertyValue('--microneedling-accent');
    this.#tokens.replaceSync(tokens(own.trim()));
    this.#nameLauncher();
  }

  /** Opens the chat; the focus goes into it unless told otherwise. */
  async show(focus = true): Promise<void> {
    const launcher = this.#launcher;
    if (!launcher) return;
    launcher.setAttribute('aria-busy', 'true');
    try {
      (await this.#loaded()).show(focus);
      this.#root.querySelector('.failed')?.remove();
      launcher.hidden = true;
      remember(true);
    } catch {
      this.#panel = null; // the next press tries again
      this.#tell(launcherTextsIn(languageOf(this)).failed);
    } finally {
      launcher.removeAttribute('aria-busy');
    }
  }

  /** Closes the chat; the focus goes back to the launcher if it was inside. */
  async hide(): Promise<void> {
    (await this.#panel)?.hide();
  }

  #build(): void {
    this.#root.adoptedStyleSheets = [styleSheet(styles), this.#tokens];
    this.#launcher = this.#makeLauncher();
    this.#layer.append(this.#launcher);
    this.addEventListener('microneedling-answer', () => {
      this.#nameLauncher();
    });
    this.#root.append(this.#layer);
    this.attributeChangedCallback();
  }

  /** The page's own words, or what it does: begin a conversation, or go on with one. */
  #nameLauncher(): void {
    const texts = launcherTextsIn(languageOf(this));
    const own = this.getAttribute('label');
    const talk = talkOf(settingsOf(this, this.script).server);
    const label = own ?? (talk === 'none' ? texts.label : texts.goOn);
    const more = [own === null && talk !== 'none' ? texts.label : '', talk === 'unread' ? texts.unread : ''];
    const name = [label, ...more].filter(Boolean).join('. ');
    this.#launcher?.querySelector('span')?.replaceChildren(label);
    this.#launcher?.setAttribute('aria-label', name);
    this.#launcher?.classList.toggle('unread', talk === 'unread');
  }

  #makeLauncher(): HTMLButtonElement {
    const launcher = button({ class: 'launcher', 'aria-haspopup': 'dialog' }, () => void this.show(), icon(CHAT), h('span'));
    // who comes near will press soon
    for (const near of ['pointerenter', 'focus', 'touchstart'])
      launcher.addEventListener(near, () => void this.#loaded().catch(() => (this.#panel = null)), { once: true, passive: true });
    return launcher;
  }

  #loaded(): Promise<Panel> {
    this.#panel ??= this.#load();
    return this.#panel;
  }

  async #load(): Promise<Panel> {
    const settings = settingsOf(this, this.script);
    const again = this.#loads > 0 ? `?${this.#loads}` : ''; // a browser may remember that an address failed
    // never from where an attribute says: whoever can put markup on the page must not be able to run a script
    const address = `${withoutSlash(this.script)}/widget/${__PANEL__}${again}`;
    this.#loads += 1;
    const { createPanel } = (await import(/* @vite-ignore */ address)) as PanelModule;
    return createPanel(this, this.#layer, settings, () => {
      this.#closed();
    });
  }

  #closed(): void {
    this.#showLauncher();
    remember(false);
  }

  #showLauncher(): void {
    if (!this.#launcher) return;
    this.#launcher.hidden = false;
    this.attributeChangedCallback();
  }

  /** Nothing goes on in the background while the element is off the page. */
  async #stop(): Promise<void> {
    const panel = await this.#panel;
    if (this.isConnected) return;
    panel?.stop();
    this.#showLauncher();
  }

  /** Goes back to the page whose content was swapped, in the place of a copy that came with it. */
  #return(): void {
    if (this.isConnected || !this.#mayReturn()) return;
    const other = document.querySelector(this.localName);
    const chat = this.#page === document.documentElement ? this : Object.assign(this.cloneNode(), { stays: true });
    if (other) other.replaceWith(chat);
    else document.body.append(chat);
  }

  #mayReturn(): boolean {
    const now = performance.now();
    this.#returns = now - this.#left < IN_A_ROW ? this.#returns + 1 : 0;
    this.#left = now;
    return this.#returns < MOST_RETURNS;
  }

  #startsOpen(): boolean {
    if (matchMedia(PHONE).matches) return false;
    return this.hasAttribute('open') || wasOpen();
  }

  #tell(sentence: string): void {
    this.#root.querySelector('.failed')?.remove();
    this.#layer.append(h('p', { class: 'failed', role: 'alert' }, sentence));
  }
}

/** The conversation that this browser remembers. */
function talkOf(server: string): 'none' | 'read' | 'unread' {
  const has = (name: string): boolean => localStorage.getItem(storageKey(server, name)) !== null;
  try {
    if (!has('session')) return 'none';
    return has('unread') ? 'unread' : 'read';
  } catch {
    return 'none'; // storage is blocked
  }
}

/** For this tab, so that the chat stays open while a visitor goes from page to page. */
function remember(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(WAS_OPEN, '1');
    else sessionStorage.removeItem(WAS_OPEN);
  } catch {
    // storage is blocked: the chat begins closed on each page
  }
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(WAS_OPEN) === '1';
  } catch {
    return false;
  }
}
