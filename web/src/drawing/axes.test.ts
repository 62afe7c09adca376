import { describe, expect, it } from "vitest";
import { axesOf, curveOf, nearestOn } from "./axes";

const axes = axesOf(200, 100, [0, 1], [0, 5], {
  left: 20,
  right: 10,
  top: 5,
  bottom: 15,
});

describe("axesOf", () => {
  it("puts both ranges between the margins, y upwards", () => {
    expect([axes.x(0), axes.x(1)]).toEqual([20, 190]);
    expect([axes.y(0), axes.y(5)]).toEqual([85, 5]);
  });
});

describe("curveOf", () => {
  it("goes through the points", () => {
    expect(curveOf(axes, [0, 1], [5, 0])).toBe("M20.0 5.0L190.0 85.0");
  });
});

describe("nearestOn", () => {
  it("finds a point of the curve by its distance in the picture", () => {
    expect(nearestOn(axes, [0, 0.5, 1], [5, 2, 0], 110, 60)).toBe(1);
    expect(nearestOn(axes, [0, 0.5, 1], [5, 2, 0], 300, 90)).toBe(2);
  });
});
