/** A point's radius and angle, drawn: outlines for SVG, y down, angles from the top. */

/** Radius of the arc at its start, and by how much it grows with each whole turn. */
const START = 0.13;
const GROWTH = 0.05;
const TURN = 2 * Math.PI;

function place(angle: number, radius: number): [x: number, y: number] {
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
}

function radiusAt(angle: number): number {
  return START + (GROWTH * Math.abs(angle)) / TURN;
}

/** The way from straight up to an angle, clockwise; after a whole turn it goes on outside. */
export function windingArc(angle: number): string {
  const pieces = Math.max(2, Math.ceil(Math.abs(angle) / 0.1));
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const at = (angle * i) / pieces;
    const [x, y] = place(at, radiusAt(at));
    return `${i === 0 ? "M" : "L"}${x.toFixed(4)} ${y.toFixed(4)}`;
  }).join("");
}

/** Where the arc ends, and which way it is going there, in degrees clockwise from right. */
export function arcEnd(angle: number) {
  const [x, y] = place(angle, radiusAt(angle));
  return { x, y, heading: (angle * 180) / Math.PI + (angle < 0 ? 180 : 0) };
}

/** A place beside the arc, for its name. */
export function besideArc(angle: number) {
  const half = Math.sign(angle) * Math.min(Math.abs(angle) / 2, 0.6);
  const [x, y] = place(half, radiusAt(angle) + 0.06);
  return { x, y };
}
