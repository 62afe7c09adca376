/** One marker shape for each class, so that no one needs the colour to tell them apart. */

type Path = (context: CanvasPath, x: number, y: number, r: number) => void;

/** Corners on a circle; every second one further in when `inner` is less than 1. */
function polygon(corners: number, turn: number, inner = 1): Path {
  return (context, x, y, r) => {
    for (let i = 0; i < corners; i++) {
      const angle = 2 * Math.PI * (i / corners + turn);
      const radius = i % 2 === 0 ? r : r * inner;
      const [px, py] = [x + radius * Math.sin(angle), y - radius * Math.cos(angle)];
      if (i === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
    context.closePath();
  };
}

function circle(context: CanvasPath, x: number, y: number, r: number): void {
  context.moveTo(x + 0.85 * r, y);
  context.arc(x, y, 0.85 * r, 0, 2 * Math.PI);
}

const SHAPES: readonly { readonly name: string; readonly path: Path }[] = [
  { name: "circle", path: circle },
  { name: "triangle", path: polygon(3, 0) },
  { name: "square", path: polygon(4, 1 / 8) },
  { name: "diamond", path: polygon(4, 0) },
  { name: "four-pointed star", path: polygon(8, 0, 0.35) },
  { name: "triangle pointing down", path: polygon(3, 1 / 2) },
  { name: "pentagon", path: polygon(5, 0) },
  { name: "five-pointed star", path: polygon(10, 0, 0.4) },
  { name: "hexagon", path: polygon(6, 0) },
  { name: "cross", path: polygon(8, 1 / 8, 0.35) },
];

function shapeOf(label: number) {
  return SHAPES[label % SHAPES.length] as (typeof SHAPES)[number];
}

export function markerName(label: number): string {
  return shapeOf(label).name;
}

/** Add the marker of a class to a path, `r` about half its width. */
export function addMarker(
  path: CanvasPath,
  label: number,
  x: number,
  y: number,
  r: number,
): void {
  shapeOf(label).path(path, x, y, r);
}

/** A marker as the outline of an SVG path. */
export function svgMarker(label: number, r = 5): string {
  const parts: string[] = [];
  const path = {
    moveTo: (x: number, y: number) => parts.push(`M${x} ${y}`),
    lineTo: (x: number, y: number) => parts.push(`L${x} ${y}`),
    arc: (x: number, y: number, r: number) =>
      parts.push(`A${r} ${r} 0 1 1 ${x - r} ${y}A${r} ${r} 0 1 1 ${x + r} ${y}`),
    closePath: () => parts.push("Z"),
  };
  addMarker(path as unknown as CanvasPath, label, 0, 0, r);
  return parts.join("");
}
