import type { Waiting } from './chat_items';
import type { LocalStore } from './local_store';

const NAME = 'outbox';

/** Messages that are not answered yet. They outlive the page, and every tab sees the same. */
export class Outbox {
  readonly #store: LocalStore;

  constructor(store: LocalStore) {
    this.#store = store;
  }

  all(): Waiting[] {
    const stored = this.#store.read(NAME);
    return Array.isArray(stored) ? (stored as Waiting[]) : []; // nobody else writes there
  }

  /** The message to send next. */
  next(): Waiting | undefined {
    return this.all().find((message) => !message.refused);
  }

  add(message: Waiting): void {
    this.#store.write(NAME, [...this.all(), message]);
  }

  remove(id: string): void {
    const left = this.all().filter((message) => message.id !== id);
    this.#store.write(NAME, left.length > 0 ? left : null);
  }

  /** Keeps it on the screen, below the item with that key, and never sends it again. */
  refuse(id: string, reason: string, below: string): void {
    this.#store.write(
      NAME,
      this.all().map((message) => (message.id === id ? { ...message, refused: reason, below } : message)),
    );
  }

  clear(): void {
    this.#store.write(NAME, null);
  }
}

/** An id that no other message has; `randomUUID` is missing on plain http. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
