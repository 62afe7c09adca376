/** Python source as lines, for showing. */

/** The code of a line, and the comment at its end. */
export function splitComment(line: string): [code: string, comment: string] {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (quote !== "") {
      if (char === "\\") i++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === "#") {
      return [line.slice(0, i), line.slice(i)];
    }
  }
  return [line, ""];
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
