/** Where the network's units and their connections lie in a diagram of one point. */

export interface Node {
  readonly x: number;
  readonly y: number;
}

export interface Edge {
  readonly from: Node;
  readonly to: Node;
  /** Row and column of its weight. */
  readonly row: number;
  readonly column: number;
}

export interface Layout {
  /** Whether there is no room for more than the values. */
  readonly narrow: boolean;
  readonly height: number;
  /** Half the width and half the height of a unit's box. */
  readonly box: Node;
  readonly inputs: readonly Node[];
  readonly hidden: readonly Node[];
  readonly scores: readonly Node[];
  readonly first: readonly Edge[];
  readonly second: readonly Edge[];
  /** Where the bars of the probabilities begin, and how long 1 is. */
  readonly bars: { readonly x: number; readonly length: number };
}

const HEADER = 26;

export function unitLayout(
  width: number,
  least: number,
  features: number,
  units: number,
  classes: number,
): Layout {
  const narrow = width < 520;
  const rowHeight = units > 12 ? 23 : 29;
  const height = Math.max(least, HEADER + units * rowHeight + 8);
  const box = { x: narrow ? 25 : 34, y: units > 12 ? 9 : 11 };
  const barsLength = narrow ? 44 : 120;
  const x = [box.x + 2, 0, width - barsLength - box.x - (narrow ? 14 : 22)];
  x[1] = ((x[0] as number) + (x[2] as number)) / 2;
  const column = (at: number, count: number, apart: number): Node[] => {
    const middle = (HEADER + height) / 2;
    return Array.from({ length: count }, (_, i) => ({
      x: x[at] as number,
      y: middle + (i - (count - 1) / 2) * apart,
    }));
  };
  const free = height - HEADER - 8;
  const apart = (count: number) => Math.min(free / count, 76);
  const inputs = column(0, features, apart(features));
  const hidden = column(1, units, Math.min(free / units, 40));
  const scores = column(2, classes, apart(classes));
  const edges = (from: readonly Node[], to: readonly Node[]): Edge[] =>
    from.flatMap((start, row) =>
      to.map((end, end_) => ({
        from: { x: start.x + box.x, y: start.y },
        to: { x: end.x - box.x, y: end.y },
        row,
        column: end_,
      })),
    );
  return {
    narrow,
    height,
    box,
    inputs,
    hidden,
    scores,
    first: edges(inputs, hidden),
    second: edges(hidden, scores),
    bars: { x: (x[2] as number) + box.x + (narrow ? 6 : 10), length: barsLength },
  };
}

/** A connection, as a curve that leaves and arrives level. */
export function edgePath({ from, to }: Edge): string {
  const bend = (to.x - from.x) * 0.4;
  return (
    `M${from.x} ${from.y}C${from.x + bend} ${from.y} ` +
    `${to.x - bend} ${to.y} ${to.x} ${to.y}`
  );
}
