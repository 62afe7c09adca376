/** Which rows of a long table to show. */

/** Rows of a table, those left out included, which take one row for all. */
const ROWS = 8;

/**
 * The first two, three around a chosen one, and the last; `undefined` for a gap.
 *
 * There are always as many for as many points, so that nothing below them moves.
 */
export function rowsShown(points: number, chosen: number): (number | undefined)[] {
  if (points <= ROWS) return Array.from({ length: points }, (_, i) => i);
  const [first, last] = [4, points - 4];
  const middle = Math.min(Math.max(chosen, first), last);
  return [
    0,
    1,
    middle === first ? 2 : undefined,
    middle - 1,
    middle,
    middle + 1,
    middle === last ? points - 2 : undefined,
    points - 1,
  ];
}
