import { describe, expect, test } from "vitest";
import type { NumericArray } from "../lab/messages";
import {
  type Arrays,
  type Equation,
  entryOf,
  equationOf,
  madeFrom,
  shapeOf,
} from "./arithmetic";

function array(...rows: number[][]): NumericArray {
  const columns = rows[0]?.length ?? 0;
  return { shape: [rows.length, columns], data: Float64Array.from(rows.flat()) };
}

/** One point, two units of which the second is off, two classes. */
const ONE: Arrays = new Map([
  ["X", array([0.3, -0.5])],
  ["W1", array([1, 2], [3, 4])],
  ["b1", array([2, -1])],
  ["out", array([0.8, -2.4])],
  ["hidden", array([0.8, 0])],
  ["W2", array([1, -1], [5, 6])],
  ["b2", array([0, 0.1])],
  ["scores", array([0.8, -0.7])],
  ["probs", array([0.82, 0.18])],
  ["y", { shape: [1], data: Int32Array.of(1) }],
  ["reg", array([0.1])],
  ["dscores", array([0.82, -0.82])],
  ["dW2", array([0.756, -0.756], [0.5, 0.6])],
  ["dhidden", array([1.64, -0.82])],
  ["dout", array([1.64, 0])],
  ["dW1", array([0.592, 0.2], [-0.52, 0.4])],
  ["db1", array([1.64, 0])],
]);

/** The same with a second point. */
const TWO: Arrays = new Map([
  ...ONE,
  ["X", array([0.3, -0.5], [1, 1])],
  ["dscores", array([0.41, -0.41], [0.1, -0.1])],
  ["dout", array([0.82, 0], [0, 0])],
  ["dW1_data", array([0.25, 0], [-0.41, 0])],
  ["dW1_reg", array([0.1, 0.2], [0.3, 0.4])],
]);

/** An equation with names in place of numbers, those of negative ones in brackets. */
function written(equation: Equation | undefined): string[] | undefined {
  return equation?.map((side) =>
    side.map((term) => (typeof term === "string" ? term : term.name)).join(""),
  );
}

test("entries have names", () => {
  expect(entryOf("W1[1, 0]", ONE)).toBe(3);
  expect(entryOf("y[0]", ONE)).toBe(1);
  expect(entryOf("W1[2, 0]", ONE)).toBeUndefined();
  expect(entryOf("W1[0, 2]", ONE)).toBeUndefined();
  expect(entryOf("W1", ONE)).toBeUndefined();
  expect(entryOf("nothing[0, 0]", ONE)).toBeUndefined();
});

test("a gradient has the shape of what it is the gradient on", () => {
  expect(shapeOf("W1", 300, 8, 3)).toEqual([2, 8]);
  expect(shapeOf("dW1", 300, 8, 3)).toEqual([2, 8]);
  expect(shapeOf("dhidden", 300, 8, 3)).toEqual([300, 8]);
  expect(shapeOf("dout", 300, 8, 3)).toEqual([300, 8]);
});

describe("forward", () => {
  test("a hidden activation is a weighted sum, bent", () => {
    expect(written(equationOf("hidden[0, 1]", ONE))).toEqual([
      "max(0, X[0, 0] · W1[0, 1] + X[0, 1] · W1[1, 1] + b1[0, 1])",
      "max(0, out[0, 1])",
      "hidden[0, 1]",
    ]);
  });

  test("units that are off are left out of a score", () => {
    expect(written(equationOf("scores[0, 1]", ONE))).toEqual([
      "hidden[0, 0] · W2[0, 1] + b2[0, 1]",
      "scores[0, 1]",
    ]);
  });

  test("what is given was not computed", () => {
    expect(equationOf("W1[0, 0]", ONE)).toBeUndefined();
  });
});

describe("backward", () => {
  test("1 is taken off at the own class", () => {
    expect(written(equationOf("dscores[0, 1]", ONE))?.[0]).toBe("probs[0, 1] − 1");
    expect(written(equationOf("dscores[0, 0]", ONE))?.[0]).toBe("probs[0, 0]");
    expect(written(equationOf("dscores[0, 1]", TWO))?.[0]).toBe(
      "(probs[0, 1] − 1) / 2",
    );
  });

  test("over one point a slope on a weight is a product, over more it is a sum", () => {
    expect(written(equationOf("dW1[1, 0]", ONE))).toEqual([
      "X[0, 1] · dout[0, 0] + reg[0, 0] · W1[1, 0]",
      "dW1[1, 0]",
    ]);
    expect(written(equationOf("dW1[1, 0]", TWO))).toEqual([
      "sum over 2 points of X[i, 1] · dhidden[i, 0] + reg[0, 0] · W1[1, 0]",
      "dW1_data[1, 0] + dW1_reg[1, 0]",
      "dW1[1, 0]",
    ]);
  });

  test("the gate lets through or stops", () => {
    expect(written(equationOf("dout[0, 0]", ONE))?.[0]).toBe(
      "dhidden[0, 0] · 1 (let through)",
    );
    expect(written(equationOf("dout[0, 1]", ONE))?.[0]).toBe(
      "dhidden[0, 1] · 0 (stopped)",
    );
  });
});

test("each entry is made from a row here and a column there", () => {
  expect(madeFrom("scores[4, 1]")).toEqual([
    { array: "hidden", row: 4 },
    { array: "W2", column: 1 },
    { array: "b2", column: 1 },
  ]);
  expect(madeFrom("dW2[3, 1]")).toEqual([
    { array: "hidden", column: 3 },
    { array: "dscores", column: 1 },
    { array: "W2", row: 3, column: 1 },
  ]);
  expect(madeFrom("dhidden[4, 3]")).toEqual([
    { array: "dscores", row: 4 },
    { array: "W2", row: 3 },
  ]);
  expect(madeFrom("scores")).toEqual([]);
  expect(madeFrom(undefined)).toEqual([]);
});

/** Every product and sum that is written out does come to what is shown. */
test.each(["out[0, 1]", "scores[0, 0]", "dW2[0, 1]", "dhidden[0, 1]", "dW1[1, 0]"])(
  "the numbers of %s add up",
  (name) => {
    const [first] = equationOf(name, ONE) as Equation;
    const summands = (first as Equation[number])
      .map((term) =>
        typeof term === "string" ? term : String(entryOf(term.name, ONE)),
      )
      .join("")
      .split(" + ")
      .map((product) => product.split(" · ").map(Number));
    const sum = summands
      .map((factors) => factors.reduce((a, b) => a * b))
      .reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(entryOf(name, ONE) as number, 9);
  },
);
