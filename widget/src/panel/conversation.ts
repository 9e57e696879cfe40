import { RequestError, type Client } from './client';
import type { AssistantMessage, Outgoing } from './contract';
import {
  answerItem, itemsOf, userItem, withoutSession, withPauses, withUse, withWaiting, type AssistantItem, type Item, type Presses, type Waiting,
} from './chat_items';
import type { LocalStore } from './local_store';
import { newId, Outbox } from './outbox';
import { OutboxSender } from './outbox_sender';
import type { Picked } from './view/date_form';

const MOST_PRESSES = 50; // that are remembered

/** Everything that the view shows. */
export interface State {
  items: Item[];
  /** The assistant is at work on an answer. */
  writing: boolean;
  error: RequestError | null;
  /** Time of the next retry, in ms since 1970. */
  retryAt: number | null;
}

export interface Listener {
  changed(state: State): void;
  /** An answer that came now, for the first time, in this tab. */
  answered(messages: AssistantMessage[]): void;
  /** The conversation is gone, here or in another tab. */
  erased(): void;
}

/** The conversation with the assistant: what is shown, what waits, and what the server knows. */
export class Conversation {
  readonly #client: Client;
  readonly #store: LocalStore;
  readonly #outbox: Outbox;
  readonly #sender: OutboxSender;
  readonly #listener: Listener;
  #unwatch: (() => void) | null = null;
  #past: Item[] = []; // of sessions that have run out while this page was open
  #items: Item[] = [];
  #sessionOfItems = '';

  constructor(client: Client, store: LocalStore, listener: Listener) {
    this.#client = client;
    this.#store = store;
    this.#outbox = new Outbox(store);
    this.#listener = listener;
    this.#sender = new OutboxSender(this.#outbox, {
      deliver: (message) => this.#deliver(message),
      changed: () => {
        this.#tell();
      },
    });
  }

  /** Reads the history, and sends messages that still wait. */
  async start(): Promise<void> {
    this.#unwatch ??= this.#store.watch((name) => {
      this.#hearOtherTab(name);
    });
    this.#sender.start();
    this.#tell();
    await this.#read();
    this.#sender.wake();
  }

  /** Shows it as it is now: time changes states and dates. */
  refresh(): void {
    this.#tell();
  }

  stop(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#sender.stop();
  }

  /** A text that was typed, or that a suggestion holds. */
  say(text: string): void {
    this.#post({ id: newId(), text });
  }

  /** A press of a button. */
  press(item: AssistantItem, title: string, payload: string): void {
    const id = newId();
    const presses = Object.entries(this.#presses).slice(1 - MOST_PRESSES);
    this.#store.write('presses', Object.fromEntries([...presses, [id, item.key]]));
    this.#post({ id, text: title, payload, session: item.session });
  }

  /** A date from a form, which every session takes. */
  pick({ sentence, payload }: Picked): void {
    this.#post({ id: newId(), text: sentence, payload });
  }

  /** Retries at once. */
  retry(): void {
    this.#sender.wake();
    if (this.#sender.isIdle) void this.#read();
  }

  async rate(item: AssistantItem, helpful: boolean, comment: string): Promise<void> {
    const feedback = { id: item.id, part: item.part, helpful, ...(comment ? { comment } : {}) };
    await this.#client.rate(item.session, feedback);
  }

  /** Erases everything, on the server and here. Throws `RequestError`. */
  async erase(): Promise<void> {
    const token = this.#token;
    if (token) {
      await this.#client.erase(token).catch((error: unknown) => {
        if (!(error instanceof RequestError && error.status === 401)) throw error; // gone already
      });
    }
    this.#store.write('session', null);
    this.#store.write('erased', newId());
    this.#forget();
  }

  get #token(): string {
    const token = this.#store.read('session');
    return typeof token === 'string' ? token : '';
  }

  /** Which answer's button each press belongs to; the server knows its title alone. */
  get #presses(): Presses {
    return (this.#store.read('presses') ?? {}) as Presses; // nobody else writes there
  }

  #post(message: Pick<Waiting, 'id' | 'text' | 'payload' | 'session'>): void {
    this.#outbox.add({ ...message, at: new Date().toISOString(), timezone: timezone() });
    this.#tell();
    this.#sender.wake();
  }

  /** Sends one message; it is out of the outbox when its answer is on the screen, or when it was refused. */
  async #deliver(message: Waiting): Promise<void> {
    const known = this.#token;
    const token = known || (await this.#openSession());
    let answer: AssistantMessage[];
    try {
      answer = await this.#client.send(token, outgoing(message, token));
    } catch (error) {
      if (!(error instanceof RequestError) || error.isPassing) throw error;
      if (error.status === 401 && !known) throw new RequestError(500); // a new session that isn't one: don't go round
      if (error.status === 401) this.#leaveSession(token);
      else this.#outbox.refuse(message.id, error.message, this.#items.at(-1)?.key ?? '');
      return; // a session that ran out: the sender goes on, and opens a new one
    }
    this.#take(message, answer, token);
    this.#store.write('answered', message.id); // other tabs look again
  }

  #take(message: Waiting, answer: AssistantMessage[], session: string): void {
    const { id } = message;
    if (!this.#outbox.all().some((waiting) => waiting.id === id)) return; // erased, or another tab was quicker
    if (answer.some(({ metadata }) => metadata.erased)) this.#past = this.#items = []; // what waits was typed after it
    if (answer.some(({ metadata }) => metadata.new_conversation)) this.#leaveItems();
    const isNew = !this.#items.some((item) => item.key === `a:${id}:0`);
    if (isNew) {
      const items = this.#items.filter((item) => item.key !== `u:${id}`);
      const at = new Date().toISOString();
      const said = answer.map((part, i) => answerItem({ at, ...part }, id, i, session));
      this.#items = [...items, userItem(message, 'sent'), ...said];
    }
    this.#sessionOfItems = session;
    this.#outbox.remove(id);
    this.#tell();
    if (isNew) this.#listener.answered(answer);
  }

  async #openSession(): Promise<string> {
    const token = await this.#client.open();
    this.#store.write('session', token);
    return token;
  }

  /** Keeps on the screen what the old session said, and begins a new list. */
  #leaveSession(token: string): void {
    if (this.#token === token) this.#store.write('session', null); // else another tab was quicker
    this.#leaveItems();
  }

  /** Shows the items above a divider; the server knows nothing of them any more. */
  #leaveItems(): void {
    if (this.#items.length === 0) return;
    this.#past = [...this.#past, ...withoutSession(this.#items), { kind: 'note', key: `n:${newId()}` }];
    this.#items = [];
  }

  async #read(): Promise<void> {
    const token = this.#token;
    if (!token) return;
    try {
      const history = await this.#client.history(token);
      if (token !== this.#token) return;
      if (this.#sessionOfItems && token !== this.#sessionOfItems) this.#leaveSession(this.#sessionOfItems);
      this.#items = itemsOf(history, token);
      this.#sessionOfItems = token;
      this.#sender.recovered();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.status === 401) this.#leaveSession(token);
      else this.#sender.failed(error, () => void this.#read());
    }
    this.#tell();
  }

  #hearOtherTab(name: string): void {
    if (name === 'erased') this.#forget();
    else if (name === 'outbox') this.#hearOfOutbox();
    else if (name === 'answered') void this.#read();
  }

  /** The tab that wrote it may be closed before it is done: this one stands by. */
  #hearOfOutbox(): void {
    this.#tell();
    this.#sender.wake();
  }

  #forget(): void {
    this.#outbox.clear();
    this.#store.write('presses', null);
    this.#past = [];
    this.#items = [];
    this.#sessionOfItems = '';
    this.#sender.recovered();
    this.#tell();
    this.#listener.erased();
  }

  #tell(): void {
    const { error, retryAt } = this.#sender;
    const blockedBy = error && (error.status === 0 ? 'away' : 'busy');
    const said = withWaiting(this.#items, this.#outbox.all(), blockedBy);
    this.#listener.changed({
      items: withPauses(withUse([...this.#past, ...said], this.#presses), Date.now()),
      writing: !error && this.#outbox.next() !== undefined,
      error,
      retryAt,
    });
  }
}

/** A button that another session had offered goes as text: the present one knows nothing of it. */
function outgoing({ id, text, payload, session, timezone: zone }: Waiting, token: string): Outgoing {
  return payload && (session ?? token) === token ? { id, payload, timezone: zone } : { id, text, timezone: zone };
}

function timezone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
