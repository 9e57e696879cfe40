import type { AssistantMessage, Feedback, Outgoing, Said } from './contract';
import { toJson } from './json';

const TIMEOUT = 30_000; // ms

/** A failed request. Status 0 means that the assistant could not be reached. */
export class RequestError extends Error {
  readonly status: number;
  /** Seconds to wait before a retry, if the assistant names them. */
  readonly retryAfter: number | null;

  /** `detail` is a sentence that a person may read. */
  constructor(status: number, detail = '', retryAfter: number | null = null) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** True if the same request may work later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The website channel. Every method throws `RequestError`. */
export class Client {
  readonly #base: string;

  constructor(server: string) {
    this.#base = `${server}/webhooks/website`;
  }

  async open(): Promise<string> {
    const { token } = (await this.#call('POST', '/session')) as { token: string };
    return token;
  }

  async send(token: string, message: Outgoing): Promise<AssistantMessage[]> {
    return ((await this.#call('POST', '/messages', token, message)) as { messages: AssistantMessage[] }).messages;
  }

  async history(token: string): Promise<Said[]> {
    // a service worker of the website may keep answers: a new address has none yet
    const fresh = isIntercepted() ? `?at=${Date.now()}` : '';
    return ((await this.#call('GET', `/messages${fresh}`, token)) as { messages: Said[] }).messages;
  }

  async erase(token: string): Promise<void> {
    await this.#call('DELETE', '/session', token);
  }

  async rate(token: string, feedback: Feedback): Promise<void> {
    await this.#call('POST', '/feedback', token, feedback);
  }

  async #call(method: string, path: string, token?: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers['Content-Type'] = 'application/json';
    const request: RequestInit = {
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT),
    };
    if (body) request.body = toJson(body);
    return read(await reach(this.#base + path, request));
  }
}

function isIntercepted(): boolean {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined; // not there on plain http
  return Boolean(workers?.controller);
}

function isObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null;
}

let hasWarned = false;

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch {
    tellDeveloper(address);
    throw new RequestError(0);
  }
}

/** A browser does not say why: a website that is not allowed looks the same as an assistant that is away. */
function tellDeveloper(address: string): void {
  if (hasWarned || !navigator.onLine) return;
  hasWarned = true;
  // eslint-disable-next-line no-console -- who embeds the widget looks here
  console.warn(`microneedling-chat: ${new URL(address).origin} can't be reached. If it runs: is ${location.origin} in its ALLOWED_ORIGINS?`);
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    throw new RequestError(response.ok ? 0 : response.status); // cut off, or a proxy's own page
  }
  if (response.ok && isObject(body)) return body;
  if (response.ok) throw new RequestError(0); // a page that answers in the assistant's place
  const seconds = Number(response.headers.get('Retry-After'));
  const detail = (body as { detail?: unknown } | null)?.detail;
  throw new RequestError(response.status, typeof detail === 'string' ? detail : '', seconds > 0 ? seconds : null);
}
