import { describe, expect, it } from 'vitest';
import type { Phone } from '../src/panel/contract';
import { blocksOf, phoneHref, safeHref, spansOf } from '../src/panel/text';
import { plainText } from '../src/panel/view/answer_tools';
import { link, richText as written } from '../src/panel/view/rich_text';
import { panelTexts } from '../src/texts/en';

const richText = (text: string, sources = 0): HTMLElement[] => written(text, { texts: panelTexts, sources });

describe('an answer’s text', () => {
  it('has paragraphs where empty lines are, and lists where lines begin with a dash', () => {
    const kinds = blocksOf('One.\nTwo.\n\nThree:\n- a\n- b\nAfter.').map((block) => block.kind);
    expect(kinds).toEqual(['paragraph', 'paragraph', 'list', 'paragraph']);
  });

  it('keeps a line end inside a paragraph', () => {
    expect([...(richText('One\nTwo')[0]?.childNodes ?? [])].map(({ nodeName }) => nodeName)).toEqual(['#text', 'BR', '#text']);
  });

  it('is bold between two pairs of stars, and only there', () => {
    expect(spansOf('a **b** c ** d').map(({ text, bold }) => [text, bold])).toEqual([
      ['a ', false],
      ['b', true],
      [' c ** d', false],
    ]);
  });

  it.each(['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '**<b>x</b>**', '&lt;b&gt;', '- <i>x</i>'])(
    'stays text, whatever is in it: %s',
    (hostile) => {
      const host = document.createElement('div');
      host.append(...richText(hostile));
      expect(host.querySelectorAll('img, script, b, i')).toHaveLength(0);
      expect(host.textContent).toBe(hostile.replaceAll('**', '').replace(/^- /, ''));
    },
  );

  it('links addresses, mail and phone numbers, without the full stop behind them', () => {
    const hrefs = spansOf('See https://a.example/b?c=1. Or me@a.example, or +34 600 000 000!')
      .map(({ href }) => href)
      .filter(Boolean);
    expect(hrefs).toEqual(['https://a.example/b?c=1', 'mailto:me@a.example', 'tel:+34600000000']);
  });

  it('takes no date for a phone number', () => {
    expect(spansOf('From 2026-11-19 at 15:00 for 24 to 48 hours').every(({ href }) => href === null)).toBe(true);
  });
});

describe('an address', () => {
  it.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'nothing'])(
    'that could harm is none: %s',
    (address) => {
      expect(safeHref(address)).toBeNull();
    },
  );

  it('that is relative counts from the assistant', () => {
    expect(safeHref('/webhooks/website/calendar/x.ics', 'https://bot.example/')).toBe('https://bot.example/webhooks/website/calendar/x.ics');
  });

  it('that leaves the page opens beside it and learns nothing', () => {
    const anchor = link('https://a.example/', 'a');
    expect([anchor.rel, anchor.target]).toEqual(['noopener noreferrer', '_blank']);
    expect(link(phoneHref('+34 600'), 'call').hasAttribute('target')).toBe(false);
  });
});

describe('a number that can be called', () => {
  const phone = (text: string, number = text, kind: Phone['kind'] = 'emergency'): Phone => ({ text, number, kind });
  const linksIn = (line: string, ...phones: Phone[]): (string | null)[][] =>
    spansOf(line, { phones })
      .filter(({ href }) => href)
      .map(({ text, href }) => [text, href]);

  it.each(['000', '111', '061', '110', '112', '15'])('is a link, whichever it is: %s', (number) => {
    expect(linksIn(`**Call the emergency number now: ${number}.**`, phone(number))).toEqual([[number, `tel:${number}`]]);
  });

  it.each([
    ['600 12 34 56', '600123456'],
    ['020 7946 0123', '02079460123'],
    ['(020) 7946-0123', '02079460123'],
    ['+44 (0)20 7946 0123', '+442079460123'],
    ['+34600000000', '+34600000000'],
  ])('is dialled as the assistant says: %s', (text, number) => {
    expect(linksIn(`Call Ana on ${text}, or book here.`, phone(text, number, 'clinic'))).toEqual([[text, `tel:${number}`]]);
  });

  it('is none that the assistant does not name', () => {
    const line = 'SPF 30 for 24 hours, 112 euros, day 15 at 15:00 on 2026-11-30, 600 12 34 56.';
    expect(linksIn(line)).toEqual([]);
    expect(linksIn(line, phone('000'))).toEqual([]);
  });

  it('is not found inside another number, a word or an address', () => {
    expect(linksIn('1120, +112, 112th, a112 or 0112', phone('112'))).toEqual([]);
    expect(linksIn('https://a.example/112', phone('112'))).toEqual([['https://a.example/112', 'https://a.example/112']]);
  });

  it('stays text where it is hostile', () => {
    expect(linksIn('call .* now', phone('.*', 'javascript:alert(1)'))).toEqual([['.*', 'tel:1']]);
  });

  it('leaves the (0) out behind the code of a country', () => {
    expect(phoneHref('+44 (0)20 7946 0123')).toBe('tel:+442079460123');
    expect(phoneHref('(020) 7946 0123')).toBe('tel:02079460123');
  });
});

describe('a citation', () => {
  const cites = (text: string, sources: number): (string | null)[] =>
    richText(text, sources).flatMap((block) => [...block.querySelectorAll('sup button')].map((cite) => cite.getAttribute('aria-label')));

  it('is a small button that names its source, without the space before it', () => {
    expect(cites('Fades within 24 hours [1]. Some redness is normal [1][2].', 2)).toEqual(['Source 1', 'Source 1', 'Source 2']);
    expect(richText('24 hours [1].', 1)[0]?.textContent).toBe('24 hours1.');
  });

  it.each(['see [3]', 'a list of [0] items', '[12]', '[x]', 'arr[1]'])('is text where no such source is: %s', (text) => {
    expect(cites(text, text.startsWith('arr') ? 0 : 2)).toEqual([]);
    expect(richText(text, 0)[0]?.textContent).toBe(text);
  });

  it('is told as its place when it is pressed', () => {
    const [paragraph] = richText('a [2]', 2);
    const places: number[] = [];
    paragraph?.addEventListener('cite', (event) => places.push((event as CustomEvent<number>).detail));
    paragraph?.querySelector('button')?.click();
    expect(places).toEqual([2]);
  });

  it('is kept in what is copied, with the names of the sources', () => {
    const sources = [{ title: 'Long title', name: 'The guide' }, { title: 'Other' }];
    expect(plainText({ text: '**Yes.** Do it [1].\n\n- a [2]\n- b', metadata: { sources } })).toBe(
      'Yes. Do it [1].\n\n- a [2]\n- b\n\n[1] The guide\n[2] Other',
    );
    expect(plainText({ text: 'No.', metadata: { sources } })).toBe('No.');
  });
});
