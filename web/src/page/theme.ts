/** Light or dark: the reader's choice, kept in the browser. */

import { keep, kept } from "./storage";

export type Theme = "system" | "light" | "dark";

const NAME = "unspiral.theme";

let chosen = readTheme(kept(NAME));

function readTheme(text: string | undefined): Theme {
  return text === "light" || text === "dark" ? text : "system";
}

export function chosenTheme(): Theme {
  return chosen;
}

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  keep(NAME, theme);
  applyTheme();
}

/** Tell the stylesheet, and who draws. */
export function applyTheme(theme: Theme | "print" = chosen): void {
  document.documentElement.dataset["theme"] = theme;
}

/** Paper is white, also for those who read in the dark: for them all is drawn anew. */
export function followPrinting(): void {
  addEventListener("beforeprint", () => {
    if (isDark()) applyTheme("print");
  });
  addEventListener("afterprint", () => applyTheme());
}

function isDark(): boolean {
  if (chosen !== "system") return chosen === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
