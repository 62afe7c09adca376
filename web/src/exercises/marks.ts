/** Where in the reader's lines a report points, and what a screen reader says of it. */

import type { Mark } from "./editor";
import { plainText } from "./markdown";
import type { Report } from "./messages";

/** What is to be marked in the editor. */
export function marksOf({ error, stopped, mistakes, maybe }: Report): Mark[] {
  const marks: Mark[] = [];
  const add = (line: number | null, message: string, sure: boolean) => {
    if (line !== null) marks.push({ line, message: plainText(message), sure });
  };
  if (error) add(error.line, error.meaning || `${error.type}: ${error.message}`, true);
  if (stopped) add(stopped.line, stopped.sentence, true);
  for (const { line, sentence } of mistakes) add(line, sentence, true);
  for (const { line, sentence } of maybe) add(line, sentence, false);
  return marks;
}

/** A report in words only. */
export function spoken(report: Report): string {
  const { sentence, error, stopped, mistakes, maybe, notes } = report;
  const found = (all: Report["mistakes"]) =>
    all.flatMap((each) => [
      each.sentence === sentence ? "" : each.sentence,
      each.line === error?.line ? "" : place(each.line),
    ]);
  const sentences = [
    sentence,
    error?.meaning,
    place(stopped?.line), // an error's is in the sentence
    ...found(mistakes),
    maybe.length > 0 ? "It may be one of these." : "",
    ...found(maybe),
    ...notes,
  ];
  return plainText(sentences.filter(Boolean).join(" "));
}

function place(line: number | null | undefined): string {
  return line == null ? "" : `Look at line ${line}.`;
}
