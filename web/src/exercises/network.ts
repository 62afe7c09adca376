/** The reader's whole network: the functions of all exercises, and what is around them. */

import { isRecord, Store } from "../page/store";
import { EXERCISES, type NetworkParts } from "./messages";
import { changeWork, isRight, work } from "./work";

/** What no exercise has. */
interface Around {
  readonly besides: string;
  readonly training: string | null;
  /** The network that was there before a file was loaded: to bring it back. */
  readonly before: NetworkParts | undefined;
}

const store = new Store<Around>("unspiral.network", readAround);

/** What was kept, if it makes sense. */
export function readAround(text: string | undefined): Around {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "{}");
  } catch {
    kept = {};
  }
  const { before, ...rest } = isRecord(kept) ? kept : {};
  return {
    ...around(rest),
    before: isRecord(before)
      ? { functions: texts(before["functions"]), ...around(before) }
      : undefined,
  };
}

function around({ besides, training }: Record<string, unknown>) {
  return {
    besides: typeof besides === "string" ? besides : "",
    training: typeof training === "string" ? training : null,
  };
}

function texts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** All that the reader has written. */
export function network(): NetworkParts {
  const functions: Record<string, string> = {};
  for (const { name } of EXERCISES) {
    const { source } = work(name);
    if (source !== undefined) functions[name] = source;
  }
  const { besides, training } = store.value;
  return { functions, besides, training };
}

/** Put these parts in the place of what is there, which can then be brought back. */
export function load({ functions, besides, training }: NetworkParts): void {
  const before = network();
  store.change(() => ({ besides, training, before }));
  for (const [name, source] of Object.entries(functions)) changeWork(name, { source });
}

/** Whether there is something that was replaced. */
export function canBringBack(): boolean {
  return store.value.before !== undefined;
}

/** Bring back what was replaced, which then is what can be brought back. */
export function bringBack(): void {
  const { before } = store.value;
  if (!before) return;
  const written = network().functions;
  load(before);
  for (const name of Object.keys(written)) {
    if (!(name in before.functions)) changeWork(name, { source: undefined });
  }
}

/** The exercises without which the reader's network cannot be trained. */
export function missing() {
  return EXERCISES.filter(({ name, trains }) => trains && !isRight(work(name)));
}
