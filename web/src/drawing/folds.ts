/** The sheet where it is folded, drawn so that folds never cancel each other out. */

import { faded, type Palette } from "./palette";
import { PLACE, type Places, type Sheet } from "./sheet";

/** Cells between two grid lines that are drawn. */
const STRIDE = 3;

/** How far the plane of the scores is seen, for a radius of 1 of the data in it. */
export const MARGIN = 1.12;

/** How to look at the sheet. */
export interface View {
  /** Side of the square canvas, in CSS pixels. */
  readonly size: number;
  /** How far it is on its way: 0 in the input plane, 1 in the plane of the scores. */
  readonly morph: number;
  /** The input plane is seen from -extent to extent. */
  readonly extent: number;
  /** The plane of the scores is seen from -reach to reach. */
  readonly reach: number;
}

/** From places to the canvas. */
export function projection({ size, morph, reach }: View) {
  const half = size / 2;
  const [still, moved] = [half * (1 - morph), (half * morph) / reach];
  return {
    x: (places: ArrayLike<number>, at: number) =>
      half + still * (places[at] as number) + moved * (places[at + 2] as number),
    y: (places: ArrayLike<number>, at: number) =>
      half - still * (places[at + 1] as number) - moved * (places[at + 3] as number),
  };
}

/** Where the grid points are on the canvas. Used again for each drawing. */
let xs = new Float32Array();
let ys = new Float32Array();

function projectGrid({ resolution, grid }: Sheet, view: View): void {
  const count = resolution ** 2;
  if (xs.length < count) [xs, ys] = [new Float32Array(count), new Float32Array(count)];
  const to = projection(view);
  for (let i = 0, at = 0; i < count; i++, at += PLACE) {
    xs[i] = to.x(grid, at);
    ys[i] = to.y(grid, at);
  }
}

/** Which way round three grid points lie on the canvas: above or below 0. */
function turn(a: number, b: number, c: number): number {
  const [ax, ay] = [xs[a] as number, ys[a] as number];
  return (
    ((xs[b] as number) - ax) * ((ys[c] as number) - ay) -
    ((xs[c] as number) - ax) * ((ys[b] as number) - ay)
  );
}

/**
 * Fill the region of each class, as one shape each.
 *
 * All parts of a shape go the same way round, turned over or not: otherwise the parts
 * that lie on each other after a fold would make a hole. Cells in a row that are turned
 * alike are drawn as one part.
 */
export function fillRegions(
  context: CanvasRenderingContext2D,
  sheet: Sheet,
  view: View,
  palette: Palette,
): void {
  projectGrid(sheet, view);
  sheet.shares.forEach((share, k) => {
    context.fillStyle = faded(palette.classes[k] as string, 0.36);
    context.beginPath();
    addCells(context, sheet, k);
    addTriangles(context, share, view);
    context.fill();
  });
}

function addCells(path: CanvasPath, { resolution, cells }: Sheet, k: number): void {
  const last = resolution - 1;
  for (let row = 0; row < last; row++) {
    let [start, way] = [0, 0]; // of the cells in a row that are turned alike
    for (let column = 0; column <= last; column++) {
      const own = column < last && cells[row * last + column] === k;
      const corner = row * resolution + column;
      const next = own ? wayOf(corner, resolution) : 0;
      if (next !== way) {
        if (way !== 0) addStrip(path, row, start, column, way, resolution);
        [start, way] = [column, next];
      }
      if (own && next === 0) {
        addTriangle(path, corner, corner + 1, corner + resolution + 1);
        addTriangle(path, corner, corner + resolution + 1, corner + resolution);
      }
    }
  }
}

/** Which way round a cell lies: 1 or -1, or 0 where it is creased. */
function wayOf(corner: number, resolution: number): number {
  const far = corner + resolution + 1;
  const lower = turn(corner, corner + 1, far);
  const upper = turn(corner, far, corner + resolution);
  if (lower > 0 && upper > 0) return 1;
  return lower < 0 && upper < 0 ? -1 : 0;
}

/** Add the cells of a row from one column to another. */
function addStrip(
  path: CanvasPath,
  row: number,
  from: number,
  to: number,
  way: number,
  resolution: number,
): void {
  const there = row * resolution + (way > 0 ? 0 : resolution);
  const back = row * resolution + (way > 0 ? resolution : 0);
  for (let column = from; column <= to; column++)
    lineTo(path, there + column, from === column);
  for (let column = to; column >= from; column--) lineTo(path, back + column);
}

function addTriangle(path: CanvasPath, a: number, b: number, c: number): void {
  const over = turn(a, b, c) < 0;
  lineTo(path, a, true);
  lineTo(path, over ? c : b);
  lineTo(path, over ? b : c);
}

function lineTo(path: CanvasPath, i: number, first = false): void {
  if (first) path.moveTo(xs[i] as number, ys[i] as number);
  else path.lineTo(xs[i] as number, ys[i] as number);
}

function addTriangles(path: CanvasPath, { data, length }: Places, view: View): void {
  const to = projection(view);
  for (let at = 0; at < length; at += 3 * PLACE) {
    const [x0, y0] = [to.x(data, at), to.y(data, at)];
    const [x1, y1] = [to.x(data, at + PLACE), to.y(data, at + PLACE)];
    const [x2, y2] = [to.x(data, at + 2 * PLACE), to.y(data, at + 2 * PLACE)];
    const over = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) < 0;
    path.moveTo(x0, y0);
    path.lineTo(over ? x2 : x1, over ? y2 : y1);
    path.lineTo(over ? x1 : x2, over ? y1 : y2);
  }
}

/** Draw some of the lines that were straight in the input plane. */
export function strokeGrid(
  context: CanvasRenderingContext2D,
  sheet: Sheet,
  view: View,
  palette: Palette,
): void {
  const { resolution } = sheet;
  projectGrid(sheet, view);
  context.beginPath();
  for (let line = 0; line < resolution; line += STRIDE) {
    for (let i = 0; i < resolution; i++)
      lineTo(context, line * resolution + i, i === 0);
    for (let i = 0; i < resolution; i++)
      lineTo(context, i * resolution + line, i === 0);
  }
  context.lineWidth = 0.75;
  context.strokeStyle = faded(palette.ink, 0.2);
  context.stroke();
}
