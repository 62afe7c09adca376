import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { decimal, list, powerOfTen } from "../../format";
import type {
  ArrayCheck,
  GradientCheckReply,
  GradientCheckRequest,
  NumericArray,
} from "../../lab/messages";
import { shapeOf } from "../../parts/arithmetic";
import {
  heldName,
  hold,
  nameOf,
  onPointing,
  placeOf,
  valueName,
} from "../../parts/pointing";
import { checkStyles } from "./gradient-check-styles";
import "../../parts/matrix-view";
import type { Note } from "../../parts/matrix-part";
import { sharedStyles } from "../../parts/shared-styles";
import { SmallNetworkFigure, type Subject, TRAINED } from "../small-network-figure";

type Broken = GradientCheckRequest["broken"];

const GRADIENTS = ["dW1", "db1", "dW2", "db2"] as const;
type Gradient = (typeof GRADIENTS)[number];

const CHOICES: readonly { readonly broken: Broken; readonly label: string }[] = [
  { broken: "none", label: "nothing" },
  { broken: "gate", label: "the gate" },
  { broken: "mean", label: "the 1/n" },
  { broken: "reg", label: "the regularisation" },
];

/** The backward pass against measured slopes; and against them with a line left out. */
@customElement("gradient-check")
export class GradientCheck extends SmallNetworkFigure {
  static override styles = [
    sharedStyles,
    SmallNetworkFigure.settingStyles,
    checkStyles,
  ];

  @state() private broken: Broken = "none";
  @state() private reply: GradientCheckReply | undefined;
  @state() private hovered: string | undefined;
  @state() private chosen: string | undefined;

  private stopPointing = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopPointing = onPointing((name) => {
      this.hovered = this.has(name) ? name : undefined;
      if (this.has(heldName())) {
        this.chosen = heldName();
        this.changed();
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPointing();
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    const broken = fields.get("broken");
    this.broken = CHOICES.find((choice) => choice.broken === broken)?.broken ?? "none";
    this.chosen = valueName(fields.get("at"));
    super.open(fields);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map(super.link());
    if (this.broken !== "none") fields.set("broken", this.broken);
    if (this.chosen) fields.set("at", this.chosen);
    return fields;
  }

  protected override async ask({ settings, params }: Subject): Promise<() => void> {
    const { broken } = this;
    const reply = await this.lab.gradient_check({ settings, params, broken });
    return () => {
      this.reply = reply;
      if (!this.has(this.chosen)) this.chosen = undefined;
    };
  }

  private leaveOut(broken: Broken): void {
    this.broken = broken;
    this.forget();
    void this.refresh();
  }

  private reset(): void {
    this.broken = "none";
    this.forget();
    void this.load(this.asWritten, TRAINED);
  }

  private forget(): void {
    this.chosen = undefined;
    hold(undefined);
  }

  private check(name: Gradient): ArrayCheck | undefined {
    const checks = this.reply?.checks;
    return checks?.model === "two-layer" ? checks[name] : undefined;
  }

  /** The gradient, row and column that a name stands for, if it is here. */
  private found(name: string | undefined) {
    const { array, index } = placeOf(name) ?? {};
    const [row, column] = index ?? [];
    const gradient = GRADIENTS.find((each) => each === array);
    const check = gradient && this.check(gradient);
    if (!gradient || !check || row === undefined || column === undefined) return;
    const [rows, columns] = check.analytic.shape as [number, number];
    return row < rows && column < columns
      ? { gradient, check, row, column }
      : undefined;
  }

  private has(name: string | undefined): boolean {
    return this.found(name) !== undefined;
  }

  private get caught(): Gradient[] {
    return GRADIENTS.filter((name) => this.check(name)?.caught);
  }

  /** The entry whose two slopes are shown. */
  private get subject(): string {
    if (this.hovered ?? this.chosen) return (this.hovered ?? this.chosen) as string;
    const [first = "dW1"] = this.caught;
    const worst = this.check(first)?.worst;
    return nameOf(first, worst?.row ?? 0, worst?.column ?? 0);
  }

  private isWrong(check: ArrayCheck, row: number, column: number): boolean {
    return at(check.relative_errors, row, column) > (this.reply?.threshold ?? 0);
  }

  private get kinks(): number {
    return GRADIENTS.reduce((sum, name) => {
      const check = this.check(name);
      return sum + (check ? check.analytic.data.length - check.compared : 0);
    }, 0);
  }

  private get verdict(): string {
    const { caught } = this;
    const compared = GRADIENTS.filter((name) => this.check(name)?.compared !== 0);
    const agreeing = compared.filter((name) => !caught.includes(name));
    if (caught.length === 0) {
      return this.broken === "none"
        ? `The backward pass agrees with the measured slopes: ${list(agreeing)}.`
        : "The check catches nothing.";
    }
    const label = CHOICES.find(({ broken }) => broken === this.broken)?.label;
    const without = `Without ${label}, the check catches ${list(caught)}`;
    const agree = agreeing.length === 1 ? "agrees" : "agree";
    return agreeing.length > 0
      ? `${without}; ${list(agreeing)} still ${agree}.`
      : `${without}.`;
  }

  private get kinkWords(): string {
    const { kinks } = this;
    if (kinks === 0) return "";
    return kinks === 1
      ? "1 entry is at a kink of a ReLU and not compared."
      : `${kinks} entries are at a kink of a ReLU and not compared.`;
  }

  protected override inWords(): string {
    const found = this.found(this.subject);
    const entry = found ? `${this.subject}: ${this.result(found)}` : "";
    return `${this.verdict} ${this.kinkWords} ${entry}`;
  }

  override render() {
    return html`
      <fieldset class="break">
        <legend>Leave out of the backward pass:</legend>
        ${CHOICES.map(({ broken, label }) => this.choice(broken, label))}
      </fieldset>
      ${this.trouble()} ${this.speech()}
      <p class="verdict">
        ${this.reply ? this.verdict : "Training the network …"}<br />
        <span class="quiet">${this.kinkWords}</span>
      </p>
      <div class="body">
        <div class="arrays">${GRADIENTS.map((name) => this.matrix(name))}</div>
        <div class="entry">${this.entry()}</div>
      </div>
      <div class="settings">
        ${this.networkSettings()}
        <button class="reset" @click=${this.reset}>Reset</button>
      </div>
    `;
  }

  private choice(broken: Broken, label: string) {
    const chosen = this.broken === broken;
    return html`<div class=${classMap({ choice: true, struck: chosen })}>
      <label>
        <input
          type="radio"
          name="broken"
          .checked=${chosen}
          @change=${() => this.leaveOut(broken)}
        />
        ${label}
      </label>
      <slot name=${broken}></slot>
    </div>`;
  }

  private matrix(name: Gradient) {
    const check = this.check(name);
    const note = (row: number, column: number): Note | undefined => {
      if (!check) return undefined;
      if (at(check.at_kink, row, column) === 1) {
        return { kind: "kink", words: "at a kink, not compared" };
      }
      return this.isWrong(check, row, column)
        ? { kind: "wrong", words: "does not agree" }
        : undefined;
    };
    const status = check?.caught
      ? html`<span class="status caught">✗ caught</span>`
      : check?.compared === 0
        ? html`<span class="status quiet">not compared</span>`
        : html`<span class="status quiet">✓ agrees</span>`;
    return html`<matrix-view
      name=${name}
      .array=${check?.analytic}
      .expected=${shapeOf(name, 1, this.settings.hidden, this.settings.classes)}
      .note=${note}
      .subject=${this.subject}
    >${check ? status : nothing}</matrix-view>`;
  }

  private result({ check, row, column }: Found): string {
    if (at(check.at_kink, row, column) === 1) {
      return (
        "At a kink: moved up or down, some unit goes on or off for some point. " +
        "There is no single slope, so the two are not compared."
      );
    }
    const limit = powerOfTen(this.reply?.threshold ?? 0);
    return this.isWrong(check, row, column)
      ? `They do not agree: the error is above ${limit}.`
      : `They agree: the error is below ${limit}, and that is rounding.`;
  }

  private entry() {
    const found = this.found(this.subject);
    if (!found || !this.reply) return nothing;
    const { gradient, check, row, column } = found;
    const error = at(check.relative_errors, row, column);
    const kink = at(check.at_kink, row, column) === 1;
    const wrong = this.isWrong(check, row, column);
    const parameter = nameOf(gradient.slice(1), row, column);
    const { distance, points } = this.reply;
    return html`
      <h3>${this.subject}</h3>
      <dl>
        <dt>by the backward pass</dt>
        <dd><data class="analytic" value=${at(check.analytic, row, column)}
          >${decimal(at(check.analytic, row, column), 9)}</data></dd>
        <dt>measured</dt>
        <dd><data class="numerical" value=${at(check.numerical, row, column)}
          >${decimal(at(check.numerical, row, column), 9)}</data></dd>
        <dt>relative error</dt>
        <dd><data class="error" value=${error}>${kink ? "–" : powerOfTen(error)}</data></dd>
      </dl>
      <p class=${classMap({ result: true, wrong, kink })}>${this.result(found)}</p>
      <div class="measured">
        <p>Measured with the losses of all ${points} points, ${parameter} moved up and
        down by ${decimal(distance, 5)}:</p>
        <dl>
          <dt>loss, moved up</dt>
          <dd><data class="above" value=${at(check.above, row, column)}
            >${decimal(at(check.above, row, column), 12)}</data></dd>
          <dt>loss, moved down</dt>
          <dd><data class="below" value=${at(check.below, row, column)}
            >${decimal(at(check.below, row, column), 12)}</data></dd>
          <dt>difference / ${decimal(2 * distance, 5)}</dt>
          <dd>${decimal(at(check.numerical, row, column), 9)}</dd>
        </dl>
      </div>
    `;
  }
}

interface Found {
  readonly gradient: Gradient;
  readonly check: ArrayCheck;
  readonly row: number;
  readonly column: number;
}

function at(array: NumericArray, row: number, column: number): number {
  return array.data[row * (array.shape[1] as number) + column] as number;
}

declare global {
  interface HTMLElementTagNameMap {
    "gradient-check": GradientCheck;
  }
}
