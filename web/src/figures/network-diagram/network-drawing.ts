import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import {
  connections,
  END_RADIUS,
  type NetworkLayout,
  networkLayout,
  type Place,
} from "../../drawing/layers";
import { svgMarker } from "../../drawing/markers";
import { whole } from "../../format";
import type { NumericArray, TwoLayerParams } from "../../lab/messages";
import { sharedStyles } from "../../parts/shared-styles";

const HEIGHT = 380;
/** Smallest radius of a unit that has room for the picture of its function. */
const ROOMY = 7;

/**
 * The two-layer network as nodes and connections, one unit of it picked out.
 *
 * @fires {CustomEvent<number>} unit - the reader points at this hidden unit
 */
@customElement("network-drawing")
export class NetworkDrawing extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      svg {
        display: block;
        width: 100%;
        height: ${HEIGHT}px;
        overflow: visible;
      }

      .first {
        stroke: var(--ink);
      }

      .end {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.25;
      }

      .unit {
        fill: var(--paper);
        stroke: var(--ink);
        stroke-width: 1.25;
      }

      .small .unit {
        stroke-width: 1;
      }

      .small.relu .unit {
        fill: var(--ink);
      }

      .gate {
        fill: none;
        stroke: var(--ink);
        stroke-width: 1.75;
        stroke-linejoin: round;
        stroke-linecap: round;
      }

      .relu .picked .unit,
      .picked .unit {
        fill: var(--paper);
        stroke: var(--accent);
        stroke-width: 2.5;
      }

      .picked .gate {
        stroke: var(--accent);
      }

      .picked .first {
        stroke: var(--accent);
      }

      .negative {
        stroke-dasharray: 5 4;
      }

      text {
        font: 0.8125rem var(--sans);
        fill: var(--ink);
        text-anchor: middle;
      }

      .start {
        text-anchor: start;
      }

      .finish {
        text-anchor: end;
      }

      .array {
        font: 0.75rem var(--mono);
        fill: var(--faint);
      }

      .input {
        font: italic 1rem var(--serif);
        dominant-baseline: central;
      }

      .index {
        font-size: 0.65rem;
      }
    `,
  ];

  @property({ type: Number }) units = 8;
  @property({ type: Number }) classes = 3;
  @property({ type: Boolean }) relu = true;
  /** The unit picked out. */
  @property({ type: Number }) chosen = 0;
  /** Its weights say how thick its connections are. */
  @property({ attribute: false }) params: TwoLayerParams | undefined;

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

  private pointedAt(event: PointerEvent, { hidden }: NetworkLayout): void {
    const { left, top } = this.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    if (Math.abs(x - this.width / 2) > this.width / 5) return;
    const away = (place: Place) => Math.abs(place.y - y);
    let nearest = 0;
    hidden.forEach((place, i) => {
      if (away(place) < away(hidden[nearest] as Place)) nearest = i;
    });
    if (nearest !== this.chosen) {
      this.dispatchEvent(new CustomEvent("unit", { detail: nearest }));
    }
  }

  override render() {
    const { width, units: h, classes, relu } = this;
    const what =
      `A network of 2 coordinates, ${h} hidden units ${relu ? "with" : "without"} ` +
      `ReLU and ${classes} scores. Each unit is connected to every coordinate and every score.`;
    if (width === 0) return html`<svg role="img" aria-label=${what}></svg>`;
    const layout = networkLayout(h, classes, width, HEIGHT);
    const kind = [layout.radius < ROOMY ? "small" : "", relu ? "relu" : ""].join(" ");
    const pointed = (event: PointerEvent) => this.pointedAt(event, layout);
    return html`<svg
      class=${kind}
      role="img"
      aria-label=${what}
      @pointermove=${pointed}
      @pointerdown=${pointed}
    >
      ${this.edges(layout)} ${this.names()}
      ${layout.hidden.map((place) => this.node(place, layout.radius))}
      ${this.picked(layout)} ${this.ends(layout)}
    </svg>`;
  }

  /** All connections: thinner and paler the more there are. */
  private edges({ inputs, hidden, scores }: NetworkLayout) {
    const many = Math.sqrt(hidden.length);
    const thickness = Math.max(0.35, 2.6 / many);
    const strength = Math.min(0.5, 0.12 + 1 / many);
    return svg`<g stroke-width=${thickness} opacity=${strength}>
      <path class="first" d=${connections(inputs, hidden)}></path>
      ${scores.map(
        (place, k) =>
          svg`<path d=${connections(hidden, [place])} stroke="var(--class-${k})"></path>`,
      )}
    </g>`;
  }

  private node({ x, y }: Place, radius: number) {
    const gate = this.relu ? "M-0.6 0.3H0L0.5 -0.45" : "M-0.5 0.45L0.5 -0.45";
    return svg`<g transform="translate(${x} ${y})">
      <circle class="unit" r=${radius}></circle>
      ${
        radius < ROOMY
          ? nothing
          : svg`<path class="gate" d=${gate} transform="scale(${radius})" vector-effect="non-scaling-stroke"></path>`
      }
    </g>`;
  }

  /** The unit picked out, with its own weights. */
  private picked({ inputs, hidden, scores, radius }: NetworkLayout) {
    const place = hidden[this.chosen];
    if (!place) return nothing;
    const { W1, W2 } = this.params ?? {};
    const own = this.params?.b1.data.length === hidden.length;
    const edge = (a: Place, b: Place, W: NumericArray | undefined, at: number) => {
      const weight = own && W ? (W.data[at] as number) : 0;
      const largest = own && W ? Math.max(...W.data.map(Math.abs)) : 1;
      const thickness = 1.5 + (4 * Math.abs(weight)) / (largest || 1);
      return { d: connections([a], [b]), thickness, negative: weight < 0 };
    };
    const drawn = (
      { d, thickness, negative }: ReturnType<typeof edge>,
      colour: string,
    ) =>
      svg`<path
        class=${negative ? "negative" : ""}
        d=${d}
        stroke=${colour}
        stroke-width=${thickness}
      ></path>`;
    return svg`<g class="picked">
      ${inputs.map((input, i) =>
        drawn(edge(input, place, W1, i * hidden.length + this.chosen), "var(--accent)"),
      )}
      ${scores.map((score, k) =>
        drawn(
          edge(place, score, W2, this.chosen * scores.length + k),
          `var(--class-${k})`,
        ),
      )}
      ${this.node(place, Math.max(radius, 9))}
    </g>`;
  }

  private ends({ inputs, scores }: NetworkLayout) {
    const circle = ({ x, y }: Place) =>
      svg`<circle class="end" cx=${x} cy=${y} r=${END_RADIUS}></circle>`;
    return [
      ...inputs.map(
        (place, i) => svg`${circle(place)}
          <text class="input" x=${place.x - 1} y=${place.y}>x<tspan class="index" dy="4">${i + 1}</tspan></text>`,
      ),
      ...scores.map(
        (place, k) => svg`${circle(place)}
          <path
            d=${svgMarker(k, 6)}
            fill="var(--class-${k})"
            transform="translate(${place.x} ${place.y})"
          ></path>`,
      ),
    ];
  }

  private names() {
    const { width, units: h, classes } = this;
    const units = h === 1 ? "1 hidden unit" : `${whole(h)} hidden units`;
    return svg`
      <text class="start" y="13">2 coordinates</text>
      <text x=${width / 2} y="13">${units}</text>
      <text class="finish" x=${width} y="13">${classes} scores</text>
      <text class="array" x=${0.25 * width} y=${HEIGHT - 6}>W1 (2, ${h})</text>
      <text class="array" x=${0.75 * width} y=${HEIGHT - 6}>W2 (${h}, ${classes})</text>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "network-drawing": NetworkDrawing;
  }
}
