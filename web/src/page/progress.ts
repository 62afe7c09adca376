/** How far the reader has come: chapters read, questions answered, and where they stopped. */

import { isRecord, Store } from "./store";

/** Where the reader was when they left a chapter. */
export interface Stop {
  readonly chapter: string;
  /** The heading they were under: its id and text. */
  readonly heading: { readonly id: string; readonly text: string } | undefined;
}

export interface Progress {
  /** Chapters read to the end, by their names in addresses. */
  readonly read: readonly string[];
  /** The option chosen last, by chapter and question. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly stop: Stop | undefined;
}

const NONE: Progress = { read: [], answers: {}, stop: undefined };

const store = new Store("unspiral.progress", readProgress);

/** What was kept, if it makes sense; someone may have changed it by hand. */
export function readProgress(text: string | undefined): Progress {
  try {
    const { read, answers, stop } = JSON.parse(text ?? "{}") as Partial<Progress>;
    return {
      read: Array.isArray(read) ? read.filter((each) => typeof each === "string") : [],
      answers: isRecord(answers) ? onlyTexts(answers) : {},
      stop: typeof stop?.chapter === "string" ? stop : undefined,
    };
  } catch {
    return NONE;
  }
}

function onlyTexts(answers: Record<string, unknown>): Progress["answers"] {
  const chapters = Object.entries(answers).map(([chapter, own]) => {
    const texts = Object.entries(isRecord(own) ? own : {}).filter(
      ([, option]) => typeof option === "string",
    );
    return [chapter, Object.fromEntries(texts)];
  });
  return Object.fromEntries(chapters);
}

/** How far the reader has come. */
export function progress(): Progress {
  return store.value;
}

/** Call back whenever the reader has come further. Returns how to stop. */
export function onProgress(listener: () => void): () => void {
  return store.onChange(listener);
}

export function markRead(chapter: string): void {
  store.change(({ read }) =>
    read.includes(chapter) ? {} : { read: [...read, chapter] },
  );
}

export function answer(chapter: string, question: string, option: string): void {
  store.change(({ answers }) => ({
    answers: { ...answers, [chapter]: { ...answers[chapter], [question]: option } },
  }));
}

export function stopAt(stop: Stop): void {
  store.change(() => ({ stop }));
}

/** Forget everything. */
export function clearProgress(): void {
  store.change(() => NONE);
}

/** Hear of what other pages change. */
export function followProgress(): void {
  store.follow();
}
