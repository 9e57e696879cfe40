import type { AssistantMessage, Said } from './contract';

const PAUSE = 60 * 60 * 1000; // ms without a word after which the time of day is shown

/** A message that is not answered yet. */
export interface Waiting {
  id: string;
  /** The text that is shown. */
  text: string;
  /** Set when a button was pressed or a date was picked. */
  payload?: string;
  /** The session that had offered the button; a date needs none. */
  session?: string;
  /** ISO 8601. */
  at?: string;
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
  /** ISO 8601. */
  at: string;
  /** A while has passed since what was said before. */
  isLater: boolean;
  state: 'sent' | 'away' | 'busy' | 'sending' | 'refused';
  /** Why it was refused. */
  reason?: string;
  /** A button or a form sent it. */
  isPress: boolean;
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
  /** A question of the candidate check that another one has followed. */
  isOver: boolean;
  /** ISO 8601. */
  at: string;
  /** The session that said it; empty where no session knows it any more: it can't be rated, its buttons are texts. */
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
      items.push(userItem({ id, text: said.text, at: said.at }, 'sent'));
    } else {
      items.push(answerItem(said, id, part++, session));
    }
  }
  return items;
}

export function userItem(message: Pick<Waiting, 'id' | 'text' | 'at' | 'payload'>, state: UserItem['state']): UserItem {
  const { id, text, at = '', payload } = message;
  return { kind: 'user', key: `u:${id}`, id, text, at, isLater: false, isPress: payload !== undefined, state };
}

/** One message of an answer. */
export function answerItem(message: AssistantMessage, id: string, part: number, session: string): AssistantItem {
  const at = message.at ?? '';
  return { kind: 'assistant', key: `a:${id}:${part}`, id, part, message, used: null, isLatest: false, isOver: false, at, session };
}

/** The keys of the answers under which buttons were pressed, by the id of the message that the press sent. */
export type Presses = Record<string, string>;

/** Marks the button that was pressed under an offer, and the items after the last question. */
export function withUse(items: Item[], presses: Presses = {}): Item[] {
  const used = new Map<AssistantItem, string>();
  items.forEach((item, index) => {
    if (item.kind !== 'user' || item.state === 'refused') return;
    const earlier = items.slice(0, index).filter((each) => offers(each, item.text));
    // another device pressed it, or it was typed: the newest of that title
    const offer = earlier.find(({ key }) => key === presses[item.id]) ?? earlier.at(-1);
    if (offer?.kind === 'assistant') used.set(offer, item.text);
  });
  const lastQuestion = items.findLastIndex((item) => item.kind === 'user');
  const lastCheck = items.findLastIndex((item) => item.kind === 'assistant' && isCheck(item.message));
  return items.map((item, index) => {
    if (item.kind !== 'assistant') return item;
    const isOver = index < lastCheck && isCheck(item.message);
    return { ...item, used: used.get(item) ?? null, isLatest: index > lastQuestion, isOver };
  });
}

/** True for a question of the candidate check. */
export function isCheck({ buttons = [] }: AssistantMessage): boolean {
  return buttons.some(({ payload }) => payload.startsWith('/check_reply') && payload.includes('"about"'));
}

function offers(item: Item, title: string): boolean {
  return item.kind === 'assistant' && (item.message.buttons ?? []).some((button) => button.title === title);
}

/** Marks the questions before which nothing was said for a while. */
export function withPauses(items: Item[], now: number): Item[] {
  let before = 0;
  return items.map((item) => {
    if (item.kind === 'note') return item;
    const at = Date.parse(item.at) || now;
    const isLater = item.kind === 'user' && (before ? at - before : now - at) > PAUSE;
    before = at;
    return item.kind === 'user' ? { ...item, isLater } : item;
  });
}

/** The items of a conversation that the server has ended. */
export function withoutSession(items: Item[]): Item[] {
  return items.map((item) => (item.kind === 'assistant' ? { ...item, session: '' } : item));
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

function waitingItem(message: Waiting, blockedBy: BlockedBy): UserItem {
  const { refused } = message;
  const item = userItem(message, refused ? 'refused' : (blockedBy ?? 'sending'));
  return refused ? { ...item, reason: refused } : item;
}
