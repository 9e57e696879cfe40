import { button, styleSheet } from '../dom';
import type { Settings } from '../settings';
import { panelTextsIn, type PanelTexts } from '../texts';
import { Client, RequestError } from './client';
import { Conversation, type State } from './conversation';
import { LocalStore } from './local_store';
import { Announcer } from './view/announcer';
import { Composer } from './view/composer';
import { dateForm, type Picked } from './view/date_form';
import { deepChat, type Surface } from './view/deep_chat';
import { Frame } from './view/frame';
import { calendarIcon, personIcon, trashIcon } from './view/icons';
import { menu } from './view/menu';
import { MessageList, typingDots } from './view/message_list';
import controls from './view/controls.css?inline';
import styles from './view/panel.css?inline';
import { openSheet } from './view/sheet';
import { ErrorBanner } from './view/error_banner';
import { welcome } from './view/welcome';

export interface Panel {
  show(focus: boolean): void;
  hide(): void;
  /** The element has left the page: nothing goes on in the background. */
  stop(): void;
}

export interface PanelModule {
  createPanel: (host: HTMLElement, root: ShadowRoot, settings: Settings, closed: () => void) => Promise<Panel>;
}

/** Builds the chat inside the element's shadow root, closed. */
export const createPanel: PanelModule['createPanel'] = async (host, root, settings, closed) => {
  root.adoptedStyleSheets.push(styleSheet(controls), styleSheet(styles));
  const panel = new ChatPanel(host, root, settings, closed);
  await panel.build();
  return panel;
};

class ChatPanel implements Panel {
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #settings: Settings;
  readonly #texts: PanelTexts;
  readonly #frame: Frame;
  readonly #announcer: Announcer;
  readonly #conversation: Conversation;
  readonly #banner: ErrorBanner;
  readonly #typing = typingDots();
  #composer!: Composer;
  #list!: MessageList;
  #surface!: Surface;
  #welcome!: HTMLElement;
  #started = false;
  #wasWriting = false;

  constructor(host: HTMLElement, root: ShadowRoot, settings: Settings, closed: () => void) {
    this.#host = host;
    this.#root = root;
    this.#settings = settings;
    this.#texts = panelTextsIn(settings.language);
    this.#announcer = new Announcer(this.#texts);
    this.#frame = new Frame(settings.heading ?? this.#texts.heading, this.#texts, [this.#menu()], () => {
      closed();
      this.#tellPage('close');
      if (this.#focusWasInside()) root.querySelector<HTMLElement>('.launcher')?.focus();
    });
    this.#banner = new ErrorBanner(this.#texts, () => {
      this.#conversation.retry();
    });
    this.#conversation = new Conversation(new Client(settings.server), new LocalStore(settings.server), {
      changed: (state) => {
        this.#changed(state);
      },
      answered: (messages) => {
        this.#announcer.answers(messages);
        this.#tellPage('answer', { outcomes: messages.map(({ metadata }) => metadata.outcome ?? '') });
      },
      erased: () => {
        this.#announcer.say(this.#texts.erased);
      },
    });
  }

  async build(): Promise<void> {
    this.#root.append(this.#frame.dialog);
    this.#surface = await deepChat(this.#frame.body);
    this.#dressLog();
    const say = (text: string): void => {
      this.#say(text);
    };
    this.#welcome = welcome(this.#settings, this.#texts, say);
    const actions = {
      pick: (picked: Picked): void => {
        this.#pick(picked);
      },
      press: (...pressed: Parameters<Conversation['press']>): void => {
        this.#conversation.press(...pressed);
        this.#afterPress();
      },
      rate: (...rated: Parameters<Conversation['rate']>) => this.#conversation.rate(...rated),
    };
    const setting = { settings: this.#settings, texts: this.#texts, actions };
    const end = this.#end();
    this.#list = new MessageList(this.#surface, setting, this.#welcome, end);
    this.#composer = new Composer(this.#surface, this.#texts, (text) => {
      this.#conversation.say(text);
    });
    this.#surface.column.append(this.#footer());
    this.#frame.body.append(this.#announcer.element);
  }

  show(focus: boolean): void {
    this.#frame.open();
    if (focus) this.#focusInside();
    if (!this.#started) {
      this.#started = true;
      void this.#conversation.start();
    }
    this.#tellPage('open');
  }

  hide(): void {
    this.#frame.close();
  }

  stop(): void {
    this.#frame.close();
    this.#conversation.stop();
    this.#started = false;
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
    this.#afterPress();
  }

  #pick(picked: Picked): void {
    this.#conversation.pick(picked);
    this.#afterPress();
  }

  /** The button that was pressed may be gone or used up; a phone's keyboard should not jump up. */
  #afterPress(): void {
    if (this.#frame.isPhone) this.#surface.log.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  #focusInside(): void {
    if (this.#frame.isPhone) this.#surface.log.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  #dressLog(): void {
    const { log } = this.#surface;
    log.setAttribute('role', 'log');
    log.setAttribute('aria-live', 'off'); // the announcer says each answer once
    log.setAttribute('aria-label', this.#texts.conversation);
    log.tabIndex = 0;
  }

  #end(): HTMLElement {
    const end = document.createElement('div');
    end.className = 'end';
    end.append(this.#typing, this.#banner.element);
    return end;
  }

  #footer(): HTMLElement {
    const footer = document.createElement('div');
    footer.className = 'footer';
    const ask = button({ class: 'person' }, () => {
      this.#say(this.#texts.personAsked);
    }, personIcon(), this.#texts.person);
    footer.append(ask);
    return footer;
  }

  #menu(): HTMLElement {
    return menu(this.#texts.more, [
      { label: this.#texts.treatment, icon: calendarIcon(), press: () => { this.#askTreatment(); } },
      { label: this.#texts.erase, icon: trashIcon(), press: () => { this.#askToErase(); } },
    ]);
  }

  #askTreatment(): void {
    const texts = this.#texts;
    const close = openSheet(this.#root, {
      role: 'dialog',
      title: texts.treatment,
      hint: texts.treatmentHint,
      content: [
        dateForm(texts, (picked) => {
          close();
          this.#pick(picked);
        }),
      ],
      choices: [{ label: texts.cancel, class: 'quiet' }],
    });
  }

  #askToErase(): void {
    const texts = this.#texts;
    openSheet(this.#root, {
      role: 'alertdialog',
      title: texts.eraseAsk,
      hint: texts.eraseHint,
      choices: [
        { label: texts.eraseNo, class: 'quiet' },
        { label: texts.eraseYes, class: 'danger', press: () => this.#erase() },
      ],
    });
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
