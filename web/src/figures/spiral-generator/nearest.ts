import type { NumericArray } from "../../lab/messages";

/** The row of X (n, 2) that lies nearest to a place. */
export function nearestRow(X: NumericArray, [x1, x2]: readonly [number, number]) {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < X.data.length / 2; i++) {
    const away1 = (X.data[2 * i] as number) - x1;
    const away2 = (X.data[2 * i + 1] as number) - x2;
    const distance = away1 * away1 + away2 * away2;
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}
