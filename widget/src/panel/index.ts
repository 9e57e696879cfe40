import { button, h } from '../dom';
import type { Settings } from '../settings';
import { panelTextsIn, type PanelTexts } from '../texts';
import { Client, RequestError } from './client';
import { Conversation, type State } from './conversation';
import { LocalStore } from './local_store';
import { Announcer } from './view/announcer';
import { Composer } from './view/composer';
import type { Picked } from './view/date_form';
import { ErrorBanner } from './view/error_banner';
import { Frame } from './view/frame';
import { calendarIcon, personIcon, trashIcon } from './view/icons';
import { loadOnDemand } from './view/loaded_view';
import { menu } from './view/menu';
import { MessageList, typingDots } from './view/message_list';
import { panelStyles } from './view/styles';
import { welcome } from './view/welcome';

export interface Panel {
  show(focus: boolean): void;
  hide(): void;
  /** The element is back on the page, after a swap of what surrounds it: it is as it was. */
  resume(): void;
  /** The element has left the page: nothing goes on in the background. */
  stop(): void;
}

export interface PanelModule {
  /** `layer` is what the panel is put into, in the element's shadow root. */
  createPanel: (host: HTMLElement, layer: HTMLElement, settings: Settings, closed: () => void) => Panel;
}

/** Builds the chat inside the element's shadow root, closed. */
export const createPanel: PanelModule['createPanel'] = (host, layer, settings, closed) => {
  (layer.getRootNode() as ShadowRoot).adoptedStyleSheets.push(panelStyles());
  return new ChatPanel(host, layer, settings, closed);
};

const MINUTE = 60_000; // ms
const SWAP = 500; // ms that a page may take to swap its content

class ChatPanel implements Panel {
  readonly #host: HTMLElement;
  readonly #layer: HTMLElement;
  readonly #store: LocalStore;
  readonly #settings: Settings;
  readonly #texts: PanelTexts;
  readonly #frame: Frame;
  readonly #announcer: Announcer;
  readonly #conversation: Conversation;
  readonly #banner: ErrorBanner;
  readonly #typing = typingDots();
  readonly #welcome: HTMLElement;
  readonly #list: MessageList;
  readonly #composer: Composer;
  #wasWriting = false;
  #listening: AbortController | null = null;
  #focused: HTMLElement | null = null;
  #left = 0;

  constructor(host: HTMLElement, layer: HTMLElement, settings: Settings, closed: () => void) {
    this.#host = host;
    this.#layer = layer;
    this.#store = new LocalStore(settings.server);
    this.#settings = settings;
    this.#texts = panelTextsIn(settings.language);
    this.#announcer = new Announcer(this.#texts);
    this.#frame = new Frame(settings.heading ?? this.#texts.heading, this.#texts, [this.#menu()], () => {
      closed();
      this.#tellPage('close');
      if (this.#focusWasInside()) layer.querySelector<HTMLElement>('.launcher')?.focus();
    });
    this.#banner = new ErrorBanner(this.#texts, () => {
      this.#conversation.retry();
    });
    this.#conversation = new Conversation(new Client(settings.server), this.#store, {
      changed: (state) => {
        this.#changed(state);
      },
      answered: (messages) => {
        this.#announcer.answers(messages);
        if (!this.#frame.dialog.open) this.#store.write('unread', true);
        this.#tellPage('answer', { outcomes: messages.map(({ metadata }) => metadata.outcome ?? '') });
      },
      erased: () => {
        this.#store.write('unread', null);
        this.#announcer.say(this.#texts.erased);
      },
    });
    this.#welcome = welcome(this.#settings, this.#texts, (text) => {
      this.#say(text);
    });
    this.#list = this.#makeList();
    this.#composer = new Composer(this.#texts, (text) => {
      this.#conversation.say(text);
    });
    this.#frame.body.append(this.#list.element, this.#list.hint, this.#composer.element, this.#footer(), this.#announcer.element);
    layer.append(this.#frame.dialog);
    this.#rememberFocus();
  }

  #makeList(): MessageList {
    const actions = {
      pick: (picked: Picked): void => {
        this.#pick(picked);
      },
      press: (...pressed: Parameters<Conversation['press']>): void => {
        this.#conversation.press(...pressed);
        this.#moveFocus();
      },
      rate: (...rated: Parameters<Conversation['rate']>) => this.#conversation.rate(...rated),
      print: (message: HTMLElement): void => {
        void this.#loadOnDemand().then((parts) => parts?.printMessage(message, this.#frame.dialog, this.#host));
      },
    };
    const setting = { settings: this.#settings, texts: this.#texts, actions };
    const end = h('div', { class: 'end' }, this.#typing, this.#banner.element);
    return new MessageList(setting, this.#welcome, end);
  }

  show(focus: boolean): void {
    this.#frame.open();
    if (focus) this.#moveFocus();
    this.#store.write('unread', null);
    if (!this.#listening) {
      this.#keepCurrent();
      void this.#conversation.start();
    }
    this.#tellPage('open');
  }

  resume(): void {
    this.#frame.resume();
    this.#list.resume();
    const isJustLeft = performance.now() - this.#left < SWAP; // true while it was never left
    if (isJustLeft && document.activeElement === document.body) this.#focused?.focus({ preventScroll: true });
  }

  hide(): void {
    this.#frame.close();
  }

  stop(): void {
    this.#frame.close();
    this.#conversation.stop();
    this.#listening?.abort();
    this.#listening = null;
  }

  /** States and dates go with the clock, also on a page that comes out of the back-forward cache. */
  #keepCurrent(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const refresh = (): void => {
      this.#conversation.refresh();
    };
    const ticking = setInterval(refresh, MINUTE);
    signal.addEventListener('abort', () => {
      clearInterval(ticking);
    });
    document.addEventListener('visibilitychange', refresh, { signal });
    addEventListener('pageshow', (event) => {
      if (event.persisted) this.#conversation.retry();
    }, { signal });
  }

  /** Where the focus was before a swap of the page's content took it away. */
  #rememberFocus(): void {
    this.#layer.addEventListener('focusin', (event) => {
      this.#focused = event.target as HTMLElement;
      this.#left = Infinity; // a browser need not tell when it takes away what has the focus
    });
    this.#layer.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget) this.#focused = null; // it went elsewhere by itself
      this.#left = performance.now();
    });
  }

  #changed({ items, writing, error, retryAt }: State): void {
    this.#list.show(items);
    this.#welcome.classList.toggle('past', items.length > 0);
    this.#typing.hidden = !writing;
    if (writing && !this.#wasWriting) this.#announcer.say(this.#texts.writing);
    this.#wasWriting = writing;
    this.#banner.show({ error, retryAt });
  }

  #say(text: string): void {
    this.#conversation.say(text);
    this.#moveFocus();
  }

  #pick(picked: Picked): void {
    this.#conversation.pick(picked);
    this.#moveFocus();
  }

  /** From a button that may be gone or used up, into the chat. On a phone not into the field: its keyboard would jump up. */
  #moveFocus(): void {
    if (this.#frame.isPhone) this.#list.focus();
    else this.#composer.focus();
  }

  #footer(): HTMLElement {
    const ask = button({ class: 'person' }, () => {
      this.#say(this.#texts.personAsked);
    }, personIcon(), this.#texts.person);
    return h('div', { class: 'footer' }, ask);
  }

  #menu(): HTMLElement {
    return menu(this.#texts.more, [
      { label: this.#texts.treatment, icon: calendarIcon(), press: () => void this.#askTreatment() },
      { label: this.#texts.erase, icon: trashIcon(), press: () => void this.#askToErase() },
    ]);
  }

  async #askTreatment(): Promise<void> {
    const texts = this.#texts;
    const parts = await this.#loadOnDemand();
    const close = parts?.openSheet(this.#layer, {
      role: 'dialog',
      title: texts.treatment,
      hint: texts.treatmentHint,
      content: [
        parts.dateForm(texts, (picked) => {
          close?.();
          this.#pick(picked);
        }),
      ],
      choices: [{ label: texts.cancel, class: 'quiet' }],
    });
  }

  async #askToErase(): Promise<void> {
    const texts = this.#texts;
    const parts = await this.#loadOnDemand();
    parts?.openSheet(this.#layer, {
      role: 'alertdialog',
      title: texts.eraseAsk,
      hint: texts.eraseHint,
      choices: [
        { label: texts.eraseNo, class: 'quiet' },
        { label: texts.eraseYes, class: 'danger', press: () => this.#erase() },
      ],
    });
  }

  /** Nothing where it can't be loaded: then it says so. */
  async #loadOnDemand(): Promise<Awaited<ReturnType<typeof loadOnDemand>> | null> {
    try {
      const parts = await loadOnDemand(this.#layer.getRootNode() as ShadowRoot);
      this.#conversation.refresh(); // it has worked now
      return parts;
    } catch {
      this.#banner.show({ error: new RequestError(0), retryAt: null });
      return null;
    }
  }

  async #erase(): Promise<void> {
    try {
      await this.#conversation.erase();
    } catch (error) {
      const isAway = error instanceof RequestError && error.status === 0;
      throw new Error(isAway ? this.#texts.unreachable : this.#texts.broken, { cause: error });
    }
  }

  #focusWasInside(): boolean {
    const focused = (this.#host.getRootNode() as Document | ShadowRoot).activeElement;
    return !focused || focused === document.body || focused === this.#host;
  }

  #tellPage(what: string, detail: unknown = null): void {
    this.#host.dispatchEvent(new CustomEvent(`microneedling-${what}`, { bubbles: true, composed: true, detail }));
  }
}
