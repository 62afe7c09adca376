import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { scaleOf } from "../drawing/points";
import { decimal } from "../format";
import type { DecisionMapReply, SpiralReply } from "../lab/messages";
import { drag } from "./dragging";
import "./decision-map";
import "./setting-slider";
import { sharedStyles } from "./shared-styles";

/** How far the plane reaches, in x1 and in x2. */
export const EXTENT = 1.1;
const SIZE = 200;
const COORDINATES = Array.from({ length: 45 }, (_, i) => (i - 22) / 20);

export type Point = readonly [number, number];

/**
 * The plane with one point in it, to be clicked, dragged or typed.
 *
 * @fires {CustomEvent<Point>} pick - the reader chose another point
 */
@customElement("point-plane")
export class PointPlane extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        min-width: 0;
      }

      .coordinates {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 0 1.25rem;
        margin-top: 0.25rem;
      }

      decision-map svg {
        cursor: crosshair;
      }

      decision-map svg.fixed,
      .fixed .handle {
        cursor: default;
      }

      .coordinates[inert] {
        opacity: 0.4;
      }

      .cross {
        stroke: var(--ink);
        stroke-width: 1;
        stroke-dasharray: 2 3;
        opacity: 0.65;
      }

      .knob {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 2.5;
      }

      .handle {
        cursor: grab;
        touch-action: none;
      }

      .reach {
        fill: transparent;
      }
    `,
  ];

  @property({ attribute: false }) data: SpiralReply | undefined;
  @property({ attribute: false }) map: DecisionMapReply | undefined;
  @property({ attribute: false }) point: Point = [0, 0];
  /** Where the mark is, if anywhere. */
  @property({ attribute: false }) marked: Point | undefined;
  /** Whether no other point can be chosen. */
  @property({ type: Boolean }) fixed = false;

  private tell(point: Point): void {
    this.dispatchEvent(new CustomEvent("pick", { detail: point }));
  }

  private pick(event: MouseEvent): void {
    if (this.fixed) return;
    const plane = this.renderRoot.querySelector("svg") as SVGElement;
    const { left, top, width } = plane.getBoundingClientRect();
    const place = scaleOf(width, EXTENT).inverse(
      event.clientX - left,
      event.clientY - top,
    );
    const [x1, x2] = place.map((x) => Number(within(x).toFixed(2)));
    this.tell([x1 as number, x2 as number]);
  }

  override render() {
    return html`
      <decision-map
        .data=${this.data}
        .map=${this.map}
        .extent=${EXTENT}
        .bare=${true}
      >
        ${svg`<svg viewBox="0 0 ${SIZE} ${SIZE}" class=${this.fixed ? "fixed" : ""}
          aria-hidden="true" @click=${this.pick}>${this.mark()}</svg>`}
      </decision-map>
      <div class="coordinates" ?inert=${this.fixed}>
        ${this.slider(0, "x1")} ${this.slider(1, "x2")}
      </div>
    `;
  }

  private mark() {
    if (!this.marked) return nothing;
    const scale = scaleOf(SIZE, EXTENT);
    const [x, y] = [scale.x(within(this.marked[0])), scale.y(within(this.marked[1]))];
    const follow = (event: PointerEvent) => {
      if (!this.fixed) drag(event, (move) => this.pick(move));
    };
    return svg`<path class="cross" d="M${x} 0V${SIZE}M0 ${y}H${SIZE}"></path>
      <g class="handle" @pointerdown=${follow}>
        <circle class="reach" cx=${x} cy=${y} r="16"></circle>
        <circle class="knob" cx=${x} cy=${y} r="5"></circle>
      </g>`;
  }

  private slider(axis: 0 | 1, label: string) {
    const [x1, x2] = this.point;
    return html`<setting-slider
      .label=${label}
      .stops=${COORDINATES}
      .value=${this.point[axis]}
      .write=${(value: number) => decimal(value, 2).replace("−", "-")}
      @set=${({ detail }: CustomEvent<number>) =>
        this.tell(axis === 0 ? [detail, x2] : [x1, detail])}
    ></setting-slider>`;
  }
}

function within(x: number): number {
  return Math.min(Math.max(x, -EXTENT), EXTENT);
}

declare global {
  interface HTMLElementTagNameMap {
    "point-plane": PointPlane;
  }
}
