/** The sheet on its way from the input plane to the plane of the scores. */

import type { ScoreSpaceReply, SpiralReply } from "../lab/messages";
import { fillRegions, projection, strokeGrid, type View } from "./folds";
import { addMarker } from "./markers";
import { faded, type Palette } from "./palette";
import { PLACE, type Sheet } from "./sheet";

export interface Scene {
  readonly data: SpiralReply;
  readonly space: ScoreSpaceReply;
  readonly sheet: Sheet;
  /** A place on the sheet to mark; may be a point of the data. */
  readonly mark: ArrayLike<number> | undefined;
}

/** The place of a point of the data. */
export function placeOf(
  { X }: SpiralReply,
  { points }: ScoreSpaceReply,
  i: number,
  extent: number,
): [x: number, y: number, u: number, v: number] {
  return [
    (X.data[2 * i] as number) / extent,
    (X.data[2 * i + 1] as number) / extent,
    points.data[2 * i] as number,
    points.data[2 * i + 1] as number,
  ];
}

/** Where on the canvas each point is: x and y in turn. Written into `out`. */
export function project(
  { data, space }: Pick<Scene, "data" | "space">,
  view: View,
  out: Float32Array,
): void {
  const to = projection(view);
  for (let i = 0; i < data.y.data.length; i++) {
    const place = placeOf(data, space, i, view.extent);
    out[2 * i] = to.x(place, 0);
    out[2 * i + 1] = to.y(place, 0);
  }
}

/** Draw the sheet and the data on it. `spots` has where each point is, see `project`. */
export function drawScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  spots: Float32Array,
  view: View,
  palette: Palette,
): void {
  const { size, morph } = view;
  const { sheet } = scene;
  const arrived = Math.min(Math.max(0, (morph - 0.7) / 0.3), 1);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, size, size);
  context.lineJoin = context.lineCap = "round";
  drawWedges(context, scene.space, size, 0.16 * arrived, palette);
  fillRegions(context, sheet, view, palette);
  strokeGrid(context, sheet, view, palette);
  drawRays(context, scene.space, size, arrived, palette);
  drawBorders(context, sheet, view, palette);
  drawPoints(context, scene, spots, size, palette);
  drawNames(context, scene.space, size, arrived, palette);
  drawMark(context, scene, view, palette);
}

/** What lies over a map of the input plane: borders, rings around errors, and the mark. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  scene: Scene,
  spots: Float32Array,
  view: View,
  palette: Palette,
): void {
  context.lineJoin = context.lineCap = "round";
  strokeGrid(context, scene.sheet, view, palette);
  drawBorders(context, scene.sheet, view, palette);
  drawErrors(context, scene, spots, view.size, palette);
  drawMark(context, scene, view, palette);
}

/** The three wedges in which a class has the largest score. */
function drawWedges(
  context: CanvasRenderingContext2D,
  { class_directions, borders }: ScoreSpaceReply,
  size: number,
  opacity: number,
  palette: Palette,
): void {
  if (opacity <= 0) return;
  const half = size / 2;
  for (let k = 0; k < 3; k++) {
    context.fillStyle = faded(palette.classes[k] as string, opacity);
    context.beginPath();
    context.moveTo(half, half);
    for (const [directions, i] of [
      [borders, (k + 1) % 3],
      [class_directions, k],
      [borders, (k + 2) % 3],
    ] as const) {
      const [u, v] = [directions.data[2 * i], directions.data[2 * i + 1]];
      context.lineTo(half + 2 * size * (u as number), half - 2 * size * (v as number));
    }
    context.fill();
  }
}

/** The name of each wedge's class, near the edge. */
function drawNames(
  context: CanvasRenderingContext2D,
  { class_directions }: ScoreSpaceReply,
  size: number,
  opacity: number,
  palette: Palette,
): void {
  if (opacity <= 0) return;
  const half = size / 2;
  context.font = `600 ${Math.max(12, size / 36)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.strokeStyle = faded(palette.paper, opacity);
  context.fillStyle = faded(palette.ink, opacity);
  for (let k = 0; k < 3; k++) {
    const [u, v] = [class_directions.data[2 * k], class_directions.data[2 * k + 1]];
    const x = half + 0.9 * half * (u as number);
    const y = half - 0.9 * half * (v as number);
    context.strokeText(`class ${k}`, x, y);
    context.fillText(`class ${k}`, x, y);
  }
}

/** The straight lines between the wedges, all the way to the edge. */
function drawRays(
  context: CanvasRenderingContext2D,
  { borders }: ScoreSpaceReply,
  size: number,
  opacity: number,
  palette: Palette,
): void {
  if (opacity <= 0) return;
  const half = size / 2;
  context.strokeStyle = faded(palette.ink, 0.5 * opacity);
  context.lineWidth = 1;
  context.beginPath();
  for (let k = 0; k < 3; k++) {
    const [u, v] = [borders.data[2 * k] as number, borders.data[2 * k + 1] as number];
    context.moveTo(half, half);
    context.lineTo(half + size * u, half - size * v);
  }
  context.stroke();
}

/** The borders between the classes' regions: curves in one plane, rays in the other. */
function drawBorders(
  context: CanvasRenderingContext2D,
  { borders }: Sheet,
  view: View,
  palette: Palette,
): void {
  const to = projection(view);
  context.beginPath();
  for (const { data, length } of borders) {
    for (let at = 0; at < length; at += 2 * PLACE) {
      context.moveTo(to.x(data, at), to.y(data, at));
      context.lineTo(to.x(data, at + PLACE), to.y(data, at + PLACE));
    }
  }
  context.strokeStyle = palette.ink;
  context.lineWidth = 2.5;
  context.stroke();
}

function markerSize(size: number): number {
  return Math.max(3, Math.min(5, size / 100));
}

function drawPoints(
  context: CanvasRenderingContext2D,
  scene: Scene,
  spots: Float32Array,
  size: number,
  palette: Palette,
): void {
  const labels = scene.data.y.data;
  context.lineWidth = 1;
  context.strokeStyle = palette.paper;
  for (let label = 0; label < 3; label++) {
    context.fillStyle = palette.classes[label] as string;
    context.beginPath();
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== label) continue;
      const [x, y] = [spots[2 * i] as number, spots[2 * i + 1] as number];
      addMarker(context, label, x, y, markerSize(size));
    }
    context.fill();
    context.stroke();
  }
  drawErrors(context, scene, spots, size, palette);
}

/** A ring around each point that lies in the region of another class. */
function drawErrors(
  context: CanvasRenderingContext2D,
  { data: { y }, space: { prediction } }: Scene,
  spots: Float32Array,
  size: number,
  palette: Palette,
): void {
  const radius = markerSize(size) + 2.5;
  context.strokeStyle = palette.wrong;
  context.lineWidth = 1.25;
  context.beginPath();
  for (let i = 0; i < y.data.length; i++) {
    if (prediction.data[i] === y.data[i]) continue;
    const [left, top] = [spots[2 * i] as number, spots[2 * i + 1] as number];
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
  }
  context.stroke();
}

/** The place that is marked, and the way it has come. */
function drawMark(
  context: CanvasRenderingContext2D,
  { mark }: Scene,
  view: View,
  palette: Palette,
): void {
  if (!mark) return;
  const to = projection(view);
  const [x, y] = [to.x(mark, 0), to.y(mark, 0)];
  if (view.morph > 0) {
    const from = projection({ ...view, morph: 0 });
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.25;
    context.setLineDash([3, 4]);
    context.beginPath();
    context.moveTo(from.x(mark, 0), from.y(mark, 0));
    context.lineTo(x, y);
    context.stroke();
    context.setLineDash([]);
  }
  const arm = 11;
  for (const [colour, width] of [
    [palette.paper, 5],
    [palette.accent, 2.25],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    for (const turn of [0, 1, 2, 3]) {
      const [dx, dy] = [
        Math.round(Math.cos((turn * Math.PI) / 2)),
        Math.round(Math.sin((turn * Math.PI) / 2)),
      ];
      context.moveTo(x + 8 * dx, y + 8 * dy);
      context.lineTo(x + arm * dx, y + arm * dy);
    }
    context.stroke();
  }
}
