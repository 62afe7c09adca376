import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { svgMarker } from "../../drawing/markers";
import type { NumericArray, RaysReply } from "../../lab/messages";
import { sharedStyles } from "../../parts/shared-styles";

/** An arrow is drawn at this part of its weight vector's length. */
const SCALE = 0.25;
/** Length of an arrow's head. */
const HEAD = 0.07;

/** Over a linear classifier's map: its weight vectors, and where its boundaries meet. */
@customElement("ray-overlay")
export class RayOverlay extends LitElement {
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

      .prolonged {
        stroke: var(--ink);
        stroke-width: 0.006;
        stroke-dasharray: 0.025 0.025;
      }

      .halo {
        fill: none;
        stroke: var(--paper);
        stroke-width: 0.04;
        stroke-linejoin: round;
      }

      .shaft {
        stroke-width: 0.02;
      }

      .marker {
        stroke: var(--paper);
        stroke-width: 0.018;
        paint-order: stroke;
      }

      .apex {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 0.012;
      }
    `,
  ];

  @property({ attribute: false }) rays: RaysReply | undefined;
  /** (2, K): each column is the weight vector of a class. */
  @property({ attribute: false }) W: NumericArray | undefined;
  @property({ type: Number }) extent = 1.1;
  /** Whether the boundaries go on as thin lines beyond where they meet. */
  @property({ type: Boolean }) prolonged = false;

  override render() {
    const { extent, W } = this;
    const labels = Array.from({ length: W?.shape[1] ?? 0 }, (_, k) => k);
    return html`<svg
      viewBox="${-extent} ${-extent} ${2 * extent} ${2 * extent}"
      aria-hidden="true"
    >
      ${this.prolonged ? this.lines() : nothing}
      ${labels.map((k) => this.arrow(k))} ${this.apex()}
    </svg>`;
  }

  /** The other half of each line: where the scores of two classes are equal, but smaller. */
  private lines() {
    const { rays } = this;
    if (rays?.kind !== "apex") return nothing;
    return [0, 1, 2].map((k) => {
      if (rays.visible.data[k] !== 1) return nothing;
      const [x1, x2, end1, end2] = rays.segments.data.subarray(4 * k, 4 * k + 4);
      const [start, end] = [place(x1, x2), place(end1, end2)];
      const [away, down] = [start.x - end.x, start.y - end.y];
      const far = (4 * this.extent) / Math.hypot(away, down);
      return svg`<line
        class="prolonged"
        x1=${start.x}
        y1=${start.y}
        x2=${start.x + far * away}
        y2=${start.y + far * down}
      ></line>`;
    });
  }

  private arrow(label: number) {
    const W = this.W as NumericArray;
    const classes = W.shape[1] as number;
    const tip = place(W.data[label], W.data[classes + label], SCALE);
    const length = Math.hypot(tip.x, tip.y);
    if (length < HEAD / 2) return nothing; // shorter than its head can be
    const head = Math.min(HEAD, length);
    const angle = (Math.atan2(tip.y, tip.x) * 180) / Math.PI;
    const colour = `var(--class-${label})`;
    const shaft = length - head / 2;
    const outline = `M${length} 0L${length - head} ${0.45 * head}L${length - head} ${-0.45 * head}Z`;
    return svg`<g transform="rotate(${angle})">
      <path class="halo" d="M0 0H${shaft}${outline}"></path>
      <line class="shaft" x2=${shaft} stroke=${colour}></line>
      <path d=${outline} fill=${colour}></path>
      <g transform="translate(${length + 0.06} 0) rotate(${-angle})">
        <path class="marker" d=${svgMarker(label, 0.04)} fill=${colour}></path>
      </g>
    </g>`;
  }

  private apex() {
    const [x1, x2] = this.rays?.apex?.data ?? [];
    if (x1 === undefined || x2 === undefined) return nothing;
    const { x, y } = place(x1, x2);
    return svg`<circle class="apex" cx=${x} cy=${y} r="0.028"></circle>`;
  }
}

/** A place of the plane on a canvas whose y goes down. */
function place(x1: number | undefined, x2: number | undefined, scale = 1) {
  return { x: scale * (x1 ?? 0), y: -scale * (x2 ?? 0) };
}

declare global {
  interface HTMLElementTagNameMap {
    "ray-overlay": RayOverlay;
  }
}
