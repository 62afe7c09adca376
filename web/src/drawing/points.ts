/** The data set on a square canvas that reaches from -extent to extent. */

import type { NumericArray } from "../lab/messages";
import { addMarker } from "./markers";
import type { Palette } from "./palette";

/** From the plane to the canvas: x1 to the right, x2 upwards. */
export function scaleOf(size: number, extent: number) {
  return {
    x: (x1: number) => ((x1 + extent) / (2 * extent)) * size,
    y: (x2: number) => ((extent - x2) / (2 * extent)) * size,
    inverse: (x: number, y: number): [number, number] => [
      (x / size) * 2 * extent - extent,
      extent - (y / size) * 2 * extent,
    ],
  };
}

export function drawPoints(
  context: CanvasRenderingContext2D,
  X: NumericArray,
  y: NumericArray,
  size: number,
  extent: number,
  palette: Palette,
): void {
  const scale = scaleOf(size, extent);
  const radius = Math.max(3, Math.min(5, size / 100));
  context.lineWidth = 2; // half of it is covered by the marker
  context.lineJoin = "round";
  context.strokeStyle = palette.paper;
  y.data.forEach((label, i) => {
    const [x1, x2] = [X.data[2 * i] as number, X.data[2 * i + 1] as number];
    context.fillStyle = palette.classes[label] as string;
    context.beginPath();
    addMarker(context, label, scale.x(x1), scale.y(x2), radius);
    context.stroke();
    context.fill();
  });
}
