/** What the reader has written in the exercises, kept in this browser. */

import { isRecord, Store } from "../page/store";

/** The reader's work on one exercise. */
export interface Work {
  /** Their file; `undefined` before they have written anything. */
  readonly source: string | undefined;
  /** The file that stood there before it was all replaced: to bring it back. */
  readonly before: string | undefined;
  /** The file that was last found right. */
  readonly right: string | undefined;
  /** Whether they have had something of their own checked. */
  readonly tried: boolean;
  /** How many hints they have seen. */
  readonly hints: number;
  /** Whether they have seen the solution. */
  readonly solution: boolean;
}

export const NO_WORK: Work = {
  source: undefined,
  before: undefined,
  right: undefined,
  tried: false,
  hints: 0,
  solution: false,
};

const store = new Store<Readonly<Record<string, Work>>>(
  "unspiral.exercises",
  readWorks,
);

/** What was kept, if it makes sense. */
export function readWorks(text: string | undefined): Readonly<Record<string, Work>> {
  try {
    const works: unknown = JSON.parse(text ?? "{}");
    if (!isRecord(works)) return {};
    return Object.fromEntries(
      Object.entries(works)
        .filter(([, work]) => isRecord(work))
        .map(([name, work]) => [name, readWork(work as Record<string, unknown>)]),
    );
  } catch {
    return {};
  }
}

function readWork(work: Record<string, unknown>): Work {
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const hints = work["hints"];
  return {
    source: text(work["source"]),
    before: text(work["before"]),
    right: text(work["right"]),
    tried: work["tried"] === true,
    hints: Number.isInteger(hints) ? Math.min(Math.max(0, hints as number), 3) : 0,
    solution: work["solution"] === true,
  };
}

/** The work on an exercise, by its name. */
export function work(name: string): Work {
  return store.value[name] ?? NO_WORK;
}

/** Change some of it. */
export function changeWork(name: string, changes: Partial<Work>): void {
  store.change((works) => ({ [name]: { ...(works[name] ?? NO_WORK), ...changes } }));
}

/** Whether what stands there now was found right. */
export function isRight({ source, right }: Work): boolean {
  return source !== undefined && source === right;
}

/** Call back whenever any of it changes, here or on another page. */
export const onWork = (listener: () => void) => store.onChange(listener);

/** Hear of what other pages change. */
export const followWork = () => store.follow();
