import { Trouble } from './client';
import type { Waiting } from './items';
import type { Outbox } from './outbox';

const FIRST_WAIT = 2; // seconds
const LONGEST_WAIT = 30;

export interface Round {
  /** Throws `Trouble` when it has to be tried again. */
  deliver(message: Waiting): Promise<void>;
  changed(): void;
}

/** Brings the outbox to the server: one message at a time, in order, again and again until it is empty. */
export class Postman {
  sending: string | null = null;
  trouble: Trouble | null = null;
  retryAt: number | null = null;
  readonly #outbox: Outbox;
  readonly #round: Round;
  #listening: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #again: (() => void) | null = null;

  constructor(outbox: Outbox, round: Round) {
    this.#outbox = outbox;
    this.#round = round;
  }

  /** Begins to watch for the moment when what failed may work again. */
  start(): void {
    this.#listening ??= new AbortController();
    const { signal } = this.#listening;
    const wake = (): void => {
      if (document.visibilityState === 'visible' && this.trouble) this.wake();
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

  /** Begins now, if there is something to do and it is not at it already. */
  wake(): void {
    clearTimeout(this.#timer);
    this.retryAt = null;
    const again = this.#again;
    this.#again = null;
    again?.();
    if (this.sending === null && this.#outbox.next()) void this.#goRound();
  }

  /** Something else could not be done either: it is tried again together with the outbox. */
  troubled(trouble: Trouble, again: () => void): void {
    this.#again = again;
    this.#wait(trouble);
  }

  /** The server can be reached. */
  relieved(): void {
    this.trouble = null;
    this.retryAt = null;
    this.#failures = 0;
  }

  async #goRound(): Promise<void> {
    this.sending = this.#outbox.next()?.id ?? null;
    try {
      await oneTabAtATime(() => this.#bringAll());
      this.relieved();
    } catch (error) {
      this.#wait(error instanceof Trouble ? error : new Trouble(500));
    } finally {
      this.sending = null;
      this.#round.changed();
    }
    if (!this.trouble && this.#outbox.next()) this.wake(); // it came while this round ended
  }

  async #bringAll(): Promise<void> {
    for (let message = this.#outbox.next(); message; message = this.#outbox.next()) {
      this.sending = message.id;
      this.#round.changed();
      await this.#round.deliver(message);
    }
  }

  #wait(trouble: Trouble): void {
    const seconds = trouble.retryAfter ?? Math.min(FIRST_WAIT * 2 ** this.#failures, LONGEST_WAIT);
    this.#failures += 1;
    this.trouble = trouble;
    this.retryAt = Date.now() + seconds * 1000;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.wake();
    }, seconds * 1000);
    this.#round.changed();
  }
}

/** Two tabs would send the same message twice: harmless, since its id is the same, but needless. */
async function oneTabAtATime(work: () => Promise<void>): Promise<void> {
  // not there on plain http
  const locks = navigator.locks as LockManager | undefined;
  if (locks) await locks.request('microneedling-chat:outbox', work);
  else await work();
}
