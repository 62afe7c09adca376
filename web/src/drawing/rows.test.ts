import { describe, expect, it } from "vitest";
import { rowsShown } from "./rows";

describe("rowsShown", () => {
  it("has the chosen row, and always as many rows", () => {
    for (const points of [9, 10, 300]) {
      for (let chosen = 0; chosen < points; chosen++) {
        const rows = rowsShown(points, chosen);
        expect(rows).toHaveLength(8);
        expect(rows).toContain(chosen);
      }
    }
  });

  it("has a gap only where rows are left out", () => {
    for (const points of [9, 12, 300]) {
      for (let chosen = 0; chosen < points; chosen++) {
        const rows = rowsShown(points, chosen);
        rows.forEach((row, i) => {
          const [before, after] = [rows[i - 1], rows[i + 1]];
          if (row === undefined) expect(after! - before!).toBeGreaterThan(2);
          else if (before !== undefined) expect(row).toBe(before + 1);
        });
      }
    }
  });

  it("has all rows of a short table", () => {
    expect(rowsShown(3, 1)).toEqual([0, 1, 2]);
  });
});
