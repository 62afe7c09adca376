import { describe, expect, test } from "vitest";
import { layoutOf, leftOf } from "./tiles";

describe("the layout", () => {
  test.each([
    [20, 500, 5],
    [100, 500, 10],
    [8, 500, 4],
    [1, 500, 2],
    [200, 328, 12],
  ])("of %i tiles on %i pixels has %i columns", (count, width, columns) => {
    expect(layoutOf(count, width).columns).toBe(columns);
  });

  test("fills the width, and has room for all", () => {
    for (const count of [1, 2, 3, 7, 20, 50, 100, 500]) {
      for (const width of [300, 328, 508, 1000]) {
        const { columns, rows, side, gap, bars, height } = layoutOf(count, width);
        expect(columns * side + (columns - 1) * gap).toBeCloseTo(width);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
        expect(columns * (rows - 1)).toBeLessThan(count);
        expect(height).toBeCloseTo(rows * (side + bars) + (rows - 1) * gap);
        expect(side).toBeGreaterThanOrEqual(22);
      }
    }
  });
});

describe("what lies to the left of a line", () => {
  test("that goes up", () => {
    const corners = leftOf(
      [
        [0.5, -1],
        [0.5, 1],
      ],
      1,
    );
    expect(corners).toEqual([
      [-1, -1],
      [0.5, -1],
      [0.5, 1],
      [-1, 1],
    ]);
  });

  test("that goes down is the rest", () => {
    const corners = leftOf(
      [
        [0.5, 1],
        [0.5, -1],
      ],
      1,
    );
    expect(corners).toEqual([
      [0.5, -1],
      [1, -1],
      [1, 1],
      [0.5, 1],
    ]);
  });

  test("may be a triangle", () => {
    const corners = leftOf(
      [
        [1, 0],
        [0, 1],
      ],
      1,
    );
    expect(corners).toHaveLength(5); // the square without the triangle
    const others = leftOf(
      [
        [0, 1],
        [1, 0],
      ],
      1,
    );
    expect(others).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });
});
