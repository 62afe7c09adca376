import { beforeEach, describe, expect, test, vi } from "vitest";
import type { DecisionMapReply } from "../lab/messages";
import type { Palette } from "./palette";
import { drawRegions, leads } from "./regions";

const EXTENT = 1.1;
const SIZE = 440; // 200 pixels to a unit

/** The map of a network with these scores at each place, in float32. */
function mapOf(
  resolution: number,
  scores: (x1: number, x2: number) => number[],
): DecisionMapReply {
  const at = (i: number) => -EXTENT + (2 * EXTENT * i) / (resolution - 1);
  const behind: number[] = [];
  const confidence: number[] = [];
  for (let row = 0; row < resolution; row++) {
    for (let column = 0; column < resolution; column++) {
      const all = scores(at(column), at(row));
      const less = all.map((score) => score - Math.max(...all));
      behind.push(...less);
      confidence.push(1 / less.reduce((sum, score) => sum + Math.exp(score), 0));
    }
  }
  const classes = behind.length / resolution ** 2;
  return {
    scores: {
      shape: [resolution, resolution, classes],
      data: Float32Array.from(behind),
    },
    confidence: {
      shape: [resolution, resolution],
      data: Float32Array.from(confidence),
    },
  };
}

/** How each class leads at a place where it is so far behind the best one. */
function leadsAt(...behind: number[]): number[] {
  const scores = { shape: [1, 1, behind.length], data: Float32Array.from(behind) };
  return leads(scores).map(([lead]) => lead as number);
}

describe("the lead of a class", () => {
  test("is by how much its score is above the best of the others", () => {
    expect(leadsAt(0, -2, -5)).toEqual([2, -2, -5]);
    expect(leadsAt(-7, -1, 0)).toEqual([-7, -1, 1]);
  });

  test("is positive for one class only, the one with the largest score", () => {
    const { scores } = mapOf(20, (x, y) => [x + 0.01, y * y + 0.003, -x - y, x * y]);
    const fields = leads(scores);
    for (let i = 0; i < 400; i++) {
      const own = fields.map((field) => field[i] as number);
      const best = scores.data.subarray(4 * i, 4 * i + 4).indexOf(0);
      own.forEach((lead, k) => {
        expect(lead > 0).toBe(k === best);
      });
    }
  });

  test("is 0 where classes are alike", () => {
    expect(leadsAt(0, 0, -0.5).map(Math.abs)).toEqual([0, 0, 0.5]);
  });
});

type Ring = [x: number, y: number][];

/** What is drawn, in pixels of the canvas: outlines filled and lines drawn. */
let filled: { colour: string; rings: Ring[] }[];
let stroked: Ring[];

class FakePath {
  readonly rings: Ring[] = [];
  moveTo(x: number, y: number) {
    this.rings.push([[x, y]]);
  }
  lineTo(x: number, y: number) {
    this.rings.at(-1)?.push([x, y]);
  }
  closePath() {}
}

class FakeContext {
  fillStyle = "";
  constructor(readonly canvas?: FakeCanvas) {}
  fillRect() {}
  drawImage() {}
  putImageData() {}
  getImageData(_: number, __: number, width: number, height: number) {
    return { data: new Uint8ClampedArray(4 * width * height) };
  }
  fill({ rings }: FakePath) {
    filled.push({ colour: this.fillStyle, rings });
  }
  stroke({ rings }: FakePath) {
    stroked.push(...rings);
  }
}

class FakeCanvas {
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  getContext() {
    return new FakeContext(this);
  }
}

beforeEach(() => {
  filled = [];
  stroked = [];
  vi.stubGlobal("Path2D", FakePath);
  vi.stubGlobal("OffscreenCanvas", FakeCanvas);
});

const PALETTE = { classes: ["blue", "orange", "green"], paper: "white" } as unknown;

function draw(map: DecisionMapReply): void {
  const context = new FakeContext() as unknown as CanvasRenderingContext2D;
  drawRegions(context, map, SIZE, PALETTE as Palette);
}

/** Corners of the boundaries, in the plane, away from the edges of the canvas. */
function boundary(): Ring {
  return stroked
    .flat()
    .map(([x, y]): [number, number] => [x / 200 - EXTENT, EXTENT - y / 200])
    .filter((corner) => corner.every((x) => Math.abs(x) < EXTENT - 0.05));
}

/** The colour at a place of the plane: of the last region that has it inside. */
function colourAt(x1: number, x2: number): string | undefined {
  const [x, y] = [(x1 + EXTENT) * 200, (EXTENT - x2) * 200];
  return filled.findLast(({ rings }) => rings.filter(around(x, y)).length % 2 === 1)
    ?.colour;
}

/** Whether a ring goes around a place: a ray from there crosses it an odd number of times. */
function around(x: number, y: number) {
  return (ring: Ring) => {
    let inside = false;
    ring.forEach(([x1, y1], i) => {
      const [x2, y2] = ring.at(i - 1) as [number, number];
      const crosses = y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
      if (crosses) inside = !inside;
    });
    return inside;
  };
}

describe("boundaries", () => {
  test.each([10, 33, 100])("lie on a line at %i grid points", (resolution) => {
    // Scores that a linear classifier could give. They are alike where
    // x2 = 0.3 + 0.7 x1, which goes between the grid points.
    draw(mapOf(resolution, (x1, x2) => [3 * (x2 - 0.7 * x1 - 0.3), 0]));
    const corners = boundary();
    expect(corners.length).toBeGreaterThan(resolution);
    for (const [x1, x2] of corners) expect(x2).toBeCloseTo(0.3 + 0.7 * x1, 4);
  });

  test("stay sharp when the network is very sure on both sides", () => {
    draw(mapOf(50, (x1) => [400 * (x1 - 0.1234), -400 * (x1 - 0.1234)]));
    const half = EXTENT / 49; // half a cell
    for (const [x1] of boundary()) expect(Math.abs(x1 - 0.1234)).toBeLessThan(half);
  });

  test("follow a circle to a tenth of a cell", () => {
    draw(mapOf(100, (x1, x2) => [4 * (x1 * x1 + x2 * x2 - 0.5), 0]));
    const corners = boundary();
    expect(corners.length).toBeGreaterThan(100);
    for (const corner of corners) {
      expect(Math.hypot(...corner)).toBeCloseTo(Math.sqrt(0.5), 3);
    }
  });

  test("are not drawn where one class has all", () => {
    draw(mapOf(20, () => [5, 0, 0]));
    expect(boundary()).toEqual([]);
  });
});

describe("regions", () => {
  test("have the colour of their class, right side up", () => {
    draw(mapOf(40, (x1, x2) => [5 * x1, 5 * x2, -5 * x1 - 5 * x2]));
    expect(colourAt(0.9, 0)).toBe("blue");
    expect(colourAt(0, 0.9)).toBe("orange");
    expect(colourAt(-0.8, -0.8)).toBe("green");
  });

  test("reach the edges of the canvas", () => {
    draw(mapOf(40, (x1) => [5 * x1, -5 * x1, -20]));
    for (const x2 of [-1.099, 1.099]) {
      expect(colourAt(1.099, x2)).toBe("blue");
      expect(colourAt(-1.099, x2)).toBe("orange");
    }
  });

  test("leave no gap but a small one where three meet", () => {
    draw(mapOf(100, (x1, x2) => [5 * x1, 5 * x2, -5 * x1 - 5 * x2]));
    let bare = 0;
    for (let i = 0; i < 10_000; i++) {
      const x1 = -0.2 + 0.4 * ((i % 100) / 99);
      const x2 = -0.2 + 0.4 * (Math.floor(i / 100) / 99);
      if (colourAt(x1, x2) === undefined) bare++;
    }
    const cell = (2 * EXTENT) / 99;
    expect((bare / 10_000) * 0.4 ** 2).toBeLessThan(cell ** 2 / 2);
  });

  test("go to the first of several classes that are alike, as argmax has it", () => {
    // A network of one unit: where it is off, no class leads.
    draw(mapOf(40, (x1) => [Math.max(0, -x1), 0, 0]));
    expect(colourAt(-0.5, 0)).toBe("blue");
    expect(colourAt(0.5, 0)).toBe("blue");
    draw(mapOf(40, (x1) => [-1, Math.max(0, x1), 0]));
    expect(colourAt(0.5, 0)).toBe("orange");
    expect(colourAt(-0.5, 0)).toBe("orange");
  });
});
