import { describe, expect, it } from 'vitest';
import { contrast, readable, type Rgb } from '../src/loader/colours';
import { inside } from '../src/texts/en';
import { careCard } from '../src/panel/view/care_card';
import { localValue, sentenceOf } from '../src/panel/view/date_form';
import { sourcesView } from '../src/panel/view/sources_view';
import { timelineCard } from '../src/panel/view/timeline_card';

describe('the moment of a treatment', () => {
  const now = new Date(2026, 10, 20, 12, 0);

  it('is said as the past or as the future', () => {
    expect(sentenceOf('2026-11-19T15:00', now, inside)).toBe('I was treated on 2026-11-19 at 15:00');
    expect(sentenceOf('2026-11-26T09:30', now, inside)).toBe('My session is on 2026-11-26 at 09:30');
  });

  it.each(['', 'tomorrow', '2026-13-45T99:99'])('is none without a day and a time: "%s"', (value) => {
    expect(sentenceOf(value, now, inside)).toBeNull();
  });

  it('is shown in the time of the machine', () => {
    expect(localValue(now)).toBe('2026-11-20T12:00');
  });
});

describe('an urgent card', () => {
  const card = (alarm: string): HTMLElement =>
    careCard({ text: '**Call 112 (Europe) or 999 (UK).**\n\nDo not wait.', metadata: { outcome: 'urgent', alarm } }, '+34 600', inside);

  it('says its level in words and has the first bold paragraph as its heading', () => {
    expect(card('emergency').querySelector('h3')?.textContent).toBe('Immediate action requiredCall 112 (Europe) or 999 (UK).');
    expect(card('urgent').querySelector('.level')?.textContent).toBe('Urgent advice');
  });

  it('dials the emergency numbers first in an emergency, else the clinic', () => {
    const numbers = (alarm: string): string[] => [...card(alarm).querySelectorAll<HTMLAnchorElement>('.call')].map((call) => call.getAttribute('href') ?? '');
    expect(numbers('emergency')).toEqual(['tel:112', 'tel:999', 'tel:+34600']);
    expect(numbers('urgent')).toEqual(['tel:+34600']);
  });
});

describe('sources', () => {
  it('name each article once, with all its sections', () => {
    const view = sourcesView([{ title: 'A', section: '1' }, { title: 'B' }, { title: 'A', section: '2' }], inside);
    expect(view.querySelector('summary')?.textContent).toBe('2 sources');
    expect([...view.querySelectorAll('li')].map((item) => item.textContent)).toEqual(['A12', 'B']);
  });
});

describe('a timeline', () => {
  const step = { id: '1', title: 'No make-up', detail: 'x', starts_at: null, ends_at: '2026-11-20T15:00:00+01:00', state: 'now' } as const;
  const setting = { texts: inside, language: 'en', server: 'https://bot.example', say: () => undefined };
  const view = (address: string): HTMLElement =>
    timelineCard(
      { type: 'timeline', treated_at: '2026-11-19T15:00:00+01:00', timezone: 'Europe/Madrid', steps: [step], calendar_url: address },
      setting,
    );

  it('says in words what is past, now and later, in the time of the treatment', () => {
    expect(view('/x.ics').querySelector('.when')?.textContent).toBe('Nowuntil Fri, 20 Nov, 15:00'.replace('Fri,', 'Fri'));
  });

  it('does not say the day twice', () => {
    const part = { ...step, starts_at: '2026-11-20T10:00:00+01:00' };
    const days = timelineCard({ type: 'timeline', treated_at: '', timezone: 'Europe/Madrid', steps: [part] }, setting);
    expect(days.querySelector('.when')?.textContent).toMatch(/^NowFri,? 20 Nov, 10:00\s?–\s?15:00$/);
  });

  it('links the calendar of the assistant, and nothing that could harm', () => {
    expect(view('/x.ics').querySelector('a')?.href).toBe('https://bot.example/x.ics');
    expect(view('javascript:alert(1)').querySelector('a')).toBeNull();
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
