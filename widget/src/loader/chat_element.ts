import { button, h, icon, styleSheet } from '../dom';
import type { Panel, PanelModule } from '../panel';
import { languageOf, settingsOf, withoutSlash } from '../settings';
import { launcherTextsIn } from '../texts';
import styles from './launcher.css?inline';
import { tokens } from './tokens';

const CHAT = 'M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.8-.9L3 20.5l1.7-5.1a8 8 0 0 1-1.2-3.9 8.4 8.4 0 0 1 8.5-8.3h.5a8.4 8.4 0 0 1 8.5 7.8z';
const PHONE = '(max-width: 599.98px), (max-height: 479.98px)';
const WAS_OPEN = 'microneedling-chat:open';

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

/** The launcher, and behind it the panel, which is loaded when it is wanted. */
abstract class ChatElement extends HTMLElement {
  static readonly observedAttributes = ['accent', 'label'];

  protected abstract readonly script: string;
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #tokens = new CSSStyleSheet();
  #launcher: HTMLButtonElement | null = null;
  #panel: Promise<Panel> | null = null;
  #loads = 0;

  connectedCallback(): void {
    if (!isFirst(this)) return; // a second one on a page stays empty
    if (!this.#launcher) this.#build();
    if (this.#startsOpen()) void this.show(false);
  }

  disconnectedCallback(): void {
    void this.#panel?.then((panel) => {
      if (!this.isConnected) panel.stop();
    });
  }

  attributeChangedCallback(): void {
    if (!this.#launcher) return;
    const own = this.getAttribute('accent') ?? getComputedStyle(this).getPropertyValue('--microneedling-accent');
    this.#tokens.replaceSync(tokens(own.trim()));
    const label = this.#launcher.querySelector('span');
    if (label) label.textContent = this.getAttribute('label') ?? launcherTextsIn(languageOf(this)).label;
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
    this.#root.append(this.#launcher);
    this.attributeChangedCallback();
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
    return createPanel(this, this.#root, settings, () => {
      this.#closed();
    });
  }

  #closed(): void {
    if (!this.#launcher) return;
    this.#launcher.hidden = false;
    remember(false);
  }

  #startsOpen(): boolean {
    if (matchMedia(PHONE).matches) return false;
    return this.hasAttribute('open') || wasOpen();
  }

  #tell(sentence: string): void {
    this.#root.querySelector('.failed')?.remove();
    this.#root.append(h('p', { class: 'failed', role: 'alert' }, sentence));
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
