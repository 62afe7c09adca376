/** The values at which a slider stops, from small to large. */

/** Stops at equal ratios from 10^from to 10^to, rounded to two digits. */
export function logarithmicStops(
  from: number,
  to: number,
  perDecade: number,
): number[] {
  const count = (to - from) * perDecade + 1;
  return Array.from({ length: count }, (_, i) =>
    Number((10 ** (from + i / perDecade)).toPrecision(2)),
  );
}

/** Where the sliders of a training's settings stop. */
export const SETTING_STOPS = {
  hidden: [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 300, 500,
  ],
  learning_rate: logarithmicStops(-3, 2, 10),
  reg: [0, ...logarithmicStops(-5, 0, 4)],
  noise: Array.from({ length: 51 }, (_, i) => i / 50),
};

/** Every step of a short run; of a long one, evenly spread ones, first and last included. */
export function timeStops(end: number): number[] {
  const count = Math.min(end, 1000);
  return Array.from({ length: count + 1 }, (_, i) =>
    Math.round((i / Math.max(count, 1)) * end),
  );
}

/** The stop nearest to a value, counted in places on the list. */
export function nearestStop(stops: readonly number[], value: number): number {
  const above = stops.findIndex((stop) => stop >= value);
  if (above < 0) return stops.length - 1;
  if (above === 0) return 0;
  const [low, high] = [stops[above - 1] as number, stops[above] as number];
  return value - low < high - value ? above - 1 : above;
}
