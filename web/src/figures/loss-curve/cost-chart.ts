import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { type Axes, axesOf, curveOf, nearestOn } from "../../drawing/axes";
import { decimal } from "../../format";
import type { CrossEntropyCurveReply } from "../../lab/messages";
import { drag, holdPage } from "../../parts/dragging";
import { sharedStyles } from "../../parts/shared-styles";

const HEIGHT = 400;
/** As far up as the chart goes; the cost of p = 0.001 is 6.9. */
const MOST = 7;

/**
 * The curve -log p, with a handle on it.
 *
 * @fires {CustomEvent<number>} pick - the reader dragged the handle to this p
 */
@customElement("cost-chart")
export class CostChart extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      svg {
        display: block;
        width: 100%;
        height: ${HEIGHT}px;
        overflow: visible;
        touch-action: pan-y;
        cursor: crosshair;
      }

      .grid {
        stroke: var(--line);
      }

      .curve {
        fill: none;
        stroke: var(--ink);
        stroke-width: 2;
      }

      .lead {
        stroke: var(--accent);
        stroke-dasharray: 4 4;
      }

      .mark {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.5;
      }

      .handle {
        cursor: grab;
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
        stroke-width: 2.5;
      }

      text {
        font: 0.75rem var(--sans);
        font-variant-numeric: tabular-nums;
        fill: var(--faint);
      }

      .x {
        text-anchor: middle;
      }

      .y {
        text-anchor: end;
        dominant-baseline: central;
      }

      .title {
        font-size: 0.8125rem;
        fill: var(--ink);
      }

      .read {
        font-weight: 600;
        fill: var(--accent);
        stroke: var(--paper);
        stroke-width: 5;
        paint-order: stroke;
      }

      tspan.math {
        font-family: var(--serif);
        font-style: italic;
      }
    `,
  ];

  /** The curve, by some of its points. */
  @property({ attribute: false }) curve: CrossEntropyCurveReply | undefined;
  /** Points of the curve that are marked. */
  @property({ attribute: false }) marks: CrossEntropyCurveReply | undefined;
  /** Where the handle is, and what that costs. */
  @property({ type: Number }) p = 0;
  @property({ type: Number }) cost = 0;

  @state() private width = 0;

  private readonly resizes = new ResizeObserver(([entry]) => {
    this.width = entry?.contentRect.width ?? 0;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  private dragged(axes: Axes, event: PointerEvent): void {
    if (!this.curve) return;
    const { left, top } = this.getBoundingClientRect();
    const { p, costs } = this.curve;
    const [x, y] = [event.clientX - left, event.clientY - top];
    const nearest = p.data[nearestOn(axes, p.data, costs.data, x, y)] as number;
    this.dispatchEvent(new CustomEvent("pick", { detail: nearest }));
  }

  override render() {
    const { width, curve, marks } = this;
    if (width === 0) return html`<svg aria-hidden="true"></svg>`;
    const axes = axesOf(width, HEIGHT, [0, 1], [0, MOST]);
    const pressed = (down: PointerEvent) => {
      this.dragged(axes, down);
      drag(down, (event) => this.dragged(axes, event));
    };
    return html`<svg aria-hidden="true" @pointerdown=${pressed}>
      ${scales(axes)}
      ${curve ? svg`<path class="curve" d=${curveOf(axes, curve.p.data, curve.costs.data)}></path>` : nothing}
      ${
        marks
          ? Array.from(
              marks.p.data,
              (p, i) =>
                svg`<circle class="mark" cx=${axes.x(p)} cy=${axes.y(marks.costs.data[i] as number)} r="3.5"></circle>`,
            )
          : nothing
      }
      ${curve ? this.handle(axes) : nothing}
    </svg>`;
  }

  private handle(axes: Axes) {
    const [x, y] = [axes.x(this.p), axes.y(this.cost)];
    const beside = x < (axes.left + axes.right) / 2;
    return svg`
      <line class="lead" x1=${x} x2=${x} y1=${y} y2=${axes.bottom}></line>
      <line class="lead" x1=${axes.left} x2=${x} y1=${y} y2=${y}></line>
      <text class="read" x=${x + (beside ? 14 : -14)} y=${y - 12} text-anchor=${beside ? "start" : "end"}>
        p = ${decimal(this.p, 3)}, cost ${decimal(this.cost, 3)}
      </text>
      <g class="handle" @touchstart=${holdPage}>
        <circle class="reach" cx=${x} cy=${y} r="24"></circle>
        <circle class="knob" cx=${x} cy=${y} r="9"></circle>
      </g>
    `;
  }
}

/** Grid lines, and the numbers at them. */
function scales(axes: Axes) {
  const costs = Array.from({ length: MOST + 1 }, (_, i) => i);
  const tenths = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return svg`
    ${costs.map(
      (cost) => svg`
        <line class="grid" x1=${axes.left} x2=${axes.right} y1=${axes.y(cost)} y2=${axes.y(cost)}></line>
        <text class="y" x=${axes.left - 8} y=${axes.y(cost)}>${cost}</text>`,
    )}
    ${tenths.map((p) => svg`<text class="x" x=${axes.x(p)} y=${axes.bottom + 17}>${p}</text>`)}
    <text class="x title" x=${(axes.left + axes.right) / 2} y=${axes.bottom + 36}>
      <tspan class="math">p</tspan>, the probability of the point’s own class
    </text>
    <text class="title" x=${axes.right} y=${axes.top + 16} text-anchor="end">
      the cost, −ln <tspan class="math">p</tspan>
    </text>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    "cost-chart": CostChart;
  }
}
