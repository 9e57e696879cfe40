import { BLACK, contrast, css, mix, parseColour, readable, WHITE, type Rgb } from './colours';

const ACCENT: Rgb = [15, 107, 107];

interface Ground {
  surface: Rgb;
  ink: Rgb;
}

const LIGHT: Ground = { surface: [255, 255, 255], ink: [22, 33, 31] };
const DARK: Ground = { surface: [19, 26, 26], ink: [232, 239, 237] };

/** The style sheet with every colour of the chat, made from its main one, so that all of them can be read. */
export function tokens(accent: string): string {
  const main = parseColour(accent) ?? ACCENT;
  const dark = declarations(main, DARK, true);
  return (
    `:host{color-scheme:light;${declarations(main, LIGHT, false)}}` +
    `@media (prefers-color-scheme:dark){:host(:not([theme="light"])){color-scheme:dark;${dark}}}` +
    `:host([theme="dark"]){color-scheme:dark;${dark}}`
  );
}

function declarations(main: Rgb, { surface, ink }: Ground, isDark: boolean): string {
  // a dark accent would drown in a dark page, and a pale one in a white page
  const filled = readable(main, surface, 3);
  const colours: Record<string, Rgb> = {
    accent: filled,
    'on-accent': contrast(filled, WHITE) >= 4.5 ? WHITE : readable(mix(BLACK, filled, 0.15), filled),
    'accent-text': readable(main, mix(surface, main, isDark ? 0.22 : 0.12), isDark ? 7 : 4.5),
    tint: mix(surface, main, isDark ? 0.22 : 0.1),
    'tint-strong': mix(surface, main, isDark ? 0.34 : 0.18),
    soft: mix(ink, surface, 0.3),
    line: mix(surface, ink, 0.13),
    edge: mix(surface, ink, 0.5),
    raised: mix(surface, ink, isDark ? 0.06 : 0.03),
  };
  const own = Object.entries(colours).map(([name, value]) => `--${name}:${css(value)};`);
  return (
    own.join('') +
    `--surface:var(--microneedling-surface,${css(surface)});--ink:var(--microneedling-ink,${css(ink)});` +
    `--on-accent:var(--microneedling-on-accent,${css(colours['on-accent'] ?? WHITE)});` +
    `--red:${isDark ? 'rgb(255 138 128)' : 'rgb(176 24 16)'};--red-fill:rgb(176 24 16);` +
    `--amber:${isDark ? 'rgb(246 201 120)' : 'rgb(116 74 4)'};--amber-tint:${isDark ? 'rgb(54 42 20)' : 'rgb(255 245 224)'};` +
    `--shadow:${isDark ? '0 0 0 1px rgb(255 255 255/.09),' : ''}0 1px 2px rgb(10 30 30/.08),0 12px 40px rgb(10 30 30/.2);`
  );
}
