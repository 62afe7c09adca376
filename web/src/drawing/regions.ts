/** Decision regions: where each class is chosen, and how sure the network is there. */

import { contours } from "d3-contour";
import type { NumericArray } from "../messages";
import type { Palette } from "./palette";

/** In place of a probability of 0, which has no logarithm. */
const TINY = 1e-300;

/**
 * By how much each class leads over the best of the others, as a logarithm.
 *
 * It is 0 on the boundary. The logarithm of a probability is a score up to a number
 * that all classes share, and scores are straight between kinks: so a boundary placed
 * between two grid points by it lies where it should, to a fraction of a cell.
 */
export function leads(probs: NumericArray): Float64Array[] {
  const [rows, columns, classes] = probs.shape as [number, number, number];
  const fields = Array.from(
    { length: classes },
    () => new Float64Array(rows * columns),
  );
  for (let i = 0; i < rows * columns; i++) {
    let best = 0;
    let first = -1;
    let second = -1;
    for (let k = 0; k < classes; k++) {
      const p = probs.data[i * classes + k] as number;
      if (p > first) {
        [best, first, second] = [k, p, first];
      } else if (p > second) {
        second = p;
      }
    }
    const logFirst = Math.log(Math.max(first, TINY));
    for (let k = 0; k < classes; k++) {
      const p = probs.data[i * classes + k] as number;
      (fields[k] as Float64Array)[i] =
        k === best
          ? logFirst - Math.log(Math.max(second, TINY))
          : Math.log(Math.max(p, TINY)) - logFirst;
    }
  }
  return fields;
}

/** How sure the network is: 0 where all classes are alike, 1 where one has it all. */
export function confidence(probs: NumericArray): Float64Array {
  const [rows, columns, classes] = probs.shape as [number, number, number];
  const sure = new Float64Array(rows * columns);
  for (let i = 0; i < sure.length; i++) {
    let largest = 0;
    for (let k = 0; k < classes; k++) {
      largest = Math.max(largest, probs.data[i * classes + k] as number);
    }
    sure[i] = (largest - 1 / classes) / (1 - 1 / classes);
  }
  return sure;
}

/** Fill each region with its class's colour, pale where unsure, and draw the boundaries. */
export function drawRegions(
  context: CanvasRenderingContext2D,
  probs: NumericArray,
  size: number,
  palette: Palette,
): void {
  const [rows, columns] = probs.shape as [number, number];
  const outlines = leads(probs).map((lead) => outline(lead, rows, columns, size));

  context.fillStyle = palette.paper;
  context.fillRect(0, 0, size, size);
  // Backwards: where classes are alike, the first one is chosen, and lies on top.
  for (let k = outlines.length - 1; k >= 0; k--) {
    context.fillStyle = palette.classes[k] as string;
    context.fill(outlines[k] as Path2D, "evenodd");
  }

  context.imageSmoothingEnabled = true;
  const cell = size / (columns - 1); // grid points lie on the edges of the canvas
  const veil = veilOf(confidence(probs), rows, columns, palette.paper);
  context.drawImage(veil, -cell / 2, -cell / 2, size + cell, size + cell);

  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.strokeStyle = palette.ink;
  for (const path of outlines) context.stroke(path);
}

/** The outline of the places where a class leads. */
function outline(
  lead: Float64Array,
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

let veilCanvas: OffscreenCanvas | undefined;

/** An image in the colour of the paper, the more opaque the less sure. */
function veilOf(sure: Float64Array, rows: number, columns: number, paper: string) {
  if (veilCanvas?.width !== columns || veilCanvas.height !== rows) {
    veilCanvas = new OffscreenCanvas(columns, rows);
  }
  const context = veilCanvas.getContext("2d", {
    willReadFrequently: true,
  }) as OffscreenCanvasRenderingContext2D;
  context.fillStyle = paper;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  const image = context.createImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = 4 * ((rows - 1 - row) * columns + column);
      image.data[at] = red as number;
      image.data[at + 1] = green as number;
      image.data[at + 2] = blue as number;
      image.data[at + 3] = 255 * (0.9 - 0.4 * (sure[row * columns + column] as number));
    }
  }
  context.putImageData(image, 0, 0);
  return veilCanvas;
}
