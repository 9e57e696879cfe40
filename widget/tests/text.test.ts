import { describe, expect, it } from 'vitest';
import { blocksOf, emergencyNumbers, phoneHref, safeHref, spansOf } from '../src/panel/text';
import { link, richText } from '../src/panel/view/rich_text';

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

describe('emergency numbers', () => {
  it('are found once each, in order, and not inside other numbers', () => {
    expect(emergencyNumbers('112 (Europe), 999 (UK), 911 or 112; not 1120 or +911')).toEqual(['112', '999', '911']);
  });
});
