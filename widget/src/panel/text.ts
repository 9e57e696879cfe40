// An answer's text, taken apart: paragraphs, "- " lists, **bold**, citations [1], and addresses that may be followed.

import type { Phone } from './contract';

export interface Span {
  text: string;
  bold: boolean;
  href: string | null;
  /** Set on a citation: the place of its source, from 1. */
  cite?: number;
}

/** What the texts of an answer refer to. */
export interface References {
  /** The numbers that can be called. */
  phones?: Phone[];
  /** How many sources can be cited. */
  sources?: number;
}

export type Block = { kind: 'paragraph'; lines: Span[][] } | { kind: 'list'; items: Span[][] };

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'’”]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()-]{6,}\d/;

const CITATION = / ?\[(?<cite>\d{1,2})\]/;

/** The blocks of a text, in order. */
export function blocksOf(text: string, references: References = {}): Block[] {
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
      if (open.kind === 'list') open.items.push(spansOf(trimmed.slice(2), references));
      else open.lines.push(spansOf(trimmed, references));
    }
  }
  return blocks;
}

/** The spans of a line. */
export function spansOf(line: string, references: References = {}): Span[] {
  const pattern = linkPattern(references.phones ?? []);
  return line
    .split(/\*\*(.+?)\*\*/)
    .flatMap((part, i) => linked(part, pattern, references).map((span) => ({ ...span, bold: i % 2 === 1 })))
    .filter(({ text, cite }) => text !== '' || cite !== undefined);
}

/** Addresses first, so that a number inside one stays a part of it. */
function linkPattern(phones: Phone[]): RegExp {
  const numbers = phones.map(({ text }) => text.replace(/[^\w\s]/g, '\\$&')).sort((a, b) => b.length - a.length);
  return new RegExp([LINK.source, CITATION.source, ...numbers.map((number) => `(?<![\\w+])${number}(?!\\w)`)].join('|'), 'g');
}

function linked(text: string, pattern: RegExp, { phones = [], sources = 0 }: References): Omit<Span, 'bold'>[] {
  const spans: Omit<Span, 'bold'>[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const cite = Number(match.groups?.cite);
    if (cite > sources || cite === 0) continue; // a number in brackets
    spans.push({ text: text.slice(end, match.index), href: null });
    spans.push(cite ? { text: '', href: null, cite } : { text: match[0], href: hrefOf(match[0], phones) });
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
