/** A chart's plane: from numbers to a canvas or an SVG, and back. */

export interface Axes {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Range = readonly [low: number, high: number];

/** Both ranges in a picture of this size, with margins for the numbers at the axes. */
export function axesOf(
  width: number,
  height: number,
  [lowX, highX]: Range,
  [lowY, highY]: Range,
  margins = { left: 36, right: 12, top: 12, bottom: 40 },
): Axes {
  const { left, top } = margins;
  const right = width - margins.right;
  const bottom = height - margins.bottom;
  return {
    x: (value) => left + ((value - lowX) / (highX - lowX)) * (right - left),
    y: (value) => bottom - ((value - lowY) / (highY - lowY)) * (bottom - top),
    left,
    right,
    top,
    bottom,
  };
}

/** A curve through points, as an outline. */
export function curveOf(
  axes: Axes,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
): string {
  return Array.from({ length: xs.length }, (_, i) => {
    const [x, y] = [axes.x(xs[i] as number), axes.y(ys[i] as number)];
    return `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("");
}

/** Which point of a curve is nearest to a place in the picture. */
export function nearestOn(
  axes: Axes,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  x: number,
  y: number,
): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < xs.length; i++) {
    const away = Math.hypot(axes.x(xs[i] as number) - x, axes.y(ys[i] as number) - y);
    if (away < least) [nearest, least] = [i, away];
  }
  return nearest;
}
