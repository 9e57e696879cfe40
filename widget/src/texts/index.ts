import { launcherTexts, panelTexts } from './en';

export type LauncherTexts = typeof launcherTexts;
export type PanelTexts = typeof panelTexts;

const LAUNCHER: Record<string, LauncherTexts> = { en: launcherTexts };
const PANEL: Record<string, PanelTexts> = { en: panelTexts };

/** The words of the launcher in this language, else in English. */
export function launcherTextsIn(language: string): LauncherTexts {
  return LAUNCHER[primary(language)] ?? launcherTexts;
}

/** The words of the conversation in this language, else in English. */
export function panelTextsIn(language: string): PanelTexts {
  return PANEL[primary(language)] ?? panelTexts;
}

/** `en` of `en-GB`. */
function primary(language: string): string {
  return language.toLowerCase().split('-', 1)[0] ?? '';
}
