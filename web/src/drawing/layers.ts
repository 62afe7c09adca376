/** Where the nodes of the network's diagram go. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface NetworkLayout {
  readonly inputs: readonly Place[];
  readonly hidden: readonly Place[];
  readonly scores: readonly Place[];
  /** Radius of a hidden unit. */
  readonly radius: number;
}

/** Radius of an input and of a score. */
export const END_RADIUS = 15;
/** Room at the top and bottom, for names. */
const MARGIN = 30;
/** Least height for a unit in one column; with less, units are staggered. */
const LEAST = 13;

/**
 * Two inputs on the left, the hidden units in the middle, the scores on the right.
 *
 * Each unit has a height of its own, so that all connections can be told apart. Where
 * that is little, units stand in several columns, in turn.
 */
export function networkLayout(
  hidden: number,
  scores: number,
  width: number,
  height: number,
): NetworkLayout {
  const room = height - 2 * MARGIN;
  const pitch = room / hidden;
  const columns = Math.max(1, Math.ceil(LEAST / pitch));
  const radius = Math.min(13, 0.42 * pitch * columns, 2.9 + 80 / hidden);
  const between = 2.7 * radius;
  const end = END_RADIUS + 2;
  const column = (count: number, x: number): Place[] => {
    const apart = Math.min(90, room / count);
    return Array.from({ length: count }, (_, i) => ({
      x,
      y: height / 2 + (i - (count - 1) / 2) * apart,
    }));
  };
  return {
    inputs: column(2, end),
    hidden: Array.from({ length: hidden }, (_, i) => ({
      x: width / 2 + ((i % columns) - (columns - 1) / 2) * between,
      y: MARGIN + (i + 0.5) * pitch,
    })),
    scores: column(scores, width - end),
    radius,
  };
}

/** Straight connections from some places to others, as one outline. */
export function connections(from: readonly Place[], to: readonly Place[]): string {
  const parts: string[] = [];
  for (const a of from) {
    for (const b of to) {
      parts.push(`M${tidy(a.x)} ${tidy(a.y)}L${tidy(b.x)} ${tidy(b.y)}`);
    }
  }
  return parts.join("");
}

function tidy(value: number): string {
  return String(Math.round(value * 10) / 10);
}
