import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { decimal, list } from "../../format";
import type { NumericArray } from "../../lab/messages";
import { entryOf, madeFrom } from "../../parts/arithmetic";
import { nameOf, placeOf } from "../../parts/pointing";
import "./backward-graph";
import { classMarker } from "../../parts/class-legend";
import type { Point } from "../../parts/point-plane";
import { sharedStyles } from "../../parts/shared-styles";
import { SmallNetworkFigure, type Subject } from "../small-network-figure";
import { TraceFigure } from "../trace-figure";
import { traceStyles } from "../trace-styles";
import { backwardStyles } from "./backward-styles";
import "../../parts/value-arithmetic";

/** The arrays that each stage makes. */
const STAGES = [["dscores"], ["dW2", "db2"], ["dhidden"], ["dout"], ["dW1", "db1"]];

/** The backward pass, from the loss down to the first layer, with every number. */
@customElement("backward-trace")
export class BackwardTrace extends TraceFigure {
  static override styles = [
    sharedStyles,
    SmallNetworkFigure.settingStyles,
    traceStyles,
    backwardStyles,
  ];

  /** Whether all points of the data set are traced, and not one. */
  @state() private all = false;
  /** The class that the one point is taken to belong to. */
  @state() private label = this.labelAsWritten;

  protected override readonly stages = STAGES;

  private get labelAsWritten(): number {
    return Number(this.getAttribute("label") ?? 0);
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    this.all = fields.get("all") === "1";
    this.label = Number(fields.get("label") ?? this.labelAsWritten);
    super.open(fields);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map(super.link());
    if (this.all) fields.set("all", "1");
    if (this.label !== this.labelAsWritten) fields.set("label", String(this.label));
    return fields;
  }

  protected override reset(): void {
    this.all = false;
    this.label = this.labelAsWritten;
    super.reset();
  }

  protected override batch({ data }: Subject) {
    if (this.all) return { X: data.X, y: data.y };
    const X: NumericArray = { shape: [1, 2], data: Float64Array.from(this.point) };
    return { X, y: { shape: [1], data: Int32Array.of(this.label) } };
  }

  private trace(all: boolean): void {
    this.all = all;
    this.forget();
    void this.refresh();
  }

  private take(label: number): void {
    this.label = label;
    void this.refresh();
  }

  /** Of all points, the one that the reader points at. */
  protected override get marked(): Point | undefined {
    if (!this.all) return this.point;
    const { array = "", index } = placeOf(this.pointedName) ?? {};
    const [i] = index ?? [];
    const rowwise = /^(X|out|hidden|scores|probs|dscores|dhidden|dout)$/.test(array);
    if (!rowwise || i === undefined || i >= this.n) return undefined;
    return [this.entry("X", i, 0), this.entry("X", i, 1)];
  }

  private get n(): number {
    return this.arrays.get("X")?.shape[0] ?? 1;
  }

  /** How many points there are once the lab has answered. */
  private get expectedPoints(): number {
    return this.all ? this.settings.points * this.settings.classes : 1;
  }

  private get units(): number[] {
    return Array.from({ length: this.settings.hidden }, (_, j) => j);
  }

  private entry(array: string, row: number, column: number): number {
    return entryOf(nameOf(array, row, column), this.arrays) ?? 0;
  }

  private isOff(row: number, unit: number): boolean {
    return this.entry("hidden", row, unit) <= 0;
  }

  /** Units that are off for the one point. */
  private get off(): number[] {
    return this.units.filter((j) => this.isOff(0, j));
  }

  protected override get standard(): string {
    const off = this.off[0] ?? 0;
    const on = this.units.find((j) => !this.isOff(0, j)) ?? 0;
    const own = this.arrays.get("y")?.data[0] ?? 0;
    const names: readonly string[] = [
      nameOf("dscores", 0, own),
      nameOf("dW2", on, own),
      nameOf("dhidden", 0, on),
      nameOf("dout", 0, off),
      nameOf("dW1", 0, on),
    ];
    return names[this.stage - 1] as string;
  }

  protected override get outcome(): string {
    const { n, off, units, settings } = this;
    const { loss } = this.reply ?? {};
    if (!loss) return "";
    switch (this.stage) {
      case 1:
        return n === 1
          ? `The point counts as one of class ${this.label}: a higher score of that class would lower the loss.`
          : `${n} points, and each counts 1/${n}.`;
      case 2:
        return n > 1
          ? "Every point has its say on every weight."
          : off.length === 0
            ? "All units are on, so all rows of dW2 hear from this point."
            : `${noSay(off, "row")} of dW2.`;
      case 3:
        return `One slope for each hidden unit${n === 1 ? "" : " of each point"}.`;
      case 4: {
        if (n === 1) {
          return off.length === 0
            ? "All gates are open for this point."
            : `${off.length} of ${units.length} gates are shut for this point.`;
        }
        const shut = (this.arrays.get("hidden")?.data ?? []).filter(
          (value) => value <= 0,
        );
        const all = n * settings.hidden;
        return `${shut.length.toLocaleString("en")} of ${all.toLocaleString("en")} gates are shut.`;
      }
      default:
        return n === 1 && off.length > 0
          ? `${noSay(off, "column")} of dW1.`
          : "Every parameter has its slope: the gradient is complete.";
    }
  }

  protected override inWords(): string {
    const [x1, x2] = this.point;
    const what =
      this.n === 1
        ? `The point ${decimal(x1, 2)}, ${decimal(x2, 2)} as one of class ${this.label}.`
        : `All ${this.n} points.`;
    return `${what} ${this.stageInWords} ${this.outcome}`;
  }

  /** Why the shapes fit as they do. */
  private shapes() {
    const { n } = this;
    const h = this.settings.hidden;
    const K = this.settings.classes;
    const product = (
      first: string,
      [a, b]: readonly [number, number],
      second: string,
      [c, d]: readonly [number, number],
      as: string,
    ) => html`${first} (${a}, <b>${b}</b>) · ${second} (<b>${c}</b>, ${d}) → (${a}, ${d}),
      the shape of ${as}.`;
    switch (this.stage) {
      case 2:
        return html`${product("hiddenᵀ", [h, n], "dscores", [n, K], "W2")} Without the
        transpose, (${n}, ${h}) · (${n}, ${K}) does not fit.`;
      case 3:
        return html`${product("dscores", [n, K], "W2ᵀ", [K, h], "hidden")} Without the
        transpose, (${n}, ${K}) · (${h}, ${K}) does not fit.`;
      case 5:
        return html`${product("Xᵀ", [2, n], "dhidden", [n, h], "W1")} Without the
        transpose, (${n}, 2) · (${n}, ${h}) does not fit.`;
      case 1:
        return html`Entry by entry: probs (${n}, ${K}) − one-hot (${n}, ${K}).`;
      default:
        return html`Entry by entry: dhidden (${n}, ${h}) and hidden (${n}, ${h}).`;
    }
  }

  /** What to say of the value whose arithmetic is shown. */
  private get remark(): string {
    const { array, index } = placeOf(this.subject) ?? {};
    const [row = 0, column = 0] = index ?? [];
    const value = this.entry(array ?? "", row, column);
    switch (array) {
      case "dscores":
        return value < 0
          ? `A higher score here lowers the loss: class ${column} is the own class.`
          : "A higher score here raises the loss.";
      case "dW2":
        return this.n === 1 && this.isOff(0, row)
          ? `Unit ${row} is off: this point has nothing to say about its weights.`
          : "";
      case "dout":
        return this.isOff(row, column)
          ? `Unit ${column} was off for this point, so nothing goes further back.`
          : `Unit ${column} was on: the gradient passes unchanged.`;
      case "dW1":
      case "db1":
        return this.n === 1 && this.isOff(0, column)
          ? `Unit ${column} is off: this point has nothing to say about its weights.`
          : "";
      default:
        return "";
    }
  }

  override render() {
    const { known, settings } = this;
    return html`
      ${this.what()}
      <div class="top">
        ${this.plane(this.all)}
        <div class="explained">
          ${this.trouble()} ${this.speech()} ${this.stageBar()}
          <p class="shapes">${this.reply ? this.shapes() : nothing}</p>
          <value-arithmetic
            .name=${this.subject}
            .arrays=${known}
            .remark=${this.remark}
          ></value-arithmetic>
        </div>
      </div>
      <backward-graph
        .arrays=${known}
        .loss=${this.reply?.loss ?? null}
        .size=${[this.expectedPoints, settings.hidden, settings.classes]}
        .stage=${this.stage}
        .makes=${this.makes}
        .subject=${this.subject}
        .made=${madeFrom(this.made)}
      ></backward-graph>
      <div class="settings">${this.networkSettings()} ${this.resetButton()}</div>
    `;
  }

  private what() {
    const choice = (all: boolean, label: string) => html`<label>
      <input
        type="radio"
        name="all"
        .checked=${this.all === all}
        @change=${() => this.trace(all)}
      />
      ${label}
    </label>`;
    const classes = Array.from({ length: this.settings.classes }, (_, k) => k);
    return html`<div class="what">
      <fieldset>
        <legend class="visually-hidden">Which points</legend>
        ${choice(false, "one point")}
        ${choice(true, `all ${this.settings.points * classes.length} points`)}
      </fieldset>
      <fieldset ?disabled=${this.all}>
        <legend>Its class:</legend>
        ${classes.map(
          (k) => html`<label>
            <input
              type="radio"
              name="label"
              .checked=${this.label === k}
              @change=${() => this.take(k)}
            />
            ${classMarker(k)} ${k}
          </label>`,
        )}
      </fieldset>
    </div>`;
  }
}

function noSay(off: readonly number[], where: string): string {
  return off.length === 1
    ? `Unit ${off[0]} is off, so this point has no say in its ${where}`
    : `Units ${list(off)} are off, so this point has no say in their ${where}s`;
}

declare global {
  interface HTMLElementTagNameMap {
    "backward-trace": BackwardTrace;
  }
}
