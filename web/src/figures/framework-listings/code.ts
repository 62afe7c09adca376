/** Python source as lines, for showing. */

export type Kind = "comment" | "string" | "keyword" | "number" | "plain";
export type Token = readonly [kind: Kind, text: string];

const KEYWORDS =
  "and|as|assert|break|class|continue|def|del|elif|else|except|False|finally|for|from|" +
  "global|if|import|in|is|lambda|None|nonlocal|not|or|pass|raise|return|True|try|while|" +
  "with|yield";

/** A string ends on its line; what a word begins with is part of the word: x1 is no 1. */
const TOKENS = new RegExp(
  [
    "(?<comment>#.*)",
    /(?<string>[fr]?(?:""".*?"""|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))/.source,
    `(?<keyword>\\b(?:${KEYWORDS})\\b)`,
    /(?<number>\b\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?)/.source,
    /[A-Za-z_]\w*/.source,
  ].join("|"),
  "g",
);

/** The parts of a line of Python, as they are to be coloured. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const { index, 0: text, groups } of line.matchAll(TOKENS)) {
    const found = Object.entries(groups ?? {}).find(([, part]) => part !== undefined);
    if (!found) continue; // a name
    if (index > end) tokens.push(["plain", line.slice(end, index)]);
    tokens.push([found[0] as Kind, text]);
    end = index + text.length;
  }
  if (end < line.length) tokens.push(["plain", line.slice(end)]);
  return tokens;
}

/** Which lines of a text are not in an earlier one, by their places from 0 on. */
export function changedLines(before: string, after: string): Set<number> {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0; // lines that are the same at the end
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const changed = new Set<number>();
  for (let i = start; i < now.length - end; i++) {
    if (old.length !== now.length || old[i] !== now[i]) changed.add(i);
  }
  return changed;
}
