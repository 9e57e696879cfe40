import type { AssistantMessage, Said } from './contract';

/** A message that is not answered yet. */
export interface Waiting {
  id: string;
  /** The text that is shown. */
  text: string;
  /** Set when a button was pressed or a date was picked. */
  payload?: string;
  /** The session that had offered the button; a date needs none. */
  session?: string;
  timezone: string;
  /** Reason for which the assistant refused it; it is not sent again. */
  refused?: string;
  /** Key of the item below which it was refused: it stays there when the conversation goes on. */
  below?: string;
}

/** Why messages wait: no connection, or an assistant that can't take them now. */
export type BlockedBy = 'away' | 'busy' | null;

export interface UserItem {
  kind: 'user';
  key: string;
  id: string;
  text: string;
  state: 'sent' | 'away' | 'busy' | 'sending' | 'refused';
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
  /** Nothing was said after it. */
  isLatest: boolean;
  /** The session that said it. */
  session: string;
}

export interface NoteItem {
  kind: 'note';
  key: string;
}

export type Item = UserItem | AssistantItem | NoteItem;

/** The items of a history, in order. */
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
  return { kind: 'assistant', key: `a:${id}:${part}`, id, part, message, used: null, isLatest: false, session };
}

/** Marks the button that was pressed under an offer, and the items after the last question. */
export function withUse(items: Item[]): Item[] {
  const used = new Map<AssistantItem, string>();
  items.forEach((item, index) => {
    if (item.kind !== 'user' || item.state === 'refused') return;
    const offer = items.slice(0, index).findLast((earlier) => offers(earlier, item.text));
    if (offer?.kind === 'assistant') used.set(offer, item.text);
  });
  const lastQuestion = items.findLastIndex((item) => item.kind === 'user');
  return items.map((item, index) =>
    item.kind === 'assistant' ? { ...item, used: used.get(item) ?? null, isLatest: index > lastQuestion } : item,
  );
}

function offers(item: Item, title: string): boolean {
  return item.kind === 'assistant' && (item.message.buttons ?? []).some((button) => button.title === title);
}

/** Adds the waiting messages, except those that the server has in the meantime. */
export function withWaiting(items: Item[], waiting: Waiting[], blockedBy: BlockedBy): Item[] {
  const all = [...items];
  for (const message of waiting) {
    if (all.some(({ key }) => key === `u:${message.id}`)) continue;
    const place = message.below === undefined ? -1 : all.findIndex(({ key }) => key === message.below);
    all.splice(place < 0 ? all.length : place + 1, 0, waitingItem(message, blockedBy));
  }
  return all;
}

function waitingItem({ id, text, refused }: Waiting, blockedBy: BlockedBy): UserItem {
  const item: UserItem = { kind: 'user', key: `u:${id}`, id, text, state: refused ? 'refused' : (blockedBy ?? 'sending') };
  return refused ? { ...item, reason: refused } : item;
}
