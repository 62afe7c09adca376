/**
 * What the reader points at: one value, wherever the page shows it.
 *
 * A value has one name, in formulas, code, arrays and diagrams alike: `hidden[0, 7]`.
 * A whole array is `hidden`. What the pointer is over counts while it is there; what
 * was clicked or has the focus is held until something else is, or until Escape.
 */

/** The arrays of the lesson that can be pointed at. */
export const ARRAYS: ReadonlySet<string> = new Set([
  ...["X", "y", "W1", "b1", "out", "hidden", "W2", "b2", "scores", "probs"],
  ...["dscores", "dW2", "db2", "dhidden", "dout", "dW1", "db1", "reg"],
]);

/**
 * How an array is called where readers see it.
 *
 * The code writes the gradient behind the gate over the one before it. Here each has
 * its own name, since each value has one.
 */
export function shownArray(array: string): string {
  return array === "dout" ? "dhidden" : array;
}

/** How a value is called where readers see it. */
export function shownName(name: string): string {
  const shown = name.replace(/^\w+/, shownArray);
  return arrayOf(name) === "dout" ? `${shown} after the gate` : shown;
}

/** Hears what is pointed at, and by which element, if the element said so. */
type Listener = (name: string | undefined, by: Element | undefined) => void;

const listeners = new Set<Listener>();
let under: string | undefined;
let held: string | undefined;

/** What is pointed at now. */
export function pointed(): string | undefined {
  return under ?? held;
}

/** What stays pointed at when the pointer is elsewhere. */
export function heldName(): string | undefined {
  return held;
}

/** Say what is under the pointer; `undefined` when nothing is any more. */
export function pointAt(name: string | undefined, by?: Element): void {
  change(name, held, by);
}

/** Point at something until something else is held. */
export function hold(name: string | undefined): void {
  change(undefined, name);
}

/** Call back whenever something else is pointed at. Returns how to stop. */
export function onPointing(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(
  nextUnder: string | undefined,
  nextHeld: string | undefined,
  by?: Element,
): void {
  const before = pointed();
  const heldBefore = held;
  under = nextUnder;
  held = nextHeld;
  if (pointed() === before && held === heldBefore) return;
  for (const listener of listeners) listener(pointed(), by);
}

/** An array, and where in it. */
export interface Place {
  readonly array: string;
  /** Row and column; `undefined` for the whole array. */
  readonly index: readonly number[] | undefined;
}

/** The name of one value: `hidden[0, 7]`. */
export function nameOf(array: string, ...index: readonly number[]): string {
  return `${array}[${index.join(", ")}]`;
}

/** The place that has a name; `undefined` when none has. */
export function placeOf(name: string | undefined): Place | undefined {
  const match = /^(\w+)(?:\[(\d+(?:, ?\d+)*)\])?$/.exec(name ?? "");
  if (!match?.[1]) return undefined;
  return { array: match[1], index: match[2]?.split(",").map(Number) };
}

/** A name as it is written here, whatever the spaces in it; nothing if it is no value's. */
export function valueName(text: string | undefined): string | undefined {
  const { array, index } = placeOf(text) ?? {};
  return array && index && nameOf(array, ...index);
}

/** The array that a name is in. */
export function arrayOf(name: string | undefined): string | undefined {
  return placeOf(name)?.array;
}

/** Whether pointing at one name marks another: itself, or the array it is in. */
export function marks(pointedName: string | undefined, name: string): boolean {
  return pointedName === name || arrayOf(pointedName) === name;
}
