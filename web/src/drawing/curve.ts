/** A long curve, thinned to what a screen can show. */

/** Steps, losses and accuracies, one entry each; and another run's losses there. */
export type Curve = [
  steps: number[],
  losses: number[],
  accuracies: number[],
  others: (number | null)[],
];

/** Stretches of steps to show: about one for each column of pixels. */
const STRETCHES = 500;

/**
 * Keep the lowest and the highest loss of each stretch of steps, so that a curve that
 * swings still does; and the first and last steps, so that it reaches as far as the run.
 */
export function thinned(
  losses: readonly number[],
  accuracies: readonly number[],
  length: number,
  others: readonly number[] = [],
): Curve {
  const stretch = Math.ceil(length / STRETCHES);
  const steps: number[] = [];
  if (stretch <= 2) {
    for (let step = 0; step < length; step++) steps.push(step);
  } else {
    steps.push(0);
    for (let start = 1; start < length; start += stretch) {
      let [low, high] = [start, start];
      for (let step = start; step < Math.min(start + stretch, length); step++) {
        if ((losses[step] as number) < (losses[low] as number)) low = step;
        if ((losses[step] as number) > (losses[high] as number)) high = step;
      }
      steps.push(Math.min(low, high));
      if (low !== high) steps.push(Math.max(low, high));
    }
    if (steps.at(-1) !== length - 1) steps.push(length - 1);
  }
  return [
    steps,
    steps.map((step) => losses[step] as number),
    steps.map((step) => accuracies[step] as number),
    steps.map((step) => others[step] ?? null),
  ];
}
