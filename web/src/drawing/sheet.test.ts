import { describe, expect, test } from "vitest";
import type { ScoreSpaceReply } from "../lab/messages";
import { emptySheet, PLACE, type Places, placeOn, sheetOf } from "./sheet";

const DIRECTIONS = [90, 210, 330].map((degrees) => {
  const angle = ((degrees - 60) * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

/** What the lab would say if the network took (x, y) to these places. */
function spaceOf(
  resolution: number,
  to: (x: number, y: number) => readonly [number, number],
): ScoreSpaceReply {
  const at = (i: number) => (2 * i) / (resolution - 1) - 1;
  const grid = Array.from({ length: resolution ** 2 }, (_, i) =>
    to(at(i % resolution), at(Math.floor(i / resolution))),
  );
  return {
    grid: { shape: [resolution, resolution, 2], data: Float64Array.from(grid.flat()) },
    class_directions: { shape: [3, 2], data: Float64Array.from(DIRECTIONS.flat()) },
  } as unknown as ScoreSpaceReply;
}

/** A fold, a turn and a stretch. */
const bent = (x: number, y: number) =>
  [Math.abs(x - 0.3) * 2 - 0.4 + y, y * y - 0.2 + 0.5 * x] as const;

/** The area of some triangles in the input plane. */
function area({ data, length }: Places): number {
  let sum = 0;
  for (let at = 0; at < length; at += 3 * PLACE) {
    const x = (i: number) => data[at + i * PLACE] as number;
    const y = (i: number) => data[at + i * PLACE + 1] as number;
    sum += Math.abs((x(1) - x(0)) * (y(2) - y(0)) - (x(2) - x(0)) * (y(1) - y(0))) / 2;
  }
  return sum;
}

function leadOf(k: number, u: number, v: number): number {
  const along = DIRECTIONS.map(([du, dv]) => du * u + dv * v);
  return (along[k] as number) - Math.max(...along.filter((_, l) => l !== k));
}

test("all of the sheet belongs to some class, and only once", () => {
  for (const resolution of [2, 5, 31]) {
    const sheet = sheetOf(spaceOf(resolution, bent), emptySheet());
    const cell = (2 / (resolution - 1)) ** 2;
    const whole = sheet.cells.filter((k) => k >= 0).length * cell;
    const shared = sheet.shares.reduce((sum, share) => sum + area(share), 0);
    expect(whole + shared).toBeCloseTo(4, 4);
  }
});

test("each class has what lies in its wedge", () => {
  const sheet = sheetOf(spaceOf(31, bent), emptySheet());
  sheet.shares.forEach(({ data, length }, k) => {
    expect(length).toBeGreaterThan(0);
    for (let at = 0; at < length; at += PLACE) {
      const lead = leadOf(k, data[at + 2] as number, data[at + 3] as number);
      expect(lead).toBeGreaterThan(-1e-5);
    }
  });
});

describe("the borders", () => {
  const sheet = sheetOf(spaceOf(31, bent), emptySheet());

  test.each([0, 1, 2])("opposite to class %i lie on its ray", (k) => {
    const { data, length } = sheet.borders[k] as Places;
    const [du, dv] = DIRECTIONS[k] as readonly [number, number];
    for (let at = 0; at < length; at += PLACE) {
      const [u, v] = [data[at + 2] as number, data[at + 3] as number];
      expect(Math.abs(u * dv - v * du)).toBeLessThan(1e-5);
      expect(u * du + v * dv).toBeLessThan(1e-5);
    }
  });

  test("are there", () => {
    for (const { length } of sheet.borders) expect(length % (2 * PLACE)).toBe(0);
    expect(Math.max(...sheet.borders.map(({ length }) => length))).toBeGreaterThan(0);
  });
});

test("a sheet that is not folded shows the rays themselves", () => {
  const sheet = sheetOf(
    spaceOf(41, (x, y) => [x, y]),
    emptySheet(),
  );
  sheet.borders.forEach(({ data, length }) => {
    let long = 0;
    for (let at = 0; at < length; at += 2 * PLACE) {
      long += Math.hypot(
        (data[at + PLACE] as number) - (data[at] as number),
        (data[at + PLACE + 1] as number) - (data[at + 1] as number),
      );
    }
    expect(long).toBeGreaterThan(0.99); // from the origin to the edge of the square
  });
});

test("a place on the sheet goes where the grid around it goes", () => {
  const sheet = sheetOf(
    spaceOf(11, (x, y) => [2 * x - y, x + 3 * y + 1]),
    emptySheet(),
  );
  for (const [x, y] of [
    [0.13, -0.52],
    [-1, 1],
    [1, 1],
    [0.2, 0.2],
    [0.19, 0.01],
  ] as const) {
    const [px, py, u, v] = placeOn(sheet, x, y) as unknown as number[];
    expect(px).toBeCloseTo(x, 5);
    expect(py).toBeCloseTo(y, 5);
    expect(u).toBeCloseTo(2 * x - y, 5);
    expect(v).toBeCloseTo(x + 3 * y + 1, 5);
  }
  expect(placeOn(sheet, 1.01, 0)).toBeUndefined();
});

test("the arrays of a sheet are used again", () => {
  const first = sheetOf(spaceOf(21, bent), emptySheet());
  const second = sheetOf(
    spaceOf(21, (x, y) => [y, x]),
    first,
  );
  expect(second.grid).toBe(first.grid);
  const fresh = sheetOf(
    spaceOf(21, (x, y) => [y, x]),
    emptySheet(),
  );
  expect(second.cells).toEqual(fresh.cells);
  expect(second.shares.map(({ length }) => length)).toEqual(
    fresh.shares.map(({ length }) => length),
  );
});
