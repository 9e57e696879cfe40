import type { AssistantMessage, Said } from './contract';

/** A message that is not answered yet. */
export interface Waiting {
  id: string;
  /** What the person sees. */
  text: string;
  /** Set when a button was pressed, and the session that had offered it. */
  payload?: string;
  session?: string;
  timezone: string;
  /** Why the assistant didn't take it; it is not sent again. */
  refused?: string;
}

export interface UserItem {
  kind: 'user';
  key: string;
  id: string;
  text: string;
  state: 'sent' | 'waiting' | 'sending' | 'refused';
  /** Why it was refused. */
  reason?: string;
}

export interface AssistantItem {
  kind: 'assistant';
  key: string;
  /** The client's id of the message that this answers; empty when it answers none. */
  id: string;
  /** Counted from 0 among the messages of that answer. */
  part: number;
  message: AssistantMessage;
  /** Title of the button that was pressed. */
  used: string | null;
  /** The session that said it. */
  session: string;
}

export interface NoteItem {
  kind: 'note';
  key: string;
}

export type Item = UserItem | AssistantItem | NoteItem;

/** What the server has told, in the order of the screen. */
export function itemsOf(history: Said[], session: string): Item[] {
  const items: Item[] = [];
  let id = '';
  let part = 0;
  for (const said of history) {
    if (said.role === 'user') {
      id = said.id;
      part = 0;
      items.push({ kind: 'user', key: `u:${id}`, id, text: said.text, state: 'sent' });
    } else {
      items.push(answerItem(said, id, part++, session));
    }
  }
  return items;
}

/** One message of an answer. */
export function answerItem(message: AssistantMessage, id: string, part: number, session: string): AssistantItem {
  return { kind: 'assistant', key: `a:${id}:${part}`, id, part, message, used: null, session };
}

/** The same items, where buttons that were pressed say so: a message with a button's title followed. */
export function withUsedButtons(items: Item[]): Item[] {
  const used = new Map<AssistantItem, string>();
  items.forEach((item, index) => {
    if (item.kind !== 'user' || item.state === 'refused') return;
    const offer = items.slice(0, index).findLast((earlier) => offers(earlier, item.text));
    if (offer?.kind === 'assistant') used.set(offer, item.text);
  });
  return items.map((item) => (item.kind === 'assistant' ? { ...item, used: used.get(item) ?? null } : item));
}

function offers(item: Item, title: string): boolean {
  return item.kind === 'assistant' && (item.message.buttons ?? []).some((button) => button.title === title);
}

/** What waits, after what was said; a message that the server has meanwhile is not shown twice. */
export function withWaiting(items: Item[], waiting: Waiting[], isHeldUp: boolean): Item[] {
  const known = new Set(items.map((item) => item.key));
  const more = waiting
    .filter(({ id }) => !known.has(`u:${id}`))
    .map((message): UserItem => {
      const state = message.refused ? 'refused' : isHeldUp ? 'waiting' : 'sending';
      const item: UserItem = { kind: 'user', key: `u:${message.id}`, id: message.id, text: message.text, state };
      return message.refused ? { ...item, reason: message.refused } : item;
    });
  return [...items, ...more];
}
