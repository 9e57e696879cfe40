import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestError, type Client } from '../src/panel/client';
import type { AssistantMessage, Outgoing, Said } from '../src/panel/contract';
import { Conversation, type State } from '../src/panel/conversation';
import { LocalStore } from '../src/panel/local_store';

const SERVER = 'https://bot.example';

/** The website channel in memory: one answer for each id, sessions that can be ended, and error on demand. */
class FakeChannel {
  errors: RequestError[] = [];
  isFull = false;
  received: Outgoing[] = [];
  readonly #conversations = new Map<string, Said[]>();
  #opened = 0;

  open(): Promise<string> {
    const token = `session-${(this.#opened += 1)}`;
    this.#conversations.set(token, []);
    return Promise.resolve(token);
  }

  end(): void {
    this.#conversations.clear();
  }

  send(token: string, message: Outgoing): Promise<AssistantMessage[]> {
    const error = this.errors.shift();
    if (error) return Promise.reject(error);
    const said = this.#conversations.get(token);
    if (!said) return Promise.reject(new RequestError(401));
    this.received.push(message);
    const text = 'text' in message ? message.text : message.payload;
    const answer: AssistantMessage = { text: `about ${text}`, buttons: [{ title: 'More', payload: '/more' }], metadata: {} };
    const at = '2026-01-01T00:00:00Z';
    if (this.isFull) {
      said.length = 0;
      answer.metadata.new_conversation = true;
    }
    said.push({ role: 'user', at, id: message.id, text }, { role: 'assistant', at, ...answer });
    return Promise.resolve([answer]);
  }

  history(token: string): Promise<Said[]> {
    const said = this.#conversations.get(token);
    return said ? Promise.resolve([...said]) : Promise.reject(new RequestError(401));
  }

  erase(token: string): Promise<void> {
    this.#conversations.delete(token);
    return Promise.resolve();
  }
}

/** A tab: what it shows, and how often it announced an answer. */
class Tab {
  state: State = { items: [], writing: false, error: null, retryAt: null };
  announced = 0;
  readonly conversation: Conversation;

  constructor(channel: FakeChannel) {
    this.conversation = new Conversation(channel as unknown as Client, new LocalStore(SERVER), {
      changed: (state) => (this.state = state),
      answered: () => (this.announced += 1),
      erased: () => undefined,
    });
    void this.conversation.start();
  }

  get shown(): string[] {
    return this.state.items.map((item) =>
      item.kind === 'user' ? `${item.text} (${item.state})` : item.kind === 'assistant' ? item.message.text : '—',
    );
  }
}

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(10).then(() => undefined);

describe('a conversation', () => {
  let channel: FakeChannel;
  let tab: Tab;

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    channel = new FakeChannel();
    tab = new Tab(channel);
  });
  afterEach(() => {
    tab.conversation.stop();
    vi.useRealTimers();
  });

  it('shows a question at once and its answer when it comes', async () => {
    tab.conversation.say('redness');
    expect(tab.shown).toEqual(['redness (sending)']);
    await settle();
    expect(tab.shown).toEqual(['redness (sent)', 'about redness']);
    expect(tab.announced).toBe(1);
  });

  it('sends a date that was picked as what it is, in every session, and shows it in words', async () => {
    const picked = { sentence: 'I was treated on Thu 19 November, 15:00', payload: '/timeline{"treated_at":"2026-11-19T15:00"}' };
    tab.conversation.pick(picked);
    await settle();
    channel.end();
    tab.conversation.pick(picked);
    await settle();
    expect(channel.received.map((message) => 'payload' in message && message.payload)).toEqual([picked.payload, picked.payload]);
    expect(tab.shown).toContain(`${picked.sentence} (sent)`);
  });

  it('keeps what could not be sent, says so, and sends it once when it can', async () => {
    channel.errors = [new RequestError(0), new RequestError(0)];
    tab.conversation.say('one');
    tab.conversation.say('two');
    await settle();
    expect(tab.shown).toEqual(['one (away)', 'two (away)']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(tab.shown).toEqual(['one (sent)', 'about one', 'two (sent)', 'about two']);
    expect(channel.received).toHaveLength(2);
    expect(tab.state.error).toBeNull();
  });

  it('sends with the same id after a reload what was not answered before', async () => {
    channel.errors = [new RequestError(0)];
    tab.conversation.say('one');
    await settle();
    const before = localStorage.getItem(`microneedling-chat:${SERVER}:outbox`);
    tab.conversation.stop();
    tab = new Tab(channel);
    await settle();
    expect(tab.shown).toEqual(['one (sent)', 'about one']);
    expect(before).toContain(channel.received[0]?.id);
  });

  it('waits as long as the assistant asks for', async () => {
    channel.errors = [new RequestError(429, '', 20)];
    tab.conversation.say('one');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(channel.received).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(channel.received).toHaveLength(1);
  });

  it('goes on in a new session when the old one ran out, and keeps what is on the screen', async () => {
    tab.conversation.say('one');
    await settle();
    channel.end();
    tab.conversation.say('two');
    await settle();
    expect(tab.shown).toEqual(['one (sent)', 'about one', '—', 'two (sent)', 'about two']);
  });

  it('sends the words of a button that an older session offered, not its payload', async () => {
    tab.conversation.say('one');
    await settle();
    const offer = tab.state.items.find((item) => item.kind === 'assistant');
    channel.end();
    if (offer?.kind === 'assistant') tab.conversation.press(offer, 'More', '/more');
    await settle();
    expect(channel.received.at(-1)).toMatchObject({ text: 'More' });
  });

  it('goes on below a divider when the conversation was full, with buttons above it that are only words', async () => {
    tab.conversation.say('one');
    await settle();
    channel.isFull = true;
    tab.conversation.say('two');
    await settle();
    expect(tab.shown).toEqual(['one (sent)', 'about one', '—', 'two (sent)', 'about two']);
    const [older, newer] = tab.state.items.filter((item) => item.kind === 'assistant');
    for (const offer of [older, newer]) {
      if (offer) tab.conversation.press(offer, 'More', '/more');
      await settle();
    }
    expect(channel.received.slice(-2)).toMatchObject([{ text: 'More' }, { payload: '/more' }]);
  });

  it('shows what the assistant refused with the reason, and never sends it again', async () => {
    channel.errors = [new RequestError(413, 'Too long.')];
    tab.conversation.say('one');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tab.state.items).toMatchObject([{ state: 'refused', reason: 'Too long.' }]);
    expect(channel.received).toHaveLength(0);
  });

  it('is empty after it was erased, also when an answer was on its way', async () => {
    tab.conversation.say('one');
    await settle();
    tab.conversation.say('two');
    await tab.conversation.erase();
    await settle();
    expect(tab.shown).toEqual([]);
    tab.conversation.say('three');
    await settle();
    expect(tab.shown).toEqual(['three (sent)', 'about three']);
  });
});
