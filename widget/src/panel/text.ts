// An answer's text, taken apart: paragraphs, "- " lists, **bold**, and addresses that may be followed.

import type { Phone } from './contract';

export interface Span {
  text: string;
  bold: boolean;
  href: string | null;
}

export type Block = { kind: 'paragraph'; lines: Span[][] } | { kind: 'list'; items: Span[][] };

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'’”]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()-]{6,}\d/;

/** The blocks of a text, in order; `phones` are the numbers of it that can be called. */
export function blocksOf(text: string, phones: Phone[] = []): Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    let open: Block | null = null;
    for (const line of part.split('\n')) {
      const trimmed = line.trim();
      if (!trimmed) continue;
      const isItem = /^[-•] /.test(trimmed);
      if (open?.kind !== (isItem ? 'list' : 'paragraph')) {
        open = isItem ? { kind: 'list', items: [] } : { kind: 'paragraph', lines: [] };
        blocks.push(open);
      }
      if (open.kind === 'list') open.items.push(spansOf(trimmed.slice(2), phones));
      else open.lines.push(spansOf(trimmed, phones));
    }
  }
  return blocks;
}

/** The spans of a line. */
export function spansOf(line: string, phones: Phone[] = []): Span[] {
  const pattern = linkPattern(phones);
  return line
    .split(/\*\*(.+?)\*\*/)
    .flatMap((part, i) => linked(part, pattern, phones).map((span) => ({ ...span, bold: i % 2 === 1 })))
    .filter(({ text }) => text !== '');
}

/** Addresses first, so that a number inside one stays a part of it. */
function linkPattern(phones: Phone[]): RegExp {
  const numbers = phones.map(({ text }) => text.replace(/[^\w\s]/g, '\\$&')).sort((a, b) => b.length - a.length);
  return new RegExp([LINK.source, ...numbers.map((number) => `(?<![\\w+])${number}(?!\\w)`)].join('|'), 'g');
}

function linked(text: string, pattern: RegExp, phones: Phone[]): Omit<Span, 'bold'>[] {
  const spans: Omit<Span, 'bold'>[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    spans.push({ text: text.slice(end, match.index), href: null }, { text: match[0], href: hrefOf(match[0], phones) });
    end = match.index + match[0].length;
  }
  return [...spans, { text: text.slice(end), href: null }];
}

function hrefOf(found: string, phones: Phone[]): string | null {
  const phone = phones.find(({ text }) => text === found);
  if (phone) return phoneHref(phone.number);
  if (found.startsWith('+')) return phoneHref(found);
  return safeHref(found.includes('://') ? found : `mailto:${found}`);
}

/** A number that a telephone dials; the (0) of +44 (0)20 … is for inside the country only. */
export function phoneHref(number: string): string {
  const dialled = number.trim().startsWith('+') ? number.replace('(0)', '') : number;
  return `tel:${dialled.replace(/[^\d+]/g, '')}`;
}

/** The address, if it is one that a person may follow; relative ones count from `base`. */
export function safeHref(address: string, base?: string): string | null {
  try {
    const url = new URL(address, base);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
