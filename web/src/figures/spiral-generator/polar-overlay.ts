import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { arcEnd, besideArc, windingArc } from "../../drawing/polar";
import { sharedStyles } from "../../parts/shared-styles";

/** Radius of the ring around the point. */
const RING = 0.045;

/** What the radius r and the angle t of a point are: drawn over the plane. */
@customElement("polar-overlay")
export class PolarOverlay extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        pointer-events: none;
      }

      svg {
        display: block;
        width: 100%;
        height: 100%;
      }

      * {
        fill: none;
        stroke-linecap: round;
      }

      .halo {
        stroke: var(--paper);
        stroke-width: 0.03;
      }

      .up {
        stroke: var(--faint);
        stroke-width: 0.007;
        stroke-dasharray: 0.02 0.025;
      }

      .r,
      .t {
        stroke: var(--ink);
        stroke-width: 0.013;
      }

      .t {
        stroke: var(--accent);
      }

      .head {
        fill: var(--accent);
      }

      .point {
        stroke: var(--ink);
        stroke-width: 0.013;
      }

      text {
        font: italic 600 0.1px var(--serif);
        text-anchor: middle;
        dominant-baseline: central;
        stroke: var(--paper);
        stroke-width: 0.03;
        paint-order: stroke;
        fill: var(--ink);
      }

      .name-t {
        fill: var(--accent);
      }
    `,
  ];

  @property({ type: Number }) x1 = 0;
  @property({ type: Number }) x2 = 0;
  /** The angle, in radians, clockwise from straight up. */
  @property({ type: Number }) t = 0;
  @property({ type: Number }) extent = 1;

  override render() {
    const { x1, x2, t, extent } = this;
    const end = arcEnd(t);
    const arc = windingArc(t);
    const name = besideArc(t);
    const [x, y] = [x1, -x2];
    const [middleX, middleY] = [0.62 * x, 0.62 * y];
    const length = Math.hypot(x, y) || 1;
    const reach = Math.max(0, 1 - RING / length); // the line ends at the ring
    const aside = 0.07 / length; // its name stands beside it, at a right angle
    return html`<svg
      viewBox="${-extent} ${-extent} ${2 * extent} ${2 * extent}"
      aria-hidden="true"
    >
      <line class="up" y2="-1.05"></line>
      <line class="halo" x2=${reach * x} y2=${reach * y}></line>
      <path class="halo" d=${arc}></path>
      <line class="r" x2=${reach * x} y2=${reach * y}></line>
      <path class="t" d=${arc}></path>
      ${svg`<path
        class="head"
        d="M0.035 0L-0.035 0.034L-0.035 -0.034Z"
        transform="translate(${end.x} ${end.y}) rotate(${end.heading})"
      ></path>`}
      <circle class="halo" cx=${x} cy=${y} r=${RING}></circle>
      <circle class="point" cx=${x} cy=${y} r=${RING}></circle>
      ${length > 0.2 ? svg`<text x=${middleX - aside * y} y=${middleY + aside * x}>r</text>` : nothing}
      <text class="name-t" x=${name.x} y=${name.y}>t</text>
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "polar-overlay": PolarOverlay;
  }
}
