import { button, h } from '../../dom';
import type { PanelTexts } from '../../texts';
import type { AssistantMessage } from '../contract';
import { blocksOf, type Span } from '../text';
import { copyIcon, printIcon, shareIcon } from './icons';

/** Buttons to copy, print and share one answer, as far as the browser can. */
export function answerTools(message: AssistantMessage, texts: PanelTexts, print: () => void): HTMLElement {
  const result = h('span', { class: 'thanks', role: 'status' });
  const copy = async (): Promise<void> => {
    const isDone = await navigator.clipboard.writeText(plainText(message)).then(() => true, () => false);
    result.textContent = isDone ? texts.copied : texts.copyFailed;
  };
  const share = (): void => {
    navigator.share({ text: plainText(message) }).catch(() => undefined); // the person went back
  };
  const { clipboard, share: canShare } = navigator as Partial<Navigator>; // not there on plain http
  return h(
    'div',
    { class: 'tools' },
    clipboard && tool(texts.copy, copyIcon(), () => void copy()),
    tool(texts.print, printIcon(), print),
    canShare && tool(texts.share, shareIcon(), share),
    result,
  );
}

function tool(label: string, icon: SVGSVGElement, press: () => void): HTMLElement {
  return button({ class: 'thumb', 'aria-label': label, title: label }, press, icon);
}

/** An answer as plain text, with its sources by number where it cites them. */
export function plainText({ text, metadata }: AssistantMessage): string {
  const sources = metadata.sources ?? [];
  const blocks = blocksOf(text, { sources: sources.length });
  const paragraphs = blocks.map((block) =>
    block.kind === 'list' ? block.items.map((item) => `- ${plainLine(item)}`).join('\n') : block.lines.map(plainLine).join('\n'),
  );
  const isCited = blocks.some((block) => (block.kind === 'list' ? block.items : block.lines).flat().some(({ cite }) => cite));
  const list = isCited ? [sources.map(({ name, title }, i) => `[${i + 1}] ${name ?? title}`).join('\n')] : [];
  return [...paragraphs, ...list].join('\n\n');
}

function plainLine(line: Span[]): string {
  return line.map(({ text, cite }) => (cite === undefined ? text : ` [${cite}]`)).join('');
}
