/** Colours for canvases, as the stylesheet has them now. */

export interface Palette {
  /** One for each class; the stylesheet has ten. */
  readonly classes: readonly string[];
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly accent: string;
  readonly wrong: string;
  /** Where a hidden unit is off, and where it is fully on. */
  readonly off: string;
  readonly lit: string;
}

export const MOST_CLASSES = 10;

const DARK = "(prefers-color-scheme: dark)";

let dark: MediaQueryList | undefined;
let latest: { readonly theme: string; readonly palette: Palette } | undefined;

/** The palette, read anew only when the theme is another: figures ask at every frame. */
export function paletteOf(element: Element): Palette {
  const chosen = document.documentElement.dataset["theme"];
  dark ??= matchMedia(DARK);
  const theme = `${chosen}, ${dark.matches}`;
  if (latest?.theme !== theme) {
    latest = { theme, palette: paletteFrom(getComputedStyle(element)) };
  }
  return latest.palette;
}

function paletteFrom(style: CSSStyleDeclaration): Palette {
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    classes: Array.from({ length: MOST_CLASSES }, (_, k) => colour(`--class-${k}`)),
    paper: colour("--paper"),
    ink: colour("--ink"),
    faint: colour("--faint"),
    line: colour("--line"),
    accent: colour("--accent"),
    wrong: colour("--wrong"),
    off: colour("--off"),
    lit: colour("--lit"),
  };
}

/** A colour of the palette that lets through what is below it. */
export function faded(colour: string, opacity: number): string {
  return `color-mix(in srgb, ${colour} ${100 * opacity}%, transparent)`;
}

/** Call back whenever light changes to dark or dark to light. Returns how to stop. */
export function onThemeChange(callback: () => void): () => void {
  const dark = matchMedia(DARK);
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  dark.addEventListener("change", callback);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", callback);
  };
}
