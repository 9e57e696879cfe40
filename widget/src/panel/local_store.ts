import { storageKey } from '../settings';
import { toJson } from './json';

/** A section of localStorage for one assistant; falls back to memory if storage is blocked or full. */
export class LocalStore {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();
  readonly #unsaved = new Set<string>();

  constructor(server: string) {
    this.#prefix = storageKey(server, '');
  }

  read(name: string): unknown {
    try {
      return JSON.parse(this.#stored(name) ?? 'null');
    } catch {
      return null; // written by something else
    }
  }

  /** Stores a value, or removes it if it is `null`; other tabs are notified. */
  write(name: string, value: unknown): void {
    const text = value === null ? null : toJson(value);
    if (text === null) this.#memory.delete(name);
    else this.#memory.set(name, text);
    try {
      if (text === null) localStorage.removeItem(this.#prefix + name);
      else localStorage.setItem(this.#prefix + name, text);
      this.#unsaved.delete(name);
    } catch {
      this.#unsaved.add(name); // blocked or full: what is in memory lasts as long as the page
    }
  }

  /** Calls back when another tab writes; returns a function that stops it. */
  watch(changed: (name: string) => void): () => void {
    const hear = (event: StorageEvent): void => {
      if (event.key?.startsWith(this.#prefix)) changed(event.key.slice(this.#prefix.length));
      else if (event.key === null) changed('session'); // everything was cleared
    };
    addEventListener('storage', hear);
    return () => {
      removeEventListener('storage', hear);
    };
  }

  #stored(name: string): string | null {
    if (this.#unsaved.has(name)) return this.#memory.get(name) ?? null;
    try {
      return localStorage.getItem(this.#prefix + name);
    } catch {
      return this.#memory.get(name) ?? null;
    }
  }
}
