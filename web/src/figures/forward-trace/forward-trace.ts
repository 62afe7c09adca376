import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { decimal, list } from "../../format";
import type { NumericArray } from "../../lab/messages";
import { entryOf, madeFrom, shapeOf } from "../../parts/arithmetic";
import { classMarker } from "../../parts/class-legend";
import { nameOf, placeOf } from "../../parts/pointing";
import "../../parts/matrix-view";
import type { Note } from "../../parts/matrix-part";
import { sharedStyles } from "../../parts/shared-styles";
import { SmallNetworkFigure } from "../small-network-figure";
import { TraceFigure } from "../trace-figure";
import { traceStyles } from "../trace-styles";
import "./unit-diagram";
import "../../parts/value-arithmetic";

/** The arrays that each stage makes. The prediction is no array of the lesson's. */
const STAGES = [["out"], ["hidden"], ["scores"], ["prediction"], ["probs"]] as const;

/** One point on its way through the network, stage by stage, with every number. */
@customElement("forward-trace")
export class ForwardTrace extends TraceFigure {
  static override styles = [
    sharedStyles,
    SmallNetworkFigure.settingStyles,
    traceStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .pictures {
        display: grid;
        grid-template-columns: 17.5rem minmax(0, 1fr);
        gap: 1.5rem 2.5rem;
        margin-bottom: 1.5rem;
      }

      .stacks {
        display: grid;
        grid-template-columns: minmax(0, 1fr) max-content;
        gap: 1.5rem 3rem;
        margin-top: 1.25rem;
      }

      .scroller {
        overflow-x: auto;
        /* Room for the outlines at its edges. */
        padding: 3px 3px 3px 0.25rem;
        margin: -3px -3px -3px -0.25rem;
      }

      .stack {
        display: grid;
        gap: 0.35rem;
        width: max-content;
        min-width: 100%;
      }

      .which {
        display: flex;
        color: var(--faint);
        font-size: 0.75rem;
      }

      .which span:first-child {
        width: calc(6.4rem + 1px + 0.25rem);
        padding: 0;
        text-align: left;
      }

      .which span {
        width: 3.5rem;
        padding-right: calc(0.25rem + 2px);
        text-align: right;
      }

      .prediction {
        display: grid;
        grid-template-columns: 6.4rem auto;
        align-items: center;
        min-height: 1.7rem;
      }

      .prediction .name {
        font-family: var(--mono);
        font-size: 0.8125rem;
      }

      .prediction .answer {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        font-weight: 600;
      }

      .prediction svg {
        width: 0.9rem;
        height: 0.9rem;
      }

      .prediction.ahead .answer {
        color: var(--line);
      }

      value-arithmetic {
        margin-top: 1.25rem;
      }

      @container (max-width: 30rem) {
        .which span:first-child {
          width: calc(1px + 0.25rem);
          font-size: 0;
        }

        .prediction {
          grid-template-columns: 6.4rem auto;
        }
      }

      @container (max-width: 46rem) {
        .pictures {
          grid-template-columns: minmax(0, 1fr);
        }

        .plane {
          width: min(100%, 20rem);
          margin: 0 auto;
        }

        .stacks {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  protected override readonly stages = STAGES;

  protected override batch() {
    const X: NumericArray = { shape: [1, 2], data: Float64Array.from(this.point) };
    return { X, y: null };
  }

  private get units(): number[] {
    return Array.from({ length: this.settings.hidden }, (_, j) => j);
  }

  private value(array: string, i: number): number {
    return entryOf(nameOf(array, 0, i), this.arrays) ?? 0;
  }

  private get off(): number[] {
    return this.units.filter((j) => this.value("hidden", j) === 0);
  }

  private get predicted(): number | undefined {
    return this.reply?.forward.prediction.data[0];
  }

  /** The classes that share the largest score, if several do. */
  private get tied(): number[] {
    if (!this.reply?.forward.tied.data[0]) return [];
    const scores = Array.from(this.reply.forward.scores.data);
    const largest = Math.max(...scores);
    return scores.flatMap((score, k) => (score === largest ? [k] : []));
  }

  protected override get standard(): string {
    const array = this.makes[0] as string;
    if (array === "hidden") return nameOf("hidden", 0, this.off[0] ?? 0);
    if (array === "prediction") return nameOf("scores", 0, this.predicted ?? 0);
    return nameOf(array, 0, 0);
  }

  /** What came out at this stage, in a sentence. */
  protected override get outcome(): string {
    const { units, off } = this;
    const scores = Array.from(this.reply?.forward.scores.data ?? []);
    switch (this.stage) {
      case 1: {
        const negative = units.filter((j) => this.value("out", j) < 0).length;
        return `${negative} of the ${units.length} sums are negative.`;
      }
      case 2:
        return off.length === 0
          ? "All units are on for this point."
          : `${off.length} of ${units.length} units ${off.length === 1 ? "is" : "are"} off for this point: ${list(off)}.`;
      case 3:
        return `The scores are ${list(scores.map((score) => decimal(score, 2)))}.`;
      case 4:
        return this.tied.length > 0
          ? `A tie: classes ${list(this.tied)} have the same score, the largest. The code takes the first of equals, class ${this.predicted}.`
          : `The largest score is that of class ${this.predicted}: this is the prediction.`;
      default: {
        const p = this.value("probs", this.predicted ?? 0);
        return `Class ${this.predicted} gets the probability ${decimal(p, 3)}.`;
      }
    }
  }

  protected override inWords(): string {
    const [x1, x2] = this.point;
    return (
      `The point ${decimal(x1, 2)}, ${decimal(x2, 2)}. ` +
      `${this.stageInWords} ${this.outcome}`
    );
  }

  /** What to say of the value whose arithmetic is shown. */
  private get remark(): string {
    const { array, index } = placeOf(this.subject) ?? {};
    const [, column = 0] = index ?? [];
    const trained = this.step > 0 ? "as training left it" : "as it was drawn";
    switch (array) {
      case "X":
        return "A coordinate of the point.";
      case "W1":
      case "W2":
        return `A weight, ${trained}.`;
      case "b1":
      case "b2":
        return `A bias, ${trained}.`;
      case "out":
        return this.value("out", column) < 0
          ? `Negative, so unit ${column} will be off.`
          : `Not negative, so it stays as it is.`;
      case "hidden":
        return this.value("hidden", column) === 0
          ? `Unit ${column} is off: for this point it has no say in any score.`
          : `Unit ${column} is on.`;
      case "scores":
        return this.off.length > 0
          ? `${this.off.length === 1 ? "Unit" : "Units"} ${list(this.off)}, which add 0, are left out here.`
          : "";
      case "probs":
        return "The larger a score, the larger its probability; together they are 1.";
      default:
        return "";
    }
  }

  override render() {
    const { known } = this;
    return html`
      <div class="pictures">
        ${this.plane()}
        <unit-diagram
          .arrays=${known}
          .now=${this.makes[0] ?? ""}
          .subject=${this.subject}
          .prediction=${this.stage >= 4 ? this.predicted : undefined}
        ></unit-diagram>
      </div>
      ${this.trouble()} ${this.speech()} ${this.stageBar()}
      <div class="stacks">
       <div class="first">
        <div class="scroller" tabindex=${this.reply ? nothing : 0}>
          <div class="stack">
            ${this.matrix("X")}
            <p class="which" aria-hidden="true">
              <span>unit</span>${this.units.map((j) => html`<span>${j}</span>`)}
            </p>
            ${this.matrix("W1")} ${this.matrix("b1")} ${this.matrix("out")}
            ${this.matrix("hidden")}
          </div>
        </div>
        <value-arithmetic
          .name=${this.subject}
          .arrays=${known}
          .remark=${this.remark}
        ></value-arithmetic>
       </div>
        <div class="stack">
          ${this.matrix("W2")} ${this.matrix("b2")} ${this.matrix("scores")}
          ${this.prediction()} ${this.matrix("probs")}
        </div>
      </div>
      <div class="settings">${this.networkSettings()} ${this.resetButton()}</div>
    `;
  }

  private matrix(name: string) {
    const off = (_: number, j: number): Note | undefined =>
      name === "hidden" && this.value("hidden", j) === 0
        ? { kind: "off", words: "off" }
        : undefined;
    return html`<matrix-view
      beside
      name=${name}
      .array=${this.known.get(name)}
      .expected=${shapeOf(name, 1, this.settings.hidden, this.settings.classes)}
      ?now=${this.makes.includes(name)}
      .note=${off}
      .subject=${this.subject}
      .made=${madeFrom(this.made)}
    ></matrix-view>`;
  }

  private prediction() {
    const ahead = this.stage < 4;
    const k = this.predicted ?? 0;
    return html`<p class="prediction ${ahead ? "ahead" : ""}">
      <span class="name">prediction</span>
      <span class="answer">
        ${ahead ? "·" : html`${classMarker(k)} class ${k} ${this.tied.length > 0 ? "(a tie)" : nothing}`}
      </span>
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "forward-trace": ForwardTrace;
  }
}
