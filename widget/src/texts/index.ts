import { inside, outside } from './en';

export type Inside = typeof inside;
export type Outside = typeof outside;

const INSIDE: Record<string, Inside> = { en: inside };
const OUTSIDE: Record<string, Outside> = { en: outside };

/** The words of the conversation in this language, else in English. */
export function insideTexts(language: string): Inside {
  return INSIDE[primary(language)] ?? inside;
}

/** The words of the launcher in this language, else in English. */
export function outsideTexts(language: string): Outside {
  return OUTSIDE[primary(language)] ?? outside;
}

/** `en` of `en-GB`. */
function primary(language: string): string {
  return language.toLowerCase().split('-', 1)[0] ?? '';
}
