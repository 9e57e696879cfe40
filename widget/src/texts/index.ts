import { launcherTexts, panelTexts } from './en';

export type LauncherTexts = typeof launcherTexts;
export type PanelTexts = typeof panelTexts;

const LAUNCHER: Record<string, LauncherTexts> = { en: launcherTexts };
const PANEL: Record<string, PanelTexts> = { en: panelTexts };

/** Texts of the launcher in this language, or in English if it is missing. */
export function launcherTextsIn(language: string): LauncherTexts {
  return LAUNCHER[primary(language)] ?? launcherTexts;
}

/** Texts of the panel in this language, or in English if it is missing. */
export function panelTextsIn(language: string): PanelTexts {
  return PANEL[primary(language)] ?? panelTexts;
}

/** `en` of `en-GB`. */
function primary(language: string): string {
  return language.toLowerCase().split('-', 1)[0] ?? '';
}
