/**
 * The input plane as a sheet that the network folds into the plane of the scores.
 *
 * The lab says where each point of a grid goes. Between grid points the sheet is taken as
 * flat: two triangles to a cell. A place on it has four numbers: where it is in the input
 * plane, from -1 to 1, and where it goes in the plane of the scores.
 */

import type { ScoreSpaceReply } from "../lab/messages";

/** How many numbers a place has: x, y, u, v. */
export const PLACE = 4;

/** A long list of places, kept for the next drawing. */
export class Places {
  data: Float32Array;
  length = 0;

  constructor(room = 1024) {
    this.data = new Float32Array(PLACE * room);
  }

  clear(): void {
    this.length = 0;
  }

  push(from: ArrayLike<number>, at: number): void {
    if (this.length + PLACE > this.data.length) {
      const larger = new Float32Array(2 * this.data.length);
      larger.set(this.data);
      this.data = larger;
    }
    for (let i = 0; i < PLACE; i++) this.data[this.length++] = from[at + i] as number;
  }
}

export interface Sheet {
  /** Grid points on each side. */
  readonly resolution: number;
  /** Their places, row by row. */
  readonly grid: Float32Array;
  /** The class that has the largest score at each of them. */
  readonly leaders: Int8Array;
  /** The class that has all of a cell, row by row; -1 where several share it. */
  readonly cells: Int8Array;
  /** Of the other cells, the triangles that each class has: three places each. */
  readonly shares: readonly Places[];
  /** Short straight pieces of the border opposite to each class: two places each. */
  readonly borders: readonly Places[];
}

const CLASSES = [0, 1, 2] as const;

export function emptySheet(): Sheet {
  const places = () => CLASSES.map(() => new Places());
  return {
    resolution: 0,
    grid: new Float32Array(),
    leaders: new Int8Array(),
    cells: new Int8Array(),
    shares: places(),
    borders: places(),
  };
}

/** Make a sheet of what the lab says; takes the arrays of an old one, if they fit. */
export function sheetOf(space: ScoreSpaceReply, old: Sheet): Sheet {
  const [resolution] = space.grid.shape as [number];
  const sheet =
    resolution === old.resolution
      ? old
      : {
          ...old,
          resolution,
          grid: new Float32Array(PLACE * resolution ** 2),
          leaders: new Int8Array(resolution ** 2),
          cells: new Int8Array((resolution - 1) ** 2),
        };
  for (const places of [...sheet.shares, ...sheet.borders]) places.clear();
  const { grid, leaders, cells } = sheet;
  const cutter = new Cutter(space, sheet);
  for (let i = 0; i < resolution ** 2; i++) {
    const at = PLACE * i;
    grid[at] = (2 * (i % resolution)) / (resolution - 1) - 1;
    grid[at + 1] = (2 * Math.floor(i / resolution)) / (resolution - 1) - 1;
    grid[at + 2] = space.grid.data[2 * i] as number;
    grid[at + 3] = space.grid.data[2 * i + 1] as number;
    leaders[i] = cutter.leader(at);
  }
  for (let row = 0, cell = 0; row < resolution - 1; row++) {
    for (let column = 0; column < resolution - 1; column++, cell++) {
      const i = row * resolution + column;
      const [right, above] = [i + 1, i + resolution];
      const k = leaders[i] as number;
      const alone = [right, above, above + 1].every((corner) => leaders[corner] === k);
      // Wedges are convex: what has its corners in one has all of itself in it.
      cells[cell] = alone ? k : -1;
      if (alone) continue;
      cutter.cut(i, right, above + 1);
      cutter.cut(i, above + 1, above);
    }
  }
  return sheet;
}

/** Cuts triangles of the sheet along the rays between the classes' wedges. */
class Cutter {
  /** For each pair of classes, how the lead of one over the other grows with u and v. */
  private readonly slopes = new Float64Array(2 * CLASSES.length ** 2);

  constructor(
    { class_directions: { data } }: ScoreSpaceReply,
    private readonly sheet: Sheet,
  ) {
    for (const k of CLASSES) {
      for (const l of CLASSES) {
        for (const axis of [0, 1]) {
          this.slopes[2 * (3 * k + l) + axis] =
            (data[2 * k + axis] as number) - (data[2 * l + axis] as number);
        }
      }
    }
  }

  /** By how much class k leads over class l at a place. */
  private lead(k: number, l: number, places: Float32Array, at: number): number {
    const pair = 2 * (3 * k + l);
    return (
      (this.slopes[pair] as number) * (places[at + 2] as number) +
      (this.slopes[pair + 1] as number) * (places[at + 3] as number)
    );
  }

  /** The class that leads at a grid point; the first one in a tie. */
  leader(at: number): number {
    const { grid } = this.sheet;
    if (this.lead(0, 1, grid, at) >= 0) return this.lead(0, 2, grid, at) >= 0 ? 0 : 2;
    return this.lead(1, 2, grid, at) >= 0 ? 1 : 2;
  }

  /** Give each class its share of a triangle, and each border what goes through it. */
  cut(...corners: [number, number, number]): void {
    const triangle = new Float32Array(3 * PLACE);
    corners.forEach((corner, i) => {
      const at = PLACE * corner;
      triangle.set(this.sheet.grid.subarray(at, at + PLACE), PLACE * i);
    });
    for (const own of CLASSES) this.share(triangle, own);
    for (const opposite of CLASSES) this.border(triangle, opposite);
  }

  /** The part of a triangle in which a class leads over both others. */
  private share(triangle: Float32Array, k: number): void {
    let polygon = triangle;
    for (const l of CLASSES) if (l !== k) polygon = this.part(polygon, k, l);
    for (let at = 2 * PLACE; at < polygon.length; at += PLACE) {
      const share = this.sheet.shares[k] as Places;
      share.push(polygon, 0);
      share.push(polygon, at - PLACE);
      share.push(polygon, at);
    }
  }

  /** The part of a convex polygon in which class k leads over class l. */
  private part(polygon: Float32Array, k: number, l: number): Float32Array {
    const kept = new Places(8);
    for (let at = 0; at < polygon.length; at += PLACE) {
      const next = (at + PLACE) % polygon.length;
      const [here, there] = [
        this.lead(k, l, polygon, at),
        this.lead(k, l, polygon, next),
      ];
      if (here >= 0) kept.push(polygon, at);
      if (here >= 0 !== there >= 0) {
        kept.push(between(polygon, at, next, here / (here - there)), 0);
      }
    }
    return kept.data.subarray(0, kept.length);
  }

  /** The piece of a triangle on which two classes are level, and lead over `opposite`. */
  private border(triangle: Float32Array, opposite: number): void {
    const [k, l] = CLASSES.filter((other) => other !== opposite) as [number, number];
    const ends = new Places(4);
    for (let at = 0; at < triangle.length; at += PLACE) {
      const next = (at + PLACE) % triangle.length;
      const [here, there] = [
        this.lead(k, l, triangle, at),
        this.lead(k, l, triangle, next),
      ];
      if (here >= 0 !== there >= 0) {
        ends.push(between(triangle, at, next, here / (here - there)), 0);
      }
    }
    if (ends.length < 2 * PLACE) return;
    const first = this.lead(k, opposite, ends.data, 0);
    const second = this.lead(k, opposite, ends.data, PLACE);
    if (first < 0 && second < 0) return;
    const border = this.sheet.borders[opposite] as Places;
    const crossing = () => between(ends.data, 0, PLACE, first / (first - second));
    border.push(first < 0 ? crossing() : ends.data, 0);
    if (second < 0) border.push(crossing(), 0);
    else border.push(ends.data, PLACE);
  }
}

/** The place that lies a part of the way from one place to another. */
function between(
  places: Float32Array,
  from: number,
  to: number,
  part: number,
): Float32Array {
  const place = new Float32Array(PLACE);
  for (let i = 0; i < PLACE; i++) {
    const start = places[from + i] as number;
    place[i] = start + part * ((places[to + i] as number) - start);
  }
  return place;
}

/** Where a place of the input plane (x and y from -1 to 1) lies on the sheet. */
export function placeOn(sheet: Sheet, x: number, y: number): Float32Array | undefined {
  const { resolution, grid } = sheet;
  if (resolution === 0 || Math.max(Math.abs(x), Math.abs(y)) > 1) return undefined;
  const cells = resolution - 1;
  const cell = (t: number) => Math.min(Math.floor(((t + 1) / 2) * cells), cells - 1);
  const [column, row] = [cell(x), cell(y)];
  const right = ((x + 1) / 2) * cells - column;
  const up = ((y + 1) / 2) * cells - row;
  const at = PLACE * (row * resolution + column);
  const above = at + PLACE * resolution;
  // The corner of the cell that both triangles lack alternates: see `sheetOf`.
  const corner = right > up ? at + PLACE : above;
  const [toCorner, toFar] = right > up ? [right - up, up] : [up - right, right];
  const place = new Float32Array(PLACE);
  for (let i = 0; i < PLACE; i++) {
    const near = grid[at + i] as number;
    place[i] =
      near +
      toCorner * ((grid[corner + i] as number) - near) +
      toFar * ((grid[above + PLACE + i] as number) - near);
  }
  return place;
}
