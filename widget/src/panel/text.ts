// An answer's text, taken apart: paragraphs, "- " lists, **bold**, and addresses that may be followed.

export interface Span {
  text: string;
  bold: boolean;
  href: string | null;
}

export type Block = { kind: 'paragraph'; lines: Span[][] } | { kind: 'list'; items: Span[][] };

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'’”]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()-]{6,}\d/g;

/** The blocks of a text, in order. */
export function blocksOf(text: string): Block[] {
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
      if (open.kind === 'list') open.items.push(spansOf(trimmed.slice(2)));
      else open.lines.push(spansOf(trimmed));
    }
  }
  return blocks;
}

/** The spans of a line. */
export function spansOf(line: string): Span[] {
  return line
    .split(/\*\*(.+?)\*\*/)
    .flatMap((part, i) => linked(part).map((span) => ({ ...span, bold: i % 2 === 1 })))
    .filter(({ text }) => text !== '');
}

function linked(text: string): Omit<Span, 'bold'>[] {
  const spans: Omit<Span, 'bold'>[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    spans.push({ text: text.slice(end, match.index), href: null }, { text: match[0], href: hrefOf(match[0]) });
    end = match.index + match[0].length;
  }
  return [...spans, { text: text.slice(end), href: null }];
}

function hrefOf(found: string): string | null {
  if (found.startsWith('+')) return phoneHref(found);
  return safeHref(found.includes('://') ? found : `mailto:${found}`);
}

/** A number that a telephone dials. */
export function phoneHref(number: string): string {
  return `tel:${number.replace(/[^\d+]/g, '')}`;
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

/** The emergency numbers that a text names. */
export function emergencyNumbers(text: string): string[] {
  return [...new Set(text.match(/(?<![\d+])(?:112|999|911)(?!\d)/g) ?? [])];
}
