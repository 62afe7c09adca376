import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { costBar, shares } from "../../drawing/bars";
import { decimal } from "../../format";
import { latest } from "../../lab/latest";
import type { SoftmaxReply } from "../../lab/messages";
import { classMarker } from "../../parts/class-legend";
import { FigureElement } from "../figure-element";
import "./score-sliders";
import { sharedStyles } from "../../parts/shared-styles";

/** Beyond this, adding 1 to all shows nothing new. */
const LARGEST = 50;

interface State {
  readonly scores: readonly number[];
  readonly right: number;
}

/** Three scores on their way to probabilities and to a loss. */
@customElement("softmax-scores")
export class SoftmaxScores extends FigureElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 1rem 3.5rem;
        align-items: start;
      }

      table {
        width: 100%;
        table-layout: fixed;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        height: 2.75rem;
        padding: 0;
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }

      thead th {
        height: 1.75rem;
        color: var(--faint);
      }

      th.name {
        width: 20%;
        text-align: left;
      }

      th.shifted {
        width: 34%;
      }

      tfoot td,
      tfoot th {
        height: 2.25rem;
        color: var(--faint);
        border-top: 1px solid var(--line);
      }

      td svg,
      th svg {
        width: 0.9rem;
        height: 0.9rem;
        vertical-align: -0.12rem;
      }

      .chosen {
        font-weight: 700;
      }

      .buttons {
        margin-top: 0.5rem;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1rem;
      }

      .same {
        min-height: 2.8em;
        margin-top: 0.5rem;
      }

      .result {
        grid-column: 1 / -1;
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr) max-content;
        gap: 0.4rem 1.25rem;
        align-items: center;
        padding-top: 1rem;
        border-top: 1px solid var(--line);
        font-variant-numeric: tabular-nums;
      }

      .bar {
        display: block;
        width: 100%;
        height: 1.75rem;
        overflow: visible;
      }

      .scaled {
        height: 2.75rem;
      }

      .bar text {
        font-size: 0.75rem;
        fill: var(--faint);
      }

      .outline {
        fill: none;
        stroke: var(--ink);
        stroke-width: 2;
      }

      .bar line {
        stroke: var(--line);
      }

      .value {
        min-width: 12.5rem;
        font-size: 1.15rem;
        text-align: right;
      }

      @container (max-width: 46rem) {
        .figure {
          grid-template-columns: minmax(0, 1fr);
        }

        .result {
          grid-template-columns: max-content minmax(0, 1fr);
        }

        .bar {
          grid-column: 1 / -1;
          order: 1;
        }

        .cost {
          order: 2;
        }

        .scaled {
          order: 3;
        }

        .value {
          min-width: 0;
        }
      }
    `,
  ];

  @state() private scores = this.given;
  /** The right class. */
  @state() private right = 0;
  /** How often 1 was added to all scores since one of them was dragged. */
  @state() private added = 0;
  /** What the lab says about the scores. */
  @state() private softmax: (SoftmaxReply & State) | undefined;

  private readonly look = latest((wanted: State) =>
    this.want(async (current) => {
      const data = Float64Array.from(wanted.scores);
      const reply = await this.lab.softmax({
        scores: { shape: [1, data.length], data },
      });
      if (!current()) return;
      this.softmax = { ...reply, ...wanted };
      this.spoken = this.inWords();
      this.remember();
    }),
  );

  /** The scores of the chapter. */
  private get given(): readonly number[] {
    return scoresIn(this.getAttribute("scores") ?? "") ?? [0.3, -0.6, 0.7];
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    const scores = scoresIn(fields.get("scores") ?? "") ?? this.given;
    const right = Number(fields.get("right") ?? 0);
    const known = Number.isInteger(right) && right >= 0 && right < scores.length;
    this.set(scores, known ? right : 0);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map<string, string>();
    const scores = this.scores.join(",");
    if (scores !== this.given.join(",")) fields.set("scores", scores);
    if (this.right !== 0) fields.set("right", String(this.right));
    return fields;
  }

  private set(scores: readonly number[], right = this.right, added = 0): void {
    this.scores = scores;
    this.right = right;
    this.added = added;
    this.look({ scores, right });
  }

  private drag({ label, score }: { label: number; score: number }): void {
    this.set(this.scores.map((own, k) => (k === label ? score : own)));
  }

  private add(): void {
    const scores = this.scores.map((score) => Number((score + 1).toFixed(6)));
    this.set(scores, this.right, this.added + 1);
  }

  private inWords(): string {
    const { softmax } = this;
    if (!softmax) return "";
    const { probs, costs, right } = softmax;
    const shares = [...probs.data].map((p, k) => `class ${k}: ${decimal(p, 3)}`);
    const same =
      this.added > 0 ? "1 was added to all scores: nothing else changed. " : "";
    return (
      `${same}Probabilities: ${shares.join(", ")}. ` +
      `The cost, with class ${right} right: ${decimal(costs.data[right] as number, 3)}.`
    );
  }

  override render() {
    return html`
      <div class="figure">
        <div>
          <score-sliders
            .scores=${this.scores}
            .right=${this.right}
            @score=${({ detail }: CustomEvent<{ label: number; score: number }>) => this.drag(detail)}
            @right=${({ detail }: CustomEvent<number>) => this.set(this.scores, detail, this.added)}
          ></score-sliders>
          <div class="buttons">
            <button ?disabled=${Math.max(...this.scores) >= LARGEST} @click=${this.add}>
              Add 1 to all
            </button>
            <button @click=${() => this.set(this.given, 0)}>Reset</button>
          </div>
        </div>
        <div>
          ${this.steps()}
          <p class="same quiet">
            ${
              this.added === 0
                ? nothing
                : html`All scores grew by ${this.added}. Less the largest, nothing of that is
                  left, so no probability has changed.`
            }
          </p>
        </div>
        ${this.trouble()} ${this.speech()} ${this.result()}
      </div>
    `;
  }

  /** From scores to probabilities, step by step. */
  private steps() {
    const { softmax } = this;
    const number = (values: ArrayLike<number> | undefined, k: number, places = 3) =>
      values ? decimal(values[k] as number, places) : "–";
    const chosen = (k: number) => (k === this.right ? "chosen" : "");
    return html`<table>
      <thead>
        <tr>
          <th scope="col" class="name">Class</th>
          <th scope="col" class="shifted">less the largest</th>
          <th scope="col">exp</th>
          <th scope="col">exp / sum</th>
        </tr>
      </thead>
      <tbody>
        ${this.scores.map(
          (_, k) => html`<tr>
            <th scope="row" class="name">${classMarker(k)} ${k}</th>
            <td>${number(softmax?.shifted.data, k, 1)}</td>
            <td>${number(softmax?.exp_scores.data, k)}</td>
            <td class=${chosen(k)}>${number(softmax?.probs.data, k)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" class="name">Sum</th>
          <td></td>
          <td>${number(softmax?.totals.data, 0)}</td>
          <td>1</td>
        </tr>
      </tfoot>
    </table>`;
  }

  /** The probabilities as parts of 1, and what the right one costs. */
  private result() {
    const { softmax } = this;
    const right = softmax?.right ?? this.right;
    const [p, cost] = [softmax?.probs.data[right], softmax?.costs.data[right]];
    return html`<div class="result">
      <span>Probabilities</span>
      ${shares(softmax?.probs.data ?? [], right)}
      <span class="value">p = ${p === undefined ? "–" : decimal(p, 4)}</span>
      <span class="cost">Cost</span>
      ${costBar(cost ?? 0)}
      <span class="cost value">
        −ln ${p === undefined ? "p" : decimal(p, 4)} =
        ${cost === undefined ? "–" : decimal(cost, 4)}
      </span>
    </div>`;
  }
}

/** Scores as an attribute or a link has them: `0.3,-0.6,0.7`. */
function scoresIn(text: string): number[] | undefined {
  const scores = text.split(",").map((score) => Number(score.trim() || Number.NaN));
  const fine = scores.every((score) => Math.abs(score) <= 1000);
  return fine && scores.length >= 2 && scores.length <= 10 ? scores : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "softmax-scores": SoftmaxScores;
  }
}
