// What was true when it was said, seen from now.
import type { Metadata, Step } from './contract';

/** The state of a step at a moment in ms; a step without moments keeps the state that it came with. */
export function stateAt(step: Step, now: number): Step['state'] {
  const [starts, ends] = [step.starts_at, step.ends_at].map((moment) => Date.parse(moment ?? '')) as [number, number];
  if (Number.isNaN(starts) && Number.isNaN(ends)) return step.state;
  if (now < starts) return 'upcoming';
  return now >= ends ? 'past' : 'now';
}

/** The moment since which it is fine, if the answer said that it was not yet. */
export function fineSince({ verdict, ok_from: from }: Metadata, now: number): string | null {
  return verdict === 'not_yet' && from && Date.parse(from) <= now ? from : null;
}

/** True if what was said at that time was worked out for a day that is over. */
export function isOfAnotherDay(at: string, now: number): boolean {
  const said = new Date(at);
  return !Number.isNaN(said.getTime()) && said.toDateString() !== new Date(now).toDateString();
}
