import { html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { svgMarker } from "../../drawing/markers";
import { largestOf, strength } from "../../drawing/matrix";
import {
  type Edge,
  edgePath,
  type Layout,
  type Node,
  unitLayout,
} from "../../drawing/units";
import { decimal } from "../../format";
import type { NumericArray } from "../../lab/messages";
import {
  type Arrays,
  covers,
  entryOf,
  madeFrom,
  type Slice,
} from "../../parts/arithmetic";
import { nameUnder } from "../../parts/matrix-part";
import {
  arrayOf,
  hold,
  nameOf,
  onPointing,
  placeOf,
  pointAt,
  pointed,
} from "../../parts/pointing";
import { sharedStyles } from "../../parts/shared-styles";
import { diagramStyles } from "./unit-diagram-styles";

/** The network with one point in it: which units are on, and what comes out. */
@customElement("unit-diagram")
export class UnitDiagram extends LitElement {
  static override styles = [sharedStyles, diagramStyles];

  /** The arrays of a forward pass of one point, those computed so far. */
  @property({ attribute: false }) arrays: Arrays = new Map();
  /** The array the current stage makes. */
  @property() now = "";
  /** The class chosen, once it is. */
  @property({ attribute: false }) prediction: number | undefined;
  /** What is explained now, when nothing is pointed at. */
  @property() subject = "";

  @state() private width = 0;
  @state() private pointedName: string | undefined;

  private stop = () => {};
  private readonly resizes = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry?.contentRect.width ?? 0);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizes.observe(this);
    this.pointedName = pointed();
    this.stop = onPointing((name) => {
      this.pointedName = name;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
    this.stop();
  }

  private over(event: Event): void {
    pointAt(nameUnder(event));
  }

  private chosen(event: Event): void {
    const name = nameUnder(event);
    if (name) hold(name);
  }

  override render() {
    const { arrays, width } = this;
    const W1 = arrays.get("W1");
    const W2 = arrays.get("W2");
    if (!W1 || !W2 || width === 0) return nothing;
    const [features, units] = W1.shape as [number, number];
    const classes = W2.shape[1] as number;
    const layout = unitLayout(width, 280, features, units, classes);
    const made = madeFrom(this.pointedName ?? this.subject);
    const values = arrays.has("hidden") ? "hidden" : "out";
    return html`<svg
      width=${width}
      height=${layout.height}
      role="img"
      aria-label=${this.described(units)}
      @pointerover=${this.over}
      @pointerleave=${() => pointAt(undefined)}
      @click=${this.chosen}
    >
      ${svg`<defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" stroke="var(--line)" stroke-width="2"></line>
        </pattern>
      </defs>`}
      ${this.edges("W1", W1, layout.first, made, () => false)}
      ${this.edges("W2", W2, layout.second, made, (unit) => this.isOff(unit))}
      ${layout.inputs.map((node, i) => this.unit("X", i, node, layout, made, layout.narrow ? "" : `x${i + 1}`))}
      ${layout.hidden.map((node, i) => this.unit(values, i, node, layout, made, layout.narrow ? "" : String(i)))}
      ${layout.scores.map((node, i) => this.unit("scores", i, node, layout, made, ""))}
      ${layout.scores.map((node, i) => this.probability(i, node, layout))}
      ${this.heading("X", layout.inputs[0] as Node)}
      ${this.heading(values, layout.hidden[0] as Node)}
      ${this.heading("scores", layout.scores[0] as Node)}
      ${this.heading("probs", { x: layout.bars.x + layout.bars.length / 2, y: 0 })}
    </svg>`;
  }

  private value(array: string, i: number): number | undefined {
    return entryOf(nameOf(array, 0, i), this.arrays);
  }

  private isOff(unit: number): boolean {
    return this.value("hidden", unit) === 0;
  }

  private described(units: number): string {
    if (!this.arrays.has("hidden")) return `The network, with ${units} hidden units.`;
    const on = Array.from({ length: units }, (_, j) => j).filter((j) => !this.isOff(j));
    return `The network. Of ${units} hidden units ${on.length} are on: ${on.join(", ") || "none"}.`;
  }

  /** Whether pointing marks a node: its own value, its bias, or its whole array. */
  private isPointed(array: string, i: number): boolean {
    const place = placeOf(this.pointedName);
    if (!place?.index || place.index.at(-1) !== i) return false;
    const same: Record<string, readonly string[]> = {
      X: ["X"],
      out: ["out", "b1"],
      hidden: ["hidden", "out", "b1"],
      scores: ["scores", "b2"],
    };
    return same[array]?.includes(place.array) ?? false;
  }

  private heading(array: string, node: Node) {
    const named = arrayOf(this.pointedName) === array;
    return svg`<text class=${classMap({ heading: true, pointed: named, now: this.now === array })}
      x=${node.x} y="14" data-name=${array}>${array}</text>`;
  }

  private unit(
    array: string,
    i: number,
    node: Node,
    { box }: Layout,
    made: readonly Slice[],
    label: string,
  ) {
    const value = this.value(array, i);
    const off = array === "hidden" && value === 0;
    const all = this.arrays.get(array);
    const classes = {
      unit: true,
      off,
      negative: (value ?? 0) < 0,
      ahead: value === undefined,
      now: this.now === array,
      pointed: this.isPointed(array, i),
      made: covers(made, array, 0, i) || this.subject === nameOf(array, 0, i),
    };
    const opacity = all && value !== undefined ? strength(value, largestOf(all)) : 0;
    const written = value === undefined ? "" : value === 0 ? "0" : decimal(value, 2);
    return svg`<g class=${classMap(classes)} data-name=${nameOf(array, 0, i)}
      transform="translate(${node.x} ${node.y})">
      <rect class="paper" x=${-box.x} y=${-box.y} width=${2 * box.x} height=${2 * box.y} rx=${box.y}></rect>
      <rect class="fill" x=${-box.x} y=${-box.y} width=${2 * box.x} height=${2 * box.y} rx=${box.y}
        fill-opacity=${off ? 1 : 0.3 * opacity}></rect>
      <text class="index" x=${-box.x + 7} y="3.5">${label}</text>
      <text class="value" x=${box.x - 8} y="4">${written}</text>
    </g>`;
  }

  private probability(k: number, node: Node, { bars }: Layout) {
    const p = this.value("probs", k);
    const name = nameOf("probs", 0, k);
    const classes = {
      prob: true,
      pointed: this.pointedName === name,
      predicted: this.prediction === k,
    };
    return svg`<g class=${classMap(classes)} data-name=${name}
      transform="translate(${bars.x} ${node.y})">
      <rect class="target" x="-4" y="-14" width=${bars.length + 4} height="38"></rect>
      <rect class="track" y="-5" width=${bars.length} height="10" rx="2"></rect>
      <rect class="bar" y="-5" width=${bars.length * (p ?? 0)} height="10" rx="2" fill="var(--class-${k})"></rect>
      <path d=${svgMarker(k, 5)} transform="translate(5 16)" fill="var(--class-${k})"></path>
      <text class="p" x="14" y="20">${p === undefined ? "" : decimal(p, 2)}</text>
    </g>`;
  }

  private edges(
    weights: "W1" | "W2",
    array: NumericArray,
    edges: readonly Edge[],
    made: readonly Slice[],
    silent: (unit: number) => boolean,
  ) {
    const largest = largestOf(array);
    const columns = array.shape[1] as number;
    return edges.map((edge) => {
      const { row, column } = edge;
      const value = array.data[row * columns + column] as number;
      const name = nameOf(weights, row, column);
      const classes = {
        edge: true,
        negative: value < 0,
        silent: weights === "W2" && silent(row),
        made: covers(made, weights, row, column),
        pointed: this.pointedName === name,
      };
      return svg`<g class=${classMap(classes)} data-name=${name}>
        <path class="line" d=${edgePath(edge)}
          stroke-width=${0.4 + 2.6 * strength(value, largest)}></path>
        <path class="target" d=${edgePath(edge)}></path>
      </g>`;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "unit-diagram": UnitDiagram;
  }
}
