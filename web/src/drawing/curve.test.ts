import { describe, expect, test } from "vitest";
import { thinned } from "./curve";

function curveOf(losses: readonly number[], length = losses.length) {
  const accuracies = losses.map((loss) => 1 / (1 + loss));
  return { curve: thinned(losses, accuracies, length), accuracies };
}

function swinging(length: number): number[] {
  return Array.from({ length }, (_, step) => 2 + Math.sin(step) + step / length);
}

test("a short curve stays as it is", () => {
  const losses = swinging(1000);
  const { curve, accuracies } = curveOf(losses);
  const none = losses.map(() => null);
  expect(curve).toEqual([losses.map((_, step) => step), losses, accuracies, none]);
});

test("an empty curve is empty", () => {
  expect(curveOf([]).curve).toEqual([[], [], [], []]);
});

test("another run is compared at the same steps, as far as it goes", () => {
  const others = swinging(3000);
  const [steps, losses, , compared] = thinned(swinging(4000), [], 4000, others);
  expect(compared).toEqual(steps.map((step) => others[step] ?? null));
  expect(compared.at(-1)).toBe(null);
  expect(losses.length).toBe(compared.length);
});

test("only as much is drawn as is asked for", () => {
  const [steps] = curveOf(swinging(100), 10).curve;
  expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe.each([1001, 1500, 12_345, 100_000])("a curve of %i steps", (length) => {
  const losses = swinging(length);
  const { curve, accuracies } = curveOf(losses);
  const [steps, kept] = curve;

  test("is thinned to what a screen can show", () => {
    expect(steps.length).toBeLessThanOrEqual(1002);
    expect(steps.length).toBeGreaterThan(500);
  });

  test("has its steps in order, each once", () => {
    expect(steps.every((step, i) => i === 0 || step > (steps[i - 1] as number))).toBe(
      true,
    );
  });

  test("goes from the first step to the last", () => {
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(length - 1);
  });

  test("has each step's own loss and accuracy", () => {
    expect(kept).toEqual(steps.map((step) => losses[step]));
    expect(curve[2]).toEqual(steps.map((step) => accuracies[step]));
  });

  test("still swings as far", () => {
    expect(Math.max(...kept)).toBe(losses.reduce((a, b) => Math.max(a, b)));
    expect(Math.min(...kept)).toBe(losses.reduce((a, b) => Math.min(a, b)));
  });
});

test("a single spike is kept, wherever it is", () => {
  for (const spike of [0, 1, 4999, 9998, 9999]) {
    const losses = new Array<number>(10_000).fill(1);
    losses[spike] = 9;
    const [steps, kept] = curveOf(losses).curve;
    expect(steps[kept.indexOf(9)]).toBe(spike);
  }
});
