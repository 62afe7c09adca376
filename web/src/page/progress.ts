/** How far the reader has come: chapters read, questions answered, and where they stopped. */

import { keep, kept } from "./storage";

const NAME = "unspiral.progress";

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

const listeners = new Set<() => void>();
/** What the browser had when we last looked. */
let seen = kept(NAME);
let current = readProgress(seen);

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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How far the reader has come. */
export function progress(): Progress {
  return current;
}

/** Call back whenever the reader has come further. Returns how to stop. */
export function onProgress(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function markRead(chapter: string): void {
  change(({ read }) => (read.includes(chapter) ? {} : { read: [...read, chapter] }));
}

export function answer(chapter: string, question: string, option: string): void {
  change(({ answers }) => ({
    answers: { ...answers, [chapter]: { ...answers[chapter], [question]: option } },
  }));
}

export function stopAt(stop: Stop): void {
  change(() => ({ stop }));
}

/** Forget everything. */
export function clearProgress(): void {
  change(() => NONE);
}

/** Change some of it; another page of the lesson may have changed it meanwhile. */
function change(changes: (now: Progress) => Partial<Progress>): void {
  refresh();
  current = { ...current, ...changes(current) };
  keep(NAME, JSON.stringify(current));
  seen = kept(NAME); // what we wrote, if the browser let us
  tell();
}

/** Take over what is kept, if it is another text: else, what we have may be newer. */
function refresh(): void {
  const text = kept(NAME);
  if (text === seen) return;
  seen = text;
  current = readProgress(text);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Hear of what other pages change, also while this one sleeps in the history. */
export function followProgress(): void {
  const refreshed = () => {
    refresh();
    tell();
  };
  addEventListener("storage", refreshed);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) refreshed();
  });
}
