/** File name of the panel, put in by build.mjs. */
declare const __PANEL__: string;
