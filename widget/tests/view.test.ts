import { describe, expect, it } from 'vitest';
import { contrast, readable, type Rgb } from '../src/loader/colours';
import type { Phone, Step } from '../src/panel/contract';
import { panelTexts } from '../src/texts/en';
import { careCard } from '../src/panel/view/care_card';
import { localValue, pickedOf } from '../src/panel/view/date_form';
import { DateRangeFormatter } from '../src/panel/view/date_range_formatter';
import { sourcesView } from '../src/panel/view/sources_view';
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

describe('a timeline', () => {
  const setting = { texts: panelTexts, language: 'en', server: 'https://bot.example', pick: () => undefined };
  const step = (id: string, state: Step['state'], more: Partial<Step> = {}): Step => ({
    id,
    title: id,
    detail: 'x',
    starts_at: null,
    ends_at: '2026-11-20T15:00:00+01:00',
    state,
    ...more,
  });
  const view = (steps: Step[], address = '/x.ics'): HTMLElement =>
    timelineCard({ type: 'timeline', treated_at: '', timezone: 'Europe/Madrid', steps, calendar_url: address }, setting);
  const titles = (card: HTMLElement): string[] => [...card.querySelectorAll<HTMLElement>('ol > li:not([hidden]) .what')].map((what) => what.textContent);

  it('goes from what is past over what is now to what comes, and says so in words with each step', () => {
    const card = view([step('a', 'upcoming'), step('b', 'now'), step('c', 'past')]);
    expect(titles(card)).toEqual(['c', 'b', 'a']);
    expect([...card.querySelectorAll('ol > li')].map((item) => /^(Past|Now|Later)/.exec(item.textContent)?.[0])).toEqual(['Past', 'Now', 'Later']);
  });

  it('folds a long past behind a button', () => {
    const card = view([step('a', 'past'), step('b', 'past'), step('c', 'past'), step('d', 'now')]);
    expect(titles(card)).toEqual(['d']);
    card.querySelector<HTMLButtonElement>('.earlier')?.click();
    expect(titles(card)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('links the calendar of the assistant, and nothing that could harm', () => {
    expect(view([]).querySelector('a')?.href).toBe('https://bot.example/x.ics');
    expect(view([], 'javascript:alert(1)').querySelector('a')).toBeNull();
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
