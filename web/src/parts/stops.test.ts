import { expect, test } from "vitest";
import { logarithmicStops, nearestStop, timeStops } from "./stops";

test("logarithmic stops are round numbers at equal ratios", () => {
  expect(logarithmicStops(-1, 1, 4)).toEqual([
    0.1, 0.18, 0.32, 0.56, 1, 1.8, 3.2, 5.6, 10,
  ]);
  expect(logarithmicStops(-5, -4, 1)).toEqual([0.00001, 0.0001]);
});

test("logarithmic stops have the values that the chapter speaks of", () => {
  const stops = logarithmicStops(-3, 2, 10);
  for (const rate of [0.001, 0.01, 0.1, 0.32, 1, 3.2, 10, 100]) {
    expect(stops).toContain(rate);
  }
  expect(stops.every((stop, i) => i === 0 || stop > (stops[i - 1] as number))).toBe(
    true,
  );
});

test("a short run stops at every step", () => {
  expect(timeStops(0)).toEqual([0]);
  expect(timeStops(4)).toEqual([0, 1, 2, 3, 4]);
});

test.each([1000, 1001, 2500, 1_234_567])(
  "a run of %i steps stops at the first and the last, and at most 1001 times",
  (end) => {
    const stops = timeStops(end);
    expect(stops).toHaveLength(1001);
    expect(stops[0]).toBe(0);
    expect(stops.at(-1)).toBe(end);
    expect(new Set(stops).size).toBe(1001);
  },
);

test("the nearest stop", () => {
  const stops = [0, 1, 2, 5, 10];
  expect(nearestStop(stops, -1)).toBe(0);
  expect(nearestStop(stops, 0)).toBe(0);
  expect(nearestStop(stops, 2.9)).toBe(2);
  expect(nearestStop(stops, 3.6)).toBe(3);
  expect(nearestStop(stops, 10)).toBe(4);
  expect(nearestStop(stops, 900)).toBe(4);
  expect(nearestStop(stops, Number.POSITIVE_INFINITY)).toBe(4);
  expect(nearestStop([1, Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY)).toBe(1);
  expect(nearestStop([500, Number.POSITIVE_INFINITY], 700)).toBe(0);
});
