import { css, html, LitElement, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { scaleOf } from "../../drawing/points";
import type { NumericArray } from "../../lab/messages";
import { drag, holdPage, stepsOf } from "../../parts/dragging";
import { sharedStyles } from "../../parts/shared-styles";

/** How far the plane reaches, for the map below. */
export const EXTENT = 1.24;
/** The ends of the line move on a circle of this radius, just outside of all points. */
const RIM = 1.1;
/** Degrees for one press of an arrow key. */
const STEP = 2;

/** Where the two ends of the line are on the circle: degrees, clockwise from the top. */
export type Ends = readonly [number, number];

/**
 * A straight line across the plane, to be dragged by its two ends.
 *
 * Clockwise from the first end to the second lies side A, the rest is side B.
 *
 * @fires {CustomEvent<Ends>} move - the reader moved an end
 */
@customElement("dividing-line")
export class DividingLine extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      svg {
        display: block;
        width: 100%;
        height: 100%;
      }

      .track {
        fill: none;
        stroke: var(--line);
        stroke-width: 0.006;
      }

      .side {
        fill: var(--ink);
        opacity: 0.055;
      }

      .line {
        stroke: var(--ink);
        stroke-width: 0.014;
      }

      text {
        font: 600 0.1px var(--sans);
        text-anchor: middle;
        dominant-baseline: central;
        fill: var(--ink);
      }

      .handle {
        cursor: grab;
        outline: none;
      }

      .handle:active {
        cursor: grabbing;
      }

      .reach {
        fill: transparent;
      }

      .knob {
        fill: var(--accent);
        stroke: var(--paper);
        stroke-width: 0.012;
      }

      .handle:focus-visible .reach {
        r: 0.075px;
        stroke: var(--accent);
        stroke-width: 0.012;
      }
    `,
  ];

  @property({ attribute: false }) ends: Ends = [0, 180];

  private moveEnd(i: number, degrees: number): void {
    const end = ((Math.round(degrees) % 360) + 360) % 360;
    const detail: Ends = i === 0 ? [end, this.ends[1]] : [this.ends[0], end];
    if (detail[0] === detail[1]) return;
    this.dispatchEvent(new CustomEvent("move", { detail }));
  }

  private dragged(i: number, event: PointerEvent): void {
    const { left, top, width } = this.getBoundingClientRect();
    const { inverse } = scaleOf(width, EXTENT);
    const [x1, x2] = inverse(event.clientX - left, event.clientY - top);
    this.moveEnd(i, (Math.atan2(x1, x2) * 180) / Math.PI);
  }

  private pressed(i: number, event: KeyboardEvent): void {
    const steps = stepsOf(event);
    if (steps === 0) return;
    event.preventDefault();
    this.moveEnd(i, (this.ends[i] as number) + STEP * steps);
  }

  override render() {
    const [first, second] = this.ends;
    const [start, end] = [onRim(first), onRim(second)];
    const around = (second - first + 360) % 360;
    const arc = `A${RIM} ${RIM} 0 ${around > 180 ? 1 : 0} 1 ${end.x} ${end.y}`;
    return html`<svg viewBox="${-EXTENT} ${-EXTENT} ${2 * EXTENT} ${2 * EXTENT}">
      <circle class="track" r=${RIM}></circle>
      <path class="side" d="M${start.x} ${start.y}${arc}Z"></path>
      <line class="line" x1=${start.x} y1=${start.y} x2=${end.x} y2=${end.y}></line>
      ${letter("A", first + around / 2)} ${letter("B", second + (360 - around) / 2)}
      ${this.handle(0, start)} ${this.handle(1, end)}
    </svg>`;
  }

  private handle(i: number, { x, y }: Place) {
    const degrees = this.ends[i] as number;
    return svg`<g
      class="handle"
      role="slider"
      tabindex="0"
      aria-label=${i === 0 ? "First end of the line" : "Second end of the line"}
      aria-valuemin="0"
      aria-valuemax="359"
      aria-valuenow=${degrees}
      aria-valuetext="${degrees} degrees clockwise from the top"
      @touchstart=${holdPage}
      @pointerdown=${(down: PointerEvent) => drag(down, (event) => this.dragged(i, event))}
      @keydown=${(event: KeyboardEvent) => this.pressed(i, event)}
    >
      <circle class="reach" cx=${x} cy=${y} r="0.13"></circle>
      <circle class="knob" cx=${x} cy=${y} r="0.045"></circle>
    </g>`;
  }
}

/** A place on a canvas whose y goes down. */
interface Place {
  readonly x: number;
  readonly y: number;
}

function onRim(degrees: number, radius = RIM): Place {
  const angle = (degrees * Math.PI) / 180;
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
}

function letter(name: string, degrees: number) {
  const { x, y } = onRim(degrees, 1.18);
  return svg`<text x=${x} y=${y} aria-hidden="true">${name}</text>`;
}

/** The line as the lab takes it: seen from the first end, side A is on its left. */
export function lineOf(ends: Ends): NumericArray {
  const data = ends.flatMap((end) => {
    const { x, y } = onRim(end);
    return [x, -y];
  });
  return { shape: [2, 2], data: new Float64Array(data) };
}

declare global {
  interface HTMLElementTagNameMap {
    "dividing-line": DividingLine;
  }
}
