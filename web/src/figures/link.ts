/** A figure's state in the address: `#live-training.hidden=20&live-training.step=300`. */

/** Whether the address speaks of figures, and not of a part of the page. */
export function isLink(hash = location.hash): boolean {
  return hash === "" || hash.includes("=");
}

/** What the address says about one figure, by field. */
export function readLink(figure: string, hash = location.hash): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(hash.slice(1))) {
    if (key.startsWith(`${figure}.`)) fields.set(key.slice(figure.length + 1), value);
  }
  return fields;
}

/** Put a figure's fields into the address, and leave the other figures' alone. */
export function writeLink(figure: string, fields: ReadonlyMap<string, string>): void {
  const others = location.hash
    .slice(1)
    .split("&")
    .filter((part) => part.includes("=") && !part.startsWith(`${figure}.`));
  const own = [...fields].map(
    ([field, value]) => `${figure}.${field}=${encoded(value)}`,
  );
  const hash = [...others, ...own].join("&");
  history.replaceState(history.state, "", hash === "" ? location.pathname : `#${hash}`);
}

/** Safe in an address; `:` and `;` are anyway, and stay readable. */
function encoded(value: string): string {
  return encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%3B", ";");
}
