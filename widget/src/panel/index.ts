import { button, h } from '../dom';
import type { Settings } from '../settings';
import { panelTextsIn, type PanelTexts } from '../texts';
import { Client, RequestError } from './client';
import { Conversation, type State } from './conversation';
import { LocalStore } from './local_store';
import { Announcer } from './view/announcer';
import { Composer } from './view/composer';
import { dateForm, type Picked } from './view/date_form';
import { ErrorBanner } from './view/error_banner';
import { Frame } from './view/frame';
import { calendarIcon, personIcon, trashIcon } from './view/icons';
import { menu } from './view/menu';
import { MessageList, typingDots } from './view/message_list';
import { openSheet } from './view/sheet';
import { panelStyles } from './view/styles';
import { welcome } from './view/welcome';

export interface Panel {
  show(focus: boolean): void;
  hide(): void;
  /** The element has left the page: nothing goes on in the background. */
  stop(): void;
}

export interface PanelModule {
  createPanel: (host: HTMLElement, root: ShadowRoot, settings: Settings, closed: () => void) => Panel;
}

/** Builds the chat inside the element's shadow root, closed. */
export const createPanel: PanelModule['createPanel'] = (host, root, settings, closed) => {
  root.adoptedStyleSheets.push(panelStyles());
  return new ChatPanel(host, root, settings, closed);
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
  readonly #welcome: HTMLElement;
  readonly #list: MessageList;
  readonly #composer: Composer;
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
    this.#welcome = welcome(this.#settings, this.#texts, (text) => {
      this.#say(text);
    });
    this.#list = this.#makeList();
    this.#composer = new Composer(this.#texts, (text) => {
      this.#conversation.say(text);
    });
    this.#frame.body.append(this.#list.element, this.#composer.element, this.#footer(), this.#announcer.element);
    root.append(this.#frame.dialog);
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
    };
    const setting = { settings: this.#settings, texts: this.#texts, actions };
    const end = h('div', { class: 'end' }, this.#typing, this.#banner.element);
    return new MessageList(setting, this.#welcome, end);
  }

  show(focus: boolean): void {
    this.#frame.open();
    if (focus) this.#moveFocus();
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
