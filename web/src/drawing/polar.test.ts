import { describe, expect, it } from "vitest";
import { arcEnd, windingArc } from "./polar";

describe("windingArc", () => {
  it("goes clockwise from straight up to its end", () => {
    const quarter = windingArc(Math.PI / 2);
    expect(quarter).toMatch(/^M0.0000 -0.13/);
    const end = arcEnd(Math.PI / 2);
    expect(quarter).toMatch(new RegExp(`L${end.x.toFixed(4)} ${end.y.toFixed(4)}$`));
    expect(end.x).toBeGreaterThan(0);
    expect(end.y).toBeCloseTo(0);
  });

  it("is further out after a whole turn", () => {
    const once = arcEnd(1);
    const again = arcEnd(1 + 2 * Math.PI);
    expect(Math.hypot(again.x, again.y)).toBeGreaterThan(Math.hypot(once.x, once.y));
  });

  it("goes the other way for a negative angle", () => {
    expect(arcEnd(-0.2).x).toBeLessThan(0);
  });
});
