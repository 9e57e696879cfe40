// Requests and responses of the website channel: see /webhooks/website/openapi.json of a running assistant.

export interface AnswerButton {
  title: string;
  payload: string;
}

export interface Source {
  title: string;
  section?: string;
  /** A name that is fit to be read aloud; shown before the title. */
  name?: string;
  /** The source's statement, in the assistant's own words. */
  extract?: string;
}

/** A statement of some of the sources, which are numbered from 1. */
export interface Position {
  text: string;
  sources?: number[];
}

export interface Step {
  id: string;
  /** Something to leave off, to do, or to expect. */
  group?: 'avoid' | 'do' | 'normal';
  title: string;
  detail: string;
  starts_at: string | null;
  ends_at: string | null;
  /** Its title once it is over, where a rule says that it is fine then. */
  over?: string;
  state: 'past' | 'now' | 'upcoming';
  sources?: Source[];
}

export interface Timeline {
  type: 'timeline';
  treated_at: string;
  timezone: string;
  steps: Step[];
  calendar_url?: string;
}

export interface AskDate {
  type: 'ask_date';
}

/** A number in the text that can be called. */
export interface Phone {
  /** As it stands in the text. */
  text: string;
  /** As a telephone dials it. */
  number: string;
  kind: 'emergency' | 'clinic';
}

export interface Metadata {
  topic?: string;
  outcome?: string;
  sources?: Source[];
  disagreement?: boolean;
  /** Each side of a disagreement. */
  positions?: Position[];
  /** More than the short answer, shown on demand. */
  details?: string;
  /** What the answer rests on. */
  basis?: string;
  /** The treatment that the answer was worked out for. */
  treatment?: { at?: string; day?: number; label?: string };
  verdict?: string;
  /** ISO 8601: the moment from which it is fine. */
  ok_from?: string;
  /** The numbers of the text that call the emergency services or the clinic. */
  phones?: Phone[];
  /** On urgent answers: `emergency` means the emergency number, anything else today. */
  alarm?: string;
  /** The person asked for deletion in words, and everything before this is deleted. */
  erased?: boolean;
  /** The conversation was as long as one may be: this answer begins another one, in the same session. */
  new_conversation?: boolean;
}

export interface AssistantMessage {
  text: string;
  buttons?: AnswerButton[];
  custom?: { type?: string };
  metadata: Metadata;
  /** In a history: what the person said about it. */
  helpful?: boolean;
  /** ISO 8601, in a history. */
  at?: string;
}

export interface SaidByUser {
  role: 'user';
  at: string;
  id: string;
  text: string;
}

export interface SaidByAssistant extends AssistantMessage {
  role: 'assistant';
  at: string;
}

export type Said = SaidByUser | SaidByAssistant;

/** A message to send: a typed text, or the payload of a button. */
export type Outgoing = { id: string; timezone?: string } & ({ text: string } | { payload: string });

export interface Feedback {
  /** The client's id of the message that was answered. */
  id: string;
  part: number;
  helpful: boolean;
  comment?: string;
}
