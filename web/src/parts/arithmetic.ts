/**
 * How a value came about, written out with the numbers it was made from.
 *
 * Nothing is computed here: every number is one the lab has sent.
 */

import { placesFor } from "../format";
import type { NumericArray } from "../lab/messages";
import { nameOf, placeOf, shownArray } from "./pointing";

/** The arrays of a trace by name. Numbers that are no arrays, `loss` say, are (1, 1). */
export type Arrays = ReadonlyMap<string, NumericArray>;

/** Part of an array: a row, a column, one entry, or all. */
export interface Slice {
  readonly array: string;
  readonly row?: number | undefined;
  readonly column?: number | undefined;
}

/** Whether an entry is in one of the slices. */
export function covers(
  slices: readonly Slice[],
  array: string,
  row: number,
  column: number,
): boolean {
  return slices.some(
    (slice) =>
      slice.array === array &&
      (slice.row ?? row) === row &&
      (slice.column ?? column) === column,
  );
}

/** Text, or the number that has a name; in brackets where it is negative, if asked. */
export type Term = string | { readonly name: string; readonly bracketed: boolean };

/** Expressions that are equal, one after the other. The first says what is computed. */
export type Equation = readonly (readonly Term[])[];

/** The number that has a name. */
export function entryOf(name: string, arrays: Arrays): number | undefined {
  const { array, index } = placeOf(name) ?? {};
  const found = array === undefined ? undefined : arrays.get(array);
  if (!found || !index) return undefined;
  const [, columns = 1] = found.shape;
  const [row = 0, column = 0] = index;
  const inside = row < (found.shape[0] as number) && column < columns;
  return inside ? found.data[row * columns + column] : undefined;
}

/** With how many decimals the numbers of an array are written. */
export function placesOf(array: string, { data }: NumericArray): number {
  return Math.max(array === "probs" || array.startsWith("d") ? 3 : 2, placesFor(data));
}

/** Rows and columns of an array: n points, h hidden units, K classes. */
export function shapeOf(
  array: string,
  n: number,
  h: number,
  K: number,
): readonly [number, number] {
  const D = 2;
  const shapes: Record<string, readonly [number, number]> = {
    X: [n, D],
    W1: [D, h],
    b1: [1, h],
    out: [n, h],
    hidden: [n, h],
    W2: [h, K],
    b2: [1, K],
    scores: [n, K],
    probs: [n, K],
  };
  const own = array === "dout" ? "out" : array;
  return shapes[own] ?? shapes[own.slice(1)] ?? [1, 1]; // a gradient is shaped the same
}

/** From which entries an entry is made. */
export function madeFrom(name: string | undefined): Slice[] {
  const { array, index } = placeOf(name) ?? {};
  const [row, column] = index ?? [];
  if (row === undefined || column === undefined) return [];
  const entry = (other: string): Slice => ({ array: other, row, column });
  const rowOf = (other: string, at = row): Slice => ({ array: other, row: at });
  const columnOf = (other: string): Slice => ({ array: other, column });
  const recipes: Record<string, readonly Slice[]> = {
    out: [rowOf("X"), columnOf("W1"), columnOf("b1")],
    hidden: [entry("out")],
    scores: [rowOf("hidden"), columnOf("W2"), columnOf("b2")],
    probs: [rowOf("scores")],
    dscores: [entry("probs"), { array: "y", row }],
    dW2: [{ array: "hidden", column: row }, columnOf("dscores"), entry("W2")],
    db2: [columnOf("dscores")],
    dhidden: [rowOf("dscores"), rowOf("W2", column)],
    dout: [entry("dhidden"), entry("hidden")],
    dW1: [{ array: "X", column: row }, columnOf("dout"), entry("W1")],
    db1: [columnOf("dout")],
  };
  return [...(recipes[array as string] ?? [])];
}

const plain = (array: string, ...index: number[]): Term => ({
  name: nameOf(array, ...index),
  bracketed: false,
});

const factor = (array: string, ...index: number[]): Term => ({
  name: nameOf(array, ...index),
  bracketed: true,
});

/** What was computed to get an entry; nothing for what is given, not computed. */
export function equationOf(name: string, arrays: Arrays): Equation | undefined {
  const { array, index } = placeOf(name) ?? {};
  const [row, column] = index ?? [];
  if (array === undefined || row === undefined || column === undefined)
    return undefined;
  if (entryOf(name, arrays) === undefined) return undefined;
  const recipe = RECIPES[array];
  return recipe && [...recipe(row, column, arrays), [plain(array, row, column)]];
}

type Recipe = (row: number, column: number, arrays: Arrays) => Equation;

const RECIPES: Readonly<Record<string, Recipe>> = {
  out: (i, j, arrays) => [weightedSum(i, j, arrays)],
  hidden: (i, j, arrays) => [
    ["max(0, ", ...weightedSum(i, j, arrays), ")"],
    ["max(0, ", plain("out", i, j), ")"],
  ],
  scores: (i, k, arrays) => {
    const on = indices(lengthOf("hidden", 1, arrays)).filter(
      (j) => (entryOf(nameOf("hidden", i, j), arrays) as number) > 0,
    );
    const products = on.map((j) => [factor("hidden", i, j), " · ", factor("W2", j, k)]);
    return [joined([...products, [factor("b2", 0, k)]])];
  },
  probs: (i, k, arrays) => {
    const power = (each: number): Term[] => ["exp(", plain("scores", i, each), ")"];
    const all = indices(lengthOf("scores", 1, arrays)).map(power);
    return [[...power(k), " / (", ...joined(all), ")"]];
  },
  dscores: (i, k, arrays) => {
    const own = entryOf(nameOf("y", i), arrays) === k;
    const n = lengthOf("X", 0, arrays);
    const difference: Term[] = own
      ? ["(", plain("probs", i, k), " − 1)"]
      : [plain("probs", i, k)];
    return [
      n === 1 && own ? difference.slice(1, -1).concat(" − 1") : over(difference, n),
    ];
  },
  dW2: (j, k, arrays) => gradient("hidden", j, "dscores", k, "W2", arrays),
  dW1: (d, j, arrays) => gradient("X", d, "dout", j, "W1", arrays),
  db2: (_, k, arrays) => [total("dscores", k, arrays)],
  db1: (_, j, arrays) => [total("dout", j, arrays)],
  dhidden: (i, j, arrays) => [
    joined(
      indices(lengthOf("dscores", 1, arrays)).map((k) => [
        factor("dscores", i, k),
        " · ",
        factor("W2", j, k),
      ]),
    ),
  ],
  dout: (i, j, arrays) => {
    const on = (entryOf(nameOf("hidden", i, j), arrays) as number) > 0;
    return [[factor("dhidden", i, j), on ? " · 1 (let through)" : " · 0 (stopped)"]];
  },
};

function weightedSum(i: number, j: number, arrays: Arrays): Term[] {
  const products = indices(lengthOf("X", 1, arrays)).map((d) => [
    factor("X", i, d),
    " · ",
    factor("W1", d, j),
  ]);
  return joined([...products, [factor("b1", 0, j)]]);
}

/** An entry of `values^T dvalues + reg W`: over one point, or over all. */
function gradient(
  values: string,
  row: number,
  gradients: string,
  column: number,
  weights: string,
  arrays: Arrays,
): Equation {
  const n = lengthOf(gradients, 0, arrays);
  const decay: Term[] = [plain("reg", 0, 0), " · ", factor(weights, row, column)];
  if (n === 1) {
    const product = [factor(values, 0, row), " · ", factor(gradients, 0, column)];
    return [joined([product, decay])];
  }
  const parts = [factor(`d${weights}_data`, row, column), " + "];
  return [
    [
      `sum over ${n} points of ${values}[i, ${row}] · ${shownArray(gradients)}[i, ${column}] + `,
      ...decay,
    ],
    [...parts, factor(`d${weights}_reg`, row, column)],
  ];
}

function total(gradients: string, column: number, arrays: Arrays): Term[] {
  const n = lengthOf(gradients, 0, arrays);
  if (n === 1) return [plain(gradients, 0, column)];
  return [`sum over ${n} points of ${shownArray(gradients)}[i, ${column}]`];
}

function over(terms: Term[], n: number): Term[] {
  return n === 1 ? terms : [...terms, ` / ${n}`];
}

/** Summands with plus signs between them. */
function joined(summands: readonly (readonly Term[])[]): Term[] {
  return summands.flatMap((summand, i) => (i === 0 ? summand : [" + ", ...summand]));
}

function lengthOf(array: string, axis: number, arrays: Arrays): number {
  return arrays.get(array)?.shape[axis] ?? 0;
}

function indices(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
