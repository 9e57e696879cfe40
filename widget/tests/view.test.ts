import { describe, expect, it } from 'vitest';
import { contrast, readable, type Rgb } from '../src/loader/colours';
import type { Phone, Step } from '../src/panel/contract';
import { fineSince, isOfAnotherDay, stateAt } from '../src/panel/as_of';
import { toJson } from '../src/panel/json';
import { panelTexts } from '../src/texts/en';
import { careCard } from '../src/panel/view/care_card';
import { localValue, pickedOf } from '../src/panel/view/date_form';
import { DateRangeFormatter } from '../src/panel/view/date_range_formatter';
import { showSource, sourcesView } from '../src/panel/view/sources_view';
import { timelineCard } from '../src/panel/view/timeline_card';

describe('the moment of a treatment', () => {
  const now = new Date(2026, 10, 20, 12, 0);

  it('is said as the past or as the future, as people write a date', () => {
    const said = (value: string): string | undefined => pickedOf(value, now, panelTexts)?.sentence;
    expect(said('2026-11-19T15:00')).toBe('I was treated on Thu 19 November, 15:00');
    expect(said('2027-01-05T09:30')).toBe('My session is on Tue 5 January 2027, 09:30');
    expect(said('2026-11-19T00:00')).toBe('I was treated on Thu 19 November');
  });

  it('goes to the assistant as it was picked, whatever language the words are in', () => {
    expect(pickedOf('2026-11-19T15:00', now, panelTexts)?.payload).toBe('/timeline{"treated_at":"2026-11-19T15:00"}');
  });

  it.each(['', 'tomorrow', '2026-13-45T99:99'])('is none without a day and a time: "%s"', (value) => {
    expect(pickedOf(value, now, panelTexts)).toBeNull();
  });

  it('is shown in the time of the machine', () => {
    expect(localValue(now)).toBe('2026-11-20T12:00');
  });
});

describe('an urgent card', () => {
  const phones: Phone[] = [
    { text: '000', number: '000', kind: 'emergency' },
    { text: '061', number: '061', kind: 'emergency' },
  ];
  const card = (alarm: string): HTMLElement =>
    careCard({ text: '**Call 000 or 061.**\n\nDo not wait.', metadata: { outcome: 'urgent', alarm, phones } }, '+34 600', panelTexts);

  it('says its level in words and has the first bold paragraph as its heading', () => {
    expect(card('emergency').querySelector('h3')?.textContent).toBe('Immediate action requiredCall 000 or 061.');
    expect(card('urgent').querySelector('.level')?.textContent).toBe('Urgent advice');
  });

  it('says no number twice', () => {
    const [europe, uk] = ['112', '999'].map((number): Phone => ({ text: number, number, kind: 'emergency' })) as [Phone, Phone];
    const text = '**Call the emergency number now: 112 (Europe) or 999 (UK).**\n\nDo not wait.';
    const shown = careCard({ text, metadata: { outcome: 'urgent', alarm: 'emergency', phones: [europe, uk] } }, null, panelTexts);
    expect(shown.querySelector('h3')?.textContent).toBe('Immediate action requiredCall the emergency number now.');
    expect([...shown.querySelectorAll('.call')].map((call) => call.textContent)).toEqual(['Call 112 Europe', 'Call 999 UK']);
    const one = careCard({ text, metadata: { outcome: 'urgent', alarm: 'emergency', phones: [europe] } }, null, panelTexts);
    expect(one.querySelector('h3')?.textContent).toContain('112 (Europe) or 999');
  });

  it('dials the emergency numbers first in an emergency, else the clinic', () => {
    const numbers = (alarm: string): string[] => [...card(alarm).querySelectorAll<HTMLAnchorElement>('.call')].map((call) => call.getAttribute('href') ?? '');
    expect(numbers('emergency')).toEqual(['tel:000', 'tel:061', 'tel:+34600']);
    expect(numbers('urgent')).toEqual(['tel:+34600']);
  });

  it('takes the clinic’s number from the answer where the page gives none', () => {
    const clinics: Phone = { text: '020 7946 0123', number: '02079460123', kind: 'clinic' };
    const message = { text: 'Call Ana on 020 7946 0123. Worse? Call 000.', metadata: { outcome: 'urgent', phones: [...phones, clinics] } };
    const hrefs = [...careCard(message, null, panelTexts).querySelectorAll('a')].map((anchor) => anchor.getAttribute('href'));
    expect(hrefs).toEqual(['tel:02079460123', 'tel:02079460123', 'tel:000']);
  });
});

describe('sources', () => {
  it('name each article once, with all its sections', () => {
    const view = sourcesView([{ title: 'A', section: '1' }, { title: 'B' }, { title: 'A', section: '2' }], panelTexts);
    expect(view.querySelector('summary')?.textContent).toBe('2 sources');
    expect([...view.querySelectorAll('li')].map((item) => item.textContent)).toEqual(['A12', 'B']);
  });
});

describe('sources that are cited', () => {
  it('are numbered, with a name and what they say', () => {
    const view = sourcesView([{ title: 'A', name: 'Guide', section: '1', extract: 'Wait a day.' }, { title: 'A' }], panelTexts, true);
    expect(view.querySelector('summary')?.textContent).toBe('2 sources');
    expect([...view.querySelectorAll('li')].map((item) => item.textContent)).toEqual(['1GuideWait a day.A1', '2A']);
    showSource(view, 2);
    expect(view.open).toBe(true);
  });
});

describe('JSON', () => {
  it('is that of the language, whatever a page does to its prototypes', () => {
    const data = { a: [1, 'ü"', null, undefined, [{ b: true }]], c: undefined, d: {} };
    const plain = JSON.stringify(data);
    Object.assign(Array.prototype, { toJSON: () => 'spoilt' });
    const spoilt = JSON.stringify(data);
    const own = toJson(data);
    delete (Array.prototype as { toJSON?: unknown }).toJSON;
    expect(spoilt).not.toBe(plain);
    expect(own).toBe(plain);
  });
});

describe('a timeline', () => {
  const NOW = Date.parse('2026-11-30T12:00:00+01:00');
  const setting = { reading: { texts: panelTexts }, language: 'en', server: 'https://bot.example', pick: () => undefined, now: NOW };
  const [over, open, later] = ['2026-11-29T15:00:00+01:00', '2026-12-01T15:00:00+01:00', '2026-12-06T15:00:00+01:00'];
  const step = (id: string, starts: string | null, ends: string | null, more: Partial<Step> = {}): Step => ({
    id,
    title: id,
    detail: 'x',
    starts_at: starts,
    ends_at: ends,
    state: 'now',
    ...more,
  });
  const view = (steps: Step[], address = '/x.ics', now = NOW): HTMLElement =>
    timelineCard({ type: 'timeline', treated_at: '', timezone: 'Europe/Madrid', steps, calendar_url: address }, { ...setting, now });
  const whats = (group: Element): string[] => [...group.querySelectorAll('ol > li > details > summary > .what')].map((what) => what.textContent);
  const titles = (card: Element): string[] => [...card.querySelectorAll<HTMLElement>('.steps:not([hidden]) > ol > li > details > summary > .what')].map((what) => what.textContent);
  const groups = (card: HTMLElement): Record<string, string[]> =>
    Object.fromEntries([...card.querySelectorAll('.steps')].map((group) => [group.querySelector('h4')?.textContent ?? '', whats(group)]));

  it('has three groups for now, then what comes, then what is over', () => {
    const card = view([
      step('next-session', later, null), step('no-make-up', over, open), step('gentle', over, open), step('redness-expected', over, open), step('past', null, over),
    ]);
    expect(groups(card)).toEqual({ 'Leave off': ['no-make-up'], Do: ['gentle'], 'Normal now': ['redness-expected'], Later: ['next-session'], Past: ['past'] });
    expect([...card.querySelectorAll('li')].map((item) => /^(Past|Now|Later)/.exec(item.textContent)?.[0])).toEqual(['Now', 'Now', 'Now', 'Later', 'Past']);
  });

  it('takes the group from the assistant where it names one', () => {
    expect(groups(view([step('no-x', over, open, { group: 'normal' })]))).toEqual({ 'Normal now': ['no-x'] });
  });

  it('says first what changes next', () => {
    const next = (...steps: Step[]): string | undefined => view(steps).querySelector('.next')?.textContent.replaceAll(/,/g, '');
    const makeUp = step('no-make-up', over, open, { title: 'No make-up' });
    expect(next(step('flaking', later, null), makeUp)).toBe('Next: No make-up – until Tue 1 Dec 15:00');
    expect(next({ ...makeUp, over: 'Make-up fine again' })).toBe('Make-up fine again: Tue 1 Dec 15:00');
    expect(next(step('Flaking', later, null))).toBe('Next: Flaking – Sun 6 Dec 15:00');
    expect(next(step('endless', over, null))).toBeUndefined();
  });

  it('folds into one line what ends together, and what has no end', () => {
    const card = view([step('no-ice', over, null), step('no-a', over, open), step('no-touching', over, null), step('no-b', over, open), step('no-c', over, later)]);
    expect(titles(card)).toEqual(['no-a · no-b', 'no-c', 'no-ice · no-touching']);
    const whens = [...card.querySelectorAll('ol > li > details > summary > .when')].map((when) => when.textContent);
    expect(whens.map((when) => when.replaceAll(',', ''))).toContain('until Tue 1 Dec 15:00');
    expect(whens).toContain('no end date');
    expect(card.querySelectorAll('details[open]')).toHaveLength(0);
  });

  it('shows two of the coming steps, in their order, and the rest on request', () => {
    const days = [9, 6, 8, 7].map((day) => step(`s${day}`, `2026-12-0${day}T10:00:00+01:00`, null, { group: 'do' }));
    expect(titles(view(days))).toEqual(['s6', 's7', '2 more later']);
  });

  it('tells the states from the clock, not from when it was said', () => {
    const steps = [step('no-make-up', over, open)];
    expect(groups(view(steps, '', Date.parse(open) - 1))).toEqual({ 'Leave off': ['no-make-up'] });
    expect(groups(view(steps, '', Date.parse(open)))).toEqual({ Past: ['no-make-up'] });
  });

  it('folds a long past behind a button', () => {
    const card = view([step('a', null, over), step('b', null, over), step('c', null, over), step('no-d', over, open)]);
    expect(titles(card)).toEqual(['no-d']);
    card.querySelector<HTMLButtonElement>('.earlier')?.click();
    expect(titles(card)).toEqual(['no-d', 'a', 'b', 'c']);
  });

  it('links the calendar of the assistant, and nothing that could harm', () => {
    expect(view([]).querySelector('a')?.href).toBe('https://bot.example/x.ics');
    expect(view([], 'javascript:alert(1)').querySelector('a')).toBeNull();
  });
});

describe('what was true then', () => {
  const NOW = Date.parse('2026-12-03T12:00:00Z');

  it('is corrected when the time has come', () => {
    const metadata = { verdict: 'not_yet', ok_from: '2026-12-01T15:00:00Z' };
    expect(fineSince(metadata, NOW)).toBe(metadata.ok_from);
    expect(fineSince({ ...metadata, ok_from: '2026-12-03T12:00:01Z' }, NOW)).toBeNull();
    expect(fineSince({ ...metadata, verdict: 'avoid' }, NOW)).toBeNull();
  });

  it('names its day from the next day on', () => {
    expect(['2026-12-03T08:00:00', '2026-12-02T23:59:00', ''].map((at) => isOfAnotherDay(at, new Date(2026, 11, 3, 12).getTime()))).toEqual([false, true, false]);
  });

  it('keeps the state of a step without moments', () => {
    const step: Step = { id: 'x', title: 'x', detail: '', starts_at: null, ends_at: null, state: 'past' };
    expect(stateAt(step, NOW)).toBe('past');
  });
});

describe('dates of a timeline', () => {
  const dates = new DateRangeFormatter('en', 'Europe/Madrid', new Date('2026-11-20T12:00:00Z'));
  const plain = (words: string): string => words.replaceAll(/[,\s]+/g, ' ').replaceAll(' – ', '–');

  it('are in the time of the treatment', () => {
    expect(plain(dates.from('2026-11-19T14:00:00Z'))).toBe('Thu 19 Nov 15:00');
  });

  it('do not say the day twice', () => {
    expect(plain(dates.between('2026-11-20T10:00:00+01:00', '2026-11-20T15:00:00+01:00'))).toBe('Fri 20 Nov 10:00–15:00');
  });

  it('are days where they begin and end at midnight', () => {
    expect(plain(dates.between('2026-11-26T00:00:00+01:00', '2026-11-27T00:00:00+01:00'))).toBe('Thu 26 Nov');
    expect(plain(dates.until('2026-11-27T00:00:00+01:00'))).toBe('Thu 26 Nov');
    expect(plain(dates.from('2026-11-26T00:00:00+01:00'))).toBe('Thu 26 Nov');
  });

  it('name another year', () => {
    expect(plain(dates.from('2027-02-19T15:00:00+01:00'))).toBe('Fri 19 Feb 2027');
  });

  it('are nothing where there is no moment', () => {
    expect(dates.from('soon')).toBe('');
  });
});

describe('colours', () => {
  const grounds: Rgb[] = [
    [255, 255, 255],
    [19, 26, 26],
  ];
  const accents: Rgb[] = [
    [0, 170, 119],
    [255, 255, 0],
    [0, 0, 0],
    [255, 255, 255],
    [128, 128, 128],
    [194, 24, 91],
  ];

  it.each(accents)('can be read, whatever accent a page has: %s %s %s', (...accent) => {
    for (const ground of grounds) expect(contrast(readable(accent as unknown as Rgb, ground), ground)).toBeGreaterThanOrEqual(4.5);
  });
});
