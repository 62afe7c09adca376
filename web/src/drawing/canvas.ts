/** A canvas as sharp as the screen: drawn in CSS pixels, stored in device pixels. */

/**
 * The context of a canvas, with nothing on it.
 *
 * One without `alpha` lets nothing through from below: cheaper where all is drawn over.
 */
export function contextOf(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  options: { readonly alpha: boolean } = { alpha: true },
) {
  const ratio = Math.min(devicePixelRatio, 3);
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  const own = canvas.getContext("2d", options) as CanvasRenderingContext2D;
  own.reset();
  const forPaper = document.documentElement.dataset["theme"] === "print"; // see theme.ts
  const context = forPaper ? copied(own) : own;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/**
 * The context of another canvas, whose picture is put on this one as soon as it is done.
 *
 * Chromium keeps what is drawn for paper as a list of operations, and loses some of what
 * lets through what is below it. A picture it prints as it is, but on white: where one
 * canvas lies on another, the stylesheet multiplies them.
 */
function copied(own: CanvasRenderingContext2D): CanvasRenderingContext2D {
  const { width, height } = own.canvas;
  const other = new OffscreenCanvas(width, height);
  queueMicrotask(() => own.drawImage(other, 0, 0));
  return other.getContext("2d") as unknown as CanvasRenderingContext2D;
}
