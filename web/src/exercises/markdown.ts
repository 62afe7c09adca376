/** The Markdown of reports: `code`, *emphasis* and **strong**, within one paragraph. */

export interface Span {
  readonly kind: "text" | "code" | "em" | "strong";
  readonly text: string;
}

const SPAN = /(`+)(.+?)\1(?!`)|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:[^*]*?\S)?)\*/gs;

/** Split a text into its spans. Whatever else is in it stays as it is. */
export function spans(markdown: string): Span[] {
  const found: Span[] = [];
  let end = 0;
  const plain = (upTo: number) => {
    if (upTo > end) found.push({ kind: "text", text: markdown.slice(end, upTo) });
  };
  for (const match of markdown.matchAll(SPAN)) {
    plain(match.index);
    const [all, , code, strong, em] = match;
    if (code !== undefined) found.push({ kind: "code", text: bare(code) });
    else if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else found.push({ kind: "em", text: em ?? "" });
    end = match.index + all.length;
  }
  plain(markdown.length);
  return found;
}

/** The same, as it is read out. */
export function plainText(markdown: string): string {
  return spans(markdown)
    .map(({ text }) => text)
    .join("");
}

/** Code without the spaces that keep its own backticks from those around it. */
function bare(code: string): string {
  return /^ .*\S.* $/s.test(code) ? code.slice(1, -1) : code;
}
