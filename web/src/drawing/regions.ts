/** Decision regions: where each class is chosen, and how sure the network is there. */

import { contours } from "d3-contour";
import type { DecisionMapReply, NumericArray } from "../lab/messages";
import type { Palette } from "./palette";

/**
 * By how much the score of each class leads over the best of the others.
 *
 * It is 0 on the boundary, and as scores are straight between kinks, a boundary placed
 * by it between two grid points lies where it should, to a fraction of a cell.
 */
export function leads(scores: NumericArray): Float32Array[] {
  const [rows, columns, classes] = scores.shape as [number, number, number];
  const { data } = scores;
  const fields = Array.from(
    { length: classes },
    () => new Float32Array(rows * columns),
  );
  for (let i = 0; i < rows * columns; i++) {
    let best = -1;
    let second = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      const score = data[i * classes + k] as number; // 0 is the largest
      (fields[k] as Float32Array)[i] = score;
      if (score === 0 && best < 0) best = k;
      else if (score > second) second = score;
    }
    (fields[best] as Float32Array)[i] = -second;
  }
  return fields;
}

/** Fill each region with its class's colour, pale where unsure, and draw the boundaries. */
export function drawRegions(
  context: CanvasRenderingContext2D,
  { scores, confidence }: DecisionMapReply,
  size: number,
  palette: Palette,
): void {
  const [rows, columns, classes] = scores.shape as [number, number, number];
  const outlines = leads(scores).map((lead) => outline(lead, rows, columns, size));

  context.fillStyle = palette.paper;
  context.fillRect(0, 0, size, size);
  // Backwards: where classes are alike, the first one is chosen, and lies on top.
  for (let k = outlines.length - 1; k >= 0; k--) {
    context.fillStyle = palette.classes[k] as string;
    context.fill(outlines[k] as Path2D, "evenodd");
  }

  context.imageSmoothingEnabled = true;
  const cell = size / (columns - 1); // grid points lie on the edges of the canvas
  const image = veilOf(confidence, classes, palette.paper);
  context.drawImage(image, -cell / 2, -cell / 2, size + cell, size + cell);

  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.strokeStyle = palette.ink;
  for (const path of outlines) context.stroke(path);
}

/** The outline of the places where a class leads. */
function outline(
  lead: Float32Array,
  rows: number,
  columns: number,
  size: number,
): Path2D {
  // d3-contour puts the value of column j at j + 0.5, and closes outlines half a cell
  // beyond the grid, where the canvas cuts them off.
  const x = (column: number) => ((column - 0.5) / (columns - 1)) * size;
  const y = (row: number) => (1 - (row - 0.5) / (rows - 1)) * size; // rows go up
  const path = new Path2D();
  const { coordinates } = contours()
    .size([columns, rows])
    .contour(lead as unknown as number[], 0);
  for (const polygon of coordinates) {
    for (const ring of polygon) {
      ring.forEach(([column, row], i) => {
        if (i === 0) path.moveTo(x(column as number), y(row as number));
        else path.lineTo(x(column as number), y(row as number));
      });
      path.closePath();
    }
  }
  return path;
}

let veil: OffscreenCanvasRenderingContext2D | undefined;

/** An image in the colour of the paper, the more opaque the less sure. */
function veilOf(confidence: NumericArray, classes: number, paper: string) {
  const [rows, columns] = confidence.shape as [number, number];
  if (veil?.canvas.width !== columns || veil.canvas.height !== rows) {
    const canvas = new OffscreenCanvas(columns, rows);
    veil = canvas.getContext("2d", {
      willReadFrequently: true,
    }) as OffscreenCanvasRenderingContext2D;
  }
  veil.globalCompositeOperation = "copy";
  veil.fillStyle = paper;
  veil.fillRect(0, 0, columns, rows);
  const image = veil.getImageData(0, 0, columns, rows);
  const { data } = image;
  const unsure = 1 / classes; // where all classes are alike
  for (let row = 0; row < rows; row++) {
    const above = (rows - 1 - row) * columns; // rows go up
    for (let column = 0; column < columns; column++) {
      const p = confidence.data[row * columns + column] as number;
      const sure = (p - unsure) / (1 - unsure);
      data[4 * (above + column) + 3] = 255 * (0.9 - 0.4 * sure);
    }
  }
  veil.putImageData(image, 0, 0);
  return veil.canvas;
}
