import { describe, expect, it } from "vitest";
import { connections, networkLayout } from "./layers";

const SIZES = Array.from({ length: 200 }, (_, i) => i + 1);

describe("networkLayout", () => {
  it("has a node for each input, unit and score, within the picture", () => {
    for (const h of SIZES) {
      const { inputs, hidden, scores, radius } = networkLayout(h, 3, 328, 360);
      expect([inputs.length, hidden.length, scores.length]).toEqual([2, h, 3]);
      const [xs, ys] = [hidden.map(({ x }) => x), hidden.map(({ y }) => y)];
      expect(Math.min(...xs) - radius).toBeGreaterThan(90);
      expect(Math.max(...xs) + radius).toBeLessThan(328 - 90);
      expect(Math.min(...ys) - radius).toBeGreaterThan(20);
      expect(Math.max(...ys) + radius).toBeLessThan(340);
    }
  });

  it("keeps units apart and large enough to see", () => {
    for (const h of SIZES) {
      const { hidden, radius } = networkLayout(h, 3, 600, 360);
      expect(radius).toBeGreaterThan(2.5);
      let nearest = Number.POSITIVE_INFINITY;
      for (const [i, a] of hidden.entries()) {
        for (const b of hidden.slice(i + 1)) {
          nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y));
        }
      }
      expect(nearest).toBeGreaterThan(2 * radius);
    }
  });
});

describe("connections", () => {
  it("leads from each to each", () => {
    const { inputs, hidden } = networkLayout(8, 3, 600, 360);
    expect(connections(inputs, hidden).match(/M[^M]*L[^M]*/g)).toHaveLength(16);
  });
});
