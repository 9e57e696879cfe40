const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const FAR = 14 * 24 * 60 * 60 * 1000; // ms from which on nobody plans by the hour
const TIME = { hour: '2-digit', minute: '2-digit' } as const;

/** Formats the times of a timeline in the time zone of the treatment; a midnight stands for its day. */
export class DateRangeFormatter {
  readonly #language: string;
  readonly #timeZone: string | undefined;
  readonly #year: string;
  readonly #now: number;

  /** `now` decides which year is left out, and from when on the day is enough. */
  constructor(language: string, timeZone: string, now: Date = new Date()) {
    this.#language = language === 'en' ? 'en-GB' : language;
    this.#timeZone = isTimeZone(timeZone) ? timeZone : undefined;
    this.#year = this.#yearOf(now);
    this.#now = now.getTime();
  }

  from(moment: string): string {
    return this.between(moment, moment);
  }

  /** The end of a day is that day, not the one that begins then. */
  until(moment: string): string {
    return isMidnight(moment) ? this.between(lastOf(moment), lastOf(moment)) : this.between(moment, moment);
  }

  between(from: string, to: string): string {
    const [start, end] = [new Date(from), new Date(isMidnight(to) && to !== from ? lastOf(to) : to)];
    if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || end < start) return '';
    const isDays = (isMidnight(from) && (isMidnight(to) || from === to)) || isLast(from);
    const isFar = start.getTime() - this.#now > FAR;
    return this.#form(isDays || isFar, end).formatRange(start, end);
  }

  #form(isDays: boolean, end: Date): Intl.DateTimeFormat {
    const year = this.#yearOf(end) === this.#year ? {} : ({ year: 'numeric' } as const);
    return new Intl.DateTimeFormat(this.#language, { ...DAY, ...year, ...(isDays ? {} : TIME), ...this.#zone() });
  }

  #yearOf(moment: Date): string {
    return new Intl.DateTimeFormat('en', { year: 'numeric', ...this.#zone() }).format(moment);
  }

  #zone(): { timeZone?: string } {
    return this.#timeZone ? { timeZone: this.#timeZone } : {};
  }
}

function isMidnight(moment: string): boolean {
  return moment.includes('T00:00');
}

function isLast(moment: string): boolean {
  return moment.endsWith('.999Z');
}

/** The last moment before. */
function lastOf(moment: string): string {
  const time = new Date(moment).getTime();
  return Number.isNaN(time) ? moment : new Date(time - 1).toISOString();
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
