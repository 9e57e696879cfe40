import { RequestError } from './client';
import type { Waiting } from './chat_items';
import type { Outbox } from './outbox';

const FIRST_WAIT = 2; // seconds
const LONGEST_WAIT = 30;

export interface Transport {
  /** Throws `RequestError` when it has to be tried again. */
  deliver(message: Waiting): Promise<void>;
  changed(): void;
}

/** Sends the outbox to the server: one message at a time, in order, retrying until it is empty. */
export class OutboxSender {
  sending: string | null = null;
  error: RequestError | null = null;
  retryAt: number | null = null;
  readonly #outbox: Outbox;
  readonly #transport: Transport;
  #listening: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #again: (() => void) | null = null;

  constructor(outbox: Outbox, transport: Transport) {
    this.#outbox = outbox;
    this.#transport = transport;
  }

  /** Watches for a connection or the tab coming back, to retry then. */
  start(): void {
    this.#listening ??= new AbortController();
    const { signal } = this.#listening;
    const wake = (): void => {
      if (document.visibilityState === 'visible' && this.error) this.wake();
    };
    addEventListener('online', wake, { signal });
    document.addEventListener('visibilitychange', wake, { signal });
  }

  get isIdle(): boolean {
    return this.sending === null && !this.#outbox.next();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listening?.abort();
    this.#listening = null;
  }

  /** Starts sending now, unless it is sending already or there is nothing to send. */
  wake(): void {
    clearTimeout(this.#timer);
    this.retryAt = null;
    const again = this.#again;
    this.#again = null;
    again?.();
    if (this.sending === null && this.#outbox.next()) void this.#sendAll();
  }

  /** Reports that another request failed; `again` is called with the next retry. */
  failed(error: RequestError, again: () => void): void {
    this.#again = again;
    this.#wait(error);
  }

  /** Reports that the server can be reached. */
  recovered(): void {
    this.error = null;
    this.retryAt = null;
    this.#failures = 0;
  }

  async #sendAll(): Promise<void> {
    this.sending = this.#outbox.next()?.id ?? null;
    try {
      await oneTabAtATime(() => this.#deliverAll());
      this.recovered();
    } catch (error) {
      this.#wait(error instanceof RequestError ? error : new RequestError(500));
    } finally {
      this.sending = null;
      this.#transport.changed();
    }
    if (!this.error && this.#outbox.next()) this.wake(); // it came while this run ended
  }

  async #deliverAll(): Promise<void> {
    for (let message = this.#outbox.next(); message; message = this.#outbox.next()) {
      this.sending = message.id;
      this.#transport.changed();
      await this.#transport.deliver(message);
    }
  }

  #wait(error: RequestError): void {
    const seconds = error.retryAfter ?? Math.min(FIRST_WAIT * 2 ** this.#failures, LONGEST_WAIT);
    this.#failures += 1;
    this.error = error;
    this.retryAt = Date.now() + seconds * 1000;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.wake();
    }, seconds * 1000);
    this.#transport.changed();
  }
}

/** Two tabs would send the same message twice: harmless, since its id is the same, but needless. */
async function oneTabAtATime(work: () => Promise<void>): Promise<void> {
  // not there on plain http
  const locks = navigator.locks as LockManager | undefined;
  // and refused to a sandboxed frame
  const canLock = await locks?.query().then(() => true, () => false);
  if (locks && canLock) await locks.request('microneedling-chat:outbox', work);
  else await work();
}
