/** A tile for each hidden unit: where it is on, its line, and its outgoing weights. */

import type { FeaturesReply, TwoLayerParams } from "../lab/messages";
import { largestOf } from "./matrix";
import { faded, type Palette } from "./palette";

/** Smallest side of a tile that a finger still meets. */
const SMALLEST = 22;
const GAP = 4;
/** Height of the bars below a tile, as a part of its side. */
const BARS = 0.3;

/** Where the tiles are, in CSS pixels. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Side of a tile, without its bars. */
  readonly side: number;
  /** Height of the bars below it. */
  readonly bars: number;
  readonly gap: number;
  readonly height: number;
}

export function layoutOf(count: number, width: number): Layout {
  const most = Math.max(1, Math.floor((width + GAP) / (SMALLEST + GAP)));
  const columns = Math.min(columnsFor(count), most);
  const gap = columns > 8 ? GAP : 2 * GAP;
  const rows = Math.ceil(count / columns);
  const side = (width - (columns - 1) * gap) / columns;
  const bars = BARS * side;
  return { columns, rows, side, bars, gap, height: rows * (side + bars + gap) - gap };
}

/** Columns for a square of tiles, or one more or less, so that the last row is full. */
function columnsFor(count: number): number {
  const square = Math.max(2, Math.round(Math.sqrt((1 + BARS) * count)));
  const missing = (columns: number) => (columns - (count % columns)) % columns;
  return [square, square + 1, square - 1].reduce((best, columns) =>
    columns > 1 && missing(columns) < missing(best) ? columns : best,
  );
}

/** What the tiles show: the features on the corners of the plane, and the weights. */
export interface Units {
  readonly params: TwoLayerParams;
  readonly features: FeaturesReply;
}

/** A place in the plane. */
type Place = readonly [x1: number, x2: number];

export function drawTiles(
  context: CanvasRenderingContext2D,
  { params, features }: Units,
  layout: Layout,
  extent: number,
  palette: Palette,
): void {
  const { columns, side, bars, gap } = layout;
  const strongest = Math.max(...features.out.data);
  const heaviest = largestOf(params.W2);
  const count = features.on.data.length;
  for (let unit = 0; unit < count; unit++) {
    context.save();
    context.translate(
      (unit % columns) * (side + gap),
      Math.floor(unit / columns) * (side + bars + gap),
    );
    drawBars(context, params, unit, side, bars, heaviest, palette);
    context.beginPath();
    context.rect(0, 0, side, side);
    context.clip();
    drawUnit(context, features, unit, side, extent, strongest, palette);
    context.restore();
  }
}

/** Draw where a unit is on, the brighter the more, and its line. */
function drawUnit(
  context: CanvasRenderingContext2D,
  features: FeaturesReply,
  unit: number,
  side: number,
  extent: number,
  strongest: number,
  palette: Palette,
): void {
  context.fillStyle = palette.off;
  context.fillRect(0, 0, side, side);
  const x = ([x1]: Place) => ((x1 + extent) / (2 * extent)) * side;
  const y = ([, x2]: Place) => ((extent - x2) / (2 * extent)) * side;
  const way = wayUp(features, unit, extent);
  const line = lineOf(features, unit);
  if (way) {
    const gradient = context.createLinearGradient(
      x(way.foot),
      y(way.foot),
      x(way.top),
      y(way.top),
    );
    // Not from nothing on, and not to nothing: to be on is more than to be off.
    const strength = strongest > 0 ? Math.sqrt(way.highest / strongest) : 0;
    gradient.addColorStop(0, faded(palette.lit, 0.2));
    gradient.addColorStop(1, faded(palette.lit, 0.4 + 0.6 * strength));
    context.fillStyle = gradient;
    if (line) {
      context.beginPath();
      for (const place of leftOf(line, extent)) context.lineTo(x(place), y(place));
      context.fill();
    } else {
      context.fillRect(0, 0, side, side);
    }
  }
  if (line) {
    context.strokeStyle = palette.lit;
    context.lineWidth = side < 40 ? 1 : 1.5;
    context.beginPath();
    for (const place of line) context.lineTo(x(place), y(place));
    context.stroke();
  }
  if (features.dead.data[unit] === 1) hatch(context, side, palette.lit);
}

/** The way on which a unit goes from 0 to its highest activation in the square. */
function wayUp(features: FeaturesReply, unit: number, extent: number) {
  const [lowLeft, lowRight, highLeft, highRight] = cornersOf(features, unit);
  const highest = Math.max(lowLeft, lowRight, highLeft, highRight);
  if (highest <= 0) return undefined;
  const slope1 = (lowRight - lowLeft) / (2 * extent);
  const slope2 = (highLeft - lowLeft) / (2 * extent);
  const top: Place = [slope1 > 0 ? extent : -extent, slope2 > 0 ? extent : -extent];
  const steepness = slope1 ** 2 + slope2 ** 2;
  const length = steepness > 0 ? highest / steepness : 0;
  const foot: Place = [top[0] - length * slope1, top[1] - length * slope2];
  return { foot, top, highest };
}

/** What a unit puts out at the corners of the square. */
function cornersOf({ out }: FeaturesReply, unit: number) {
  const [rows, columns, count] = out.shape as [number, number, number];
  const at = (row: number, column: number) =>
    out.data[(row * columns + column) * count + unit] as number;
  return [at(0, 0), at(0, columns - 1), at(rows - 1, 0), at(rows - 1, columns - 1)] as [
    number,
    number,
    number,
    number,
  ];
}

/** The two ends of a unit's line in the square, if it crosses the square. */
export function lineOf(
  { lines, crosses }: FeaturesReply,
  unit: number,
): readonly [Place, Place] | undefined {
  if (crosses.data[unit] !== 1) return undefined;
  const at = (i: number) => lines.data[4 * unit + i] as number;
  return [
    [at(0), at(1)],
    [at(2), at(3)],
  ];
}

/** Corners of the part of the square that lies to the left of a line. */
export function leftOf([a, b]: readonly [Place, Place], extent: number): Place[] {
  const side = ([x1, x2]: Place) =>
    (b[0] - a[0]) * (x2 - a[1]) - (b[1] - a[1]) * (x1 - a[0]);
  const square: Place[] = [
    [-extent, -extent],
    [extent, -extent],
    [extent, extent],
    [-extent, extent],
  ];
  return square.flatMap((corner, i) => {
    const next = square[(i + 1) % 4] as Place;
    const [here, there] = [side(corner), side(next)];
    const kept = here > 0 ? [corner] : [];
    if (here > 0 === there > 0) return kept;
    const part = here / (here - there);
    const crossing: Place = [
      corner[0] + part * (next[0] - corner[0]),
      corner[1] + part * (next[1] - corner[1]),
    ];
    return [...kept, crossing];
  });
}

/** A bar for each class: up where the unit speaks for it, down where against it. */
function drawBars(
  context: CanvasRenderingContext2D,
  { W2 }: TwoLayerParams,
  unit: number,
  side: number,
  height: number,
  heaviest: number,
  palette: Palette,
): void {
  const classes = W2.shape[1] as number;
  const middle = side + height / 2 + 1;
  const [step, half] = [side / classes, height / 2 - 1];
  for (let k = 0; k < classes; k++) {
    const weight = W2.data[unit * classes + k] as number;
    const length = heaviest > 0 ? (half * weight) / heaviest : 0;
    context.fillStyle = palette.classes[k] as string;
    const width = Math.min(0.7 * step, 14);
    context.fillRect((k + 0.5) * step - width / 2, middle, width, -length);
  }
  context.fillStyle = palette.faint;
  context.fillRect(0, middle - 0.25, side, 0.5);
}

/** The pattern of dead units. */
function hatch(context: CanvasRenderingContext2D, side: number, colour: string): void {
  context.strokeStyle = faded(colour, 0.4);
  context.lineWidth = 1;
  context.beginPath();
  const step = Math.max(5, side / 12);
  for (let x = -side; x < side; x += step) {
    context.moveTo(x, side);
    context.lineTo(x + side, 0);
  }
  context.stroke();
}

/** What the map shows of a unit: its line and where it is off; of the others, their lines. */
export function drawUnitOnMap(
  context: CanvasRenderingContext2D,
  features: FeaturesReply,
  unit: number,
  size: number,
  extent: number,
  palette: Palette,
): void {
  const x = ([x1]: Place) => ((x1 + extent) / (2 * extent)) * size;
  const y = ([, x2]: Place) => ((extent - x2) / (2 * extent)) * size;

  context.strokeStyle = faded(palette.ink, 0.28);
  context.lineWidth = 0.75;
  context.beginPath();
  for (let other = 0; other < features.on.data.length; other++) {
    const [from, to] = lineOf(features, other) ?? [];
    if (!from || !to || other === unit) continue;
    context.moveTo(x(from), y(from));
    context.lineTo(x(to), y(to));
  }
  context.stroke();

  const line = lineOf(features, unit);
  const on = wayUp(features, unit, extent) !== undefined;
  context.fillStyle = faded(palette.paper, 0.72);
  context.beginPath();
  if (!line) {
    if (!on) context.fillRect(0, 0, size, size);
    return;
  }
  for (const place of leftOf([line[1], line[0]], extent)) {
    context.lineTo(x(place), y(place));
  }
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = palette.accent;
  context.beginPath();
  for (const place of line) context.lineTo(x(place), y(place));
  context.stroke();
}
