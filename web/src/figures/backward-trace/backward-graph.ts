import { html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { decimal } from "../../format";
import type { TraceLoss } from "../../lab/messages";
import { type Arrays, entryOf, type Slice, shapeOf } from "../../parts/arithmetic";
import { classMarker } from "../../parts/class-legend";
import type { Note } from "../../parts/matrix-part";
import { nameOf, onPointing, placeOf, pointAt, pointed } from "../../parts/pointing";
import { graphStyles } from "./backward-graph-styles";
import "../../parts/matrix-view";
import { sharedStyles } from "../../parts/shared-styles";

/** Later than every stage: nothing goes back to the data. */
const AFTER_ALL = 6;

/**
 * The graph of the network: the loss at the top, values on their way up to it, and
 * gradients on their way down.
 */
@customElement("backward-graph")
export class BackwardGraph extends LitElement {
  static override styles = [sharedStyles, graphStyles];

  /** The arrays computed so far, by name. */
  @property({ attribute: false }) arrays: Arrays = new Map();
  @property({ attribute: false }) loss: TraceLoss | null = null;
  /** Points, hidden units and classes. */
  @property({ attribute: false }) size: readonly [number, number, number] = [1, 1, 1];
  /** The stage of the way back, counted from 1, and the arrays that it makes. */
  @property({ type: Number }) stage = 1;
  @property({ attribute: false }) makes: readonly string[] = [];
  /** The value that is explained now, and what made the one that is pointed at. */
  @property() subject = "";
  @property({ attribute: false }) made: readonly Slice[] = [];

  @state() private pointedName: string | undefined;

  private stopPointing = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.pointedName = pointed();
    this.stopPointing = onPointing((name) => {
      this.pointedName = name;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPointing();
  }

  private isOff(row: number, unit: number): boolean {
    return (entryOf(nameOf("hidden", row, unit), this.arrays) ?? 0) <= 0;
  }

  override render() {
    const matrix = (name: string, remark?: string) => this.matrix(name, remark);
    const noSlopes = html`<p class="quiet">
      No slopes on X: nobody changes the data.
    </p>`;
    return html`
      <div class="row headings">
        <p class="direction forward">values, going up</p>
        <p class="direction backward">slopes of the loss, going down</p>
      </div>
      ${this.operation(1, html`loss`, this.cost(), nothing, "top-end")}
      ${this.edge(1, [matrix("scores"), matrix("probs")], matrix("dscores"))}
      ${this.operation(
        2,
        html`hidden · W2 <br />+ b2`,
        [matrix("b2"), matrix("W2")],
        [matrix("dW2"), matrix("db2")],
      )}
      ${this.edge(3, matrix("hidden"), matrix("dhidden"))}
      ${this.operation(4, html`ReLU, <br />the gate`, nothing, this.gates())}
      ${this.edge(4, matrix("out"), matrix("dout", "after the gate"))}
      ${this.operation(
        5,
        html`X · W1 <br />+ b1`,
        [matrix("W1"), matrix("b1")],
        [matrix("dW1"), matrix("db1")],
      )}
      ${this.edge(AFTER_ALL, matrix("X"), noSlopes, "bottom-end")}
    `;
  }

  private operation(
    stage: number,
    label: unknown,
    forward: unknown,
    backward: unknown,
    end = "inner",
  ) {
    const spine = html`<div class=${this.spine(stage, end)}>
      <span class="node">${label}</span>
    </div>`;
    return html`<div class="row operation">
      <div class="forward">${forward}</div>
      ${spine}
      <div class="backward">${backward}</div>
    </div>`;
  }

  private edge(stage: number, forward: unknown, backward: unknown, end = "inner") {
    return html`<div class="row edge">
      <div class="forward">${forward}</div>
      <div class=${this.spine(stage, end)}>
        ${arrow("up")} ${stage === AFTER_ALL ? nothing : arrow("down")}
      </div>
      <div class="backward">${backward}</div>
    </div>`;
  }

  private spine(stage: number, end: string) {
    const [done, now] = [this.stage >= stage, this.stage === stage];
    return classMap({ spine: true, done, now, [end]: true });
  }

  private cost() {
    const { loss, arrays } = this;
    const [n] = this.size;
    const label = arrays.get("y")?.data[0] ?? 0;
    const p = entryOf(nameOf("probs", 0, label), arrays) ?? 0;
    const own =
      n === 1
        ? html`−ln ${decimal(p, 3)} of ${classMarker(label)} class ${label}`
        : html`mean of −ln p over ${n} points`;
    const written = (value: number | undefined) =>
      value === undefined ? "…" : decimal(value, 3);
    return html`<p class="cost">
      <span class="name">loss</span> = ${written(loss?.data_loss)} +
      ${written(loss?.reg_loss)} = <strong>${written(loss?.loss)}</strong><br />
      <span class="quiet">${own}, and regularisation</span>
    </p>`;
  }

  /** A gate for each unit: open where it was on. Of many points it is only said. */
  private gates() {
    const [n, h] = this.size;
    if (n > 1) {
      return html`<p class="quiet">
        one gate for each point and unit; hatched where it is shut
      </p>`;
    }
    const { index, array = "" } = placeOf(this.pointedName) ?? {};
    const column = /^(d?hidden|d?out)$/.test(array) ? index?.[1] : undefined;
    const units = Array.from({ length: h }, (_, j) => j);
    const shut = units.filter((j) => this.isOff(0, j));
    return html`<div
      class=${classMap({ gates: true, ahead: this.stage < 4 })}
      role="img"
      aria-label="Gates shut for units ${shut.join(", ") || "none"}"
      @pointerleave=${() => pointAt(undefined)}
    >
      ${units.map(
        (j) => html`<span
          class=${classMap({ shut: shut.includes(j), pointed: column === j })}
          @pointerenter=${() => pointAt(nameOf("hidden", 0, j))}
        ></span>`,
      )}
    </div>`;
  }

  private matrix(name: string, remark = "") {
    const words = name === "dout" ? "stopped" : "off";
    const note = (i: number, j: number): Note | undefined =>
      (name === "hidden" || name === "dout") && this.isOff(i, j)
        ? { kind: "off", words }
        : undefined;
    return html`<matrix-view
      name=${name}
      .array=${this.arrays.get(name)}
      .expected=${shapeOf(name, ...this.size)}
      ?now=${this.makes.includes(name)}
      .note=${note}
      .subject=${this.subject}
      .made=${this.made}
    >${remark}</matrix-view>`;
  }
}

function arrow(direction: "up" | "down") {
  const d = direction === "up" ? "M0 9L5.5 0L11 9z" : "M0 0L5.5 9L11 0z";
  return html`<svg class="arrow ${direction}" viewBox="0 0 11 9" aria-hidden="true">
    ${svg`<path d=${d}></path>`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "backward-graph": BackwardGraph;
  }
}
