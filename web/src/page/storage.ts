/** What the browser keeps for the reader. No page depends on it: it may be off or full. */

/** The text kept under a name; `undefined` when there is none, or no way to know. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keep a text, if the browser lets us. */
export function keep(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Storage is off or full: the page goes on, and forgets when it is left.
  }
}
