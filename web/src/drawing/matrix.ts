/** A large array as a picture: one cell an entry, coloured by its value. */

import type { NumericArray } from "../lab/messages";
import type { Palette } from "./palette";

/** Say whether an entry is 0 because a ReLU made it so. */
export type Off = (row: number, column: number) => boolean;

/** How strong the colour of a value is: 0 at 0, and 1 at the largest of the array. */
export function strength(value: number, largest: number): number {
  return largest > 0 ? Math.min(Math.abs(value) / largest, 1) ** 0.7 : 0;
}

/** The largest absolute value. */
export function largestOf({ data }: NumericArray): number {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Positive entries in the accent, negative ones in ink, 0 like paper; `off` is hatched. */
export function drawMatrix(
  context: CanvasRenderingContext2D,
  array: NumericArray,
  width: number,
  height: number,
  palette: Palette,
  off: Off = () => false,
): void {
  const [rows, columns] = array.shape as [number, number];
  const largest = largestOf(array);
  const paper = rgbOf(palette.paper);
  const [positive, negative] = [rgbOf(palette.accent), rgbOf(palette.ink)];
  const values = new OffscreenCanvas(columns, rows);
  const mask = new OffscreenCanvas(columns, rows);
  const valueImage = new ImageData(columns, rows);
  const maskImage = new ImageData(columns, rows);
  array.data.forEach((value, i) => {
    const share = strength(value, largest);
    const full = value > 0 ? positive : negative;
    for (let c = 0; c < 3; c++) {
      const [from, to] = [paper[c] as number, full[c] as number];
      valueImage.data[4 * i + c] = from + share * (to - from);
    }
    valueImage.data[4 * i + 3] = 255;
    if (off(Math.floor(i / columns), i % columns)) maskImage.data[4 * i + 3] = 255;
  });
  contextOf(values).putImageData(valueImage, 0, 0);
  contextOf(mask).putImageData(maskImage, 0, 0);

  // Rows that share a line of pixels are averaged; columns keep their edges.
  const squeezed = new OffscreenCanvas(columns, Math.min(rows, Math.ceil(height)));
  const squeeze = contextOf(squeezed);
  squeeze.imageSmoothingQuality = "high";
  squeeze.drawImage(values, 0, 0, columns, squeezed.height);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = columns > width;
  context.drawImage(squeezed, 0, 0, width, height);
  context.imageSmoothingEnabled = true;
  context.drawImage(hatched(mask, width, height, palette.faint), 0, 0, width, height);
}

/** Diagonal lines wherever the mask is. */
function hatched(mask: OffscreenCanvas, width: number, height: number, colour: string) {
  const ratio = 2;
  const hatch = new OffscreenCanvas(
    Math.ceil(width * ratio),
    Math.ceil(height * ratio),
  );
  const context = contextOf(hatch);
  context.imageSmoothingEnabled = false;
  context.drawImage(mask, 0, 0, hatch.width, hatch.height);
  context.globalCompositeOperation = "source-in";
  context.strokeStyle = colour;
  context.globalAlpha = 0.55;
  context.lineWidth = ratio;
  const stripes = new OffscreenCanvas(hatch.width, hatch.height);
  const lines = contextOf(stripes);
  lines.strokeStyle = colour;
  lines.lineWidth = 0.8 * ratio;
  lines.beginPath();
  for (let x = -hatch.height; x < hatch.width; x += 5 * ratio) {
    lines.moveTo(x, hatch.height);
    lines.lineTo(x + hatch.height, 0);
  }
  lines.stroke();
  context.drawImage(stripes, 0, 0);
  return hatch;
}

/** Red, green and blue of a colour in any notation. */
function rgbOf(colour: string): [number, number, number] {
  const context = contextOf(new OffscreenCanvas(1, 1));
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red as number, green as number, blue as number];
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  return canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
}
