import { css, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { decimal } from "../../format";
import { latest } from "../../lab/latest";
import type { CrossEntropyCurveReply } from "../../lab/messages";
import "./cost-chart";
import { FigureElement } from "../figure-element";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";

/** The chart reaches from here to 1. */
const SMALLEST = 0.001;

const STOPS = [
  ...Array.from({ length: 9 }, (_, i) => (i + 1) / 1000),
  ...Array.from({ length: 100 }, (_, i) => (i + 1) / 100),
];

const LANDMARKS = [
  { p: 1, written: "1", words: "sure, and right" },
  { p: 1 / 2, written: "1/2", words: "" },
  { p: 1 / 3, written: "1/3", words: "all three alike" },
  { p: 1 / 10, written: "0.1", words: "" },
  { p: 1 / 100, written: "0.01", words: "nearly sure of others" },
] as const;

/** What the probability of the right class costs: -log p. */
@customElement("loss-curve")
export class LossCurve extends FigureElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 20rem);
        gap: 1rem 3.5rem;
        align-items: center;
      }

      .result {
        margin: 0.25rem 0 0.75rem;
        font-size: 1.5rem;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      .buttons {
        display: flex;
        gap: 0.5rem;
        margin-bottom: 1.25rem;
      }

      .buttons button {
        flex: 1 1 auto;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        height: 2.2rem;
        padding: 0;
        text-align: left;
        font-weight: 400;
        border-top: 1px solid var(--line);
      }

      thead th,
      thead td {
        height: 1.8rem;
        color: var(--faint);
        border: 0;
      }

      td.words {
        padding-left: 0.75rem;
        color: var(--faint);
      }

      .cost {
        text-align: right;
      }

      tbody button {
        min-width: 3.4rem;
        min-height: 1.75rem;
        padding: 0 0.5rem;
        text-align: left;
        vertical-align: middle;
      }

      @container (max-width: 46rem) {
        .figure {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @state() private curve: CrossEntropyCurveReply | undefined;
  @state() private landmarks: CrossEntropyCurveReply | undefined;
  @state() private p = this.given;
  /** The p whose cost is known, and the cost. */
  @state() private now: { p: number; cost: number } | undefined;
  @state() private error = "";

  private readonly look = latest((p: number) =>
    this.want(async (current) => {
      const [curve, landmarks, { costs }] = await Promise.all([
        this.curve ??
          this.lab.cross_entropy_curve({ p: null, samples: 400, smallest: SMALLEST }),
        this.landmarks ??
          this.lab.cross_entropy_curve(asking(LANDMARKS.map((mark) => mark.p))),
        this.lab.cross_entropy_curve(asking([p])),
      ]);
      if (!current()) return;
      const cost = costs.data[0] as number;
      this.curve = curve;
      this.landmarks = landmarks;
      this.now = { p, cost };
      this.spoken = `p is ${written(p)}. The cost is ${decimal(cost, 3)}.`;
      this.remember();
    }),
  );

  /** The p of the chapter. */
  private get given(): number {
    return Number(this.getAttribute("p") ?? 1 / 3);
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    const p = Number(fields.get("p") ?? this.given);
    this.set(within(p) ? p : this.given);
  }

  protected override link(): ReadonlyMap<string, string> {
    return new Map(this.p === this.given ? [] : [["p", String(this.p)]]);
  }

  private set(p: number): void {
    this.error = within(p) ? "" : `p goes from ${SMALLEST} to 1 here.`;
    if (this.error) return;
    this.p = p;
    this.look(p);
  }

  override render() {
    const { now, curve } = this;
    const { p = this.p, cost } = now ?? {};
    return html`
      <div class="figure">
        <cost-chart
          .curve=${curve}
          .marks=${this.landmarks}
          .p=${p}
          .cost=${cost ?? 0}
          @pick=${({ detail }: CustomEvent<number>) => this.set(Number(detail.toPrecision(3)))}
        ></cost-chart>
        <div>
          <setting-slider
            label="p"
            .stops=${STOPS}
            .value=${this.p}
            .write=${written}
            .error=${this.error}
            @set=${({ detail }: CustomEvent<number>) => this.set(detail)}
          ></setting-slider>
          <p class="result">
            −ln ${written(p)} = ${cost === undefined ? "–" : decimal(cost, 4)}
          </p>
          <div class="buttons">
            <button ?disabled=${!within(this.p / 2)} @click=${() => this.set(this.p / 2)}>
              Halve p
            </button>
            <button ?disabled=${!within(2 * this.p)} @click=${() => this.set(2 * this.p)}>
              Double p
            </button>
            <button @click=${() => this.set(this.given)}>Reset</button>
          </div>
          ${this.table()} ${this.trouble()} ${this.speech()}
        </div>
      </div>
    `;
  }

  private table() {
    const costs = this.landmarks?.costs.data;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">p</th>
          <td></td>
          <th scope="col" class="cost">cost</th>
        </tr>
      </thead>
      <tbody>
        ${LANDMARKS.map(
          ({ p, written, words }, i) => html`<tr>
            <th scope="row">
              <button title="Move the handle to p = ${written}" @click=${() => this.set(p)}>
                ${written}
              </button>
            </th>
            <td class="words">${words}</td>
            <td class="cost">${costs ? decimal(costs[i] as number, 4) : "–"}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

function within(p: number): boolean {
  return p >= SMALLEST && p <= 1;
}

/** A probability to at most four decimals. */
function written(p: number): string {
  return String(Number(p.toFixed(4)));
}

function asking(p: readonly number[]) {
  const data = Float64Array.from(p);
  return { p: { shape: [p.length], data }, samples: 200, smallest: SMALLEST };
}

declare global {
  interface HTMLElementTagNameMap {
    "loss-curve": LossCurve;
  }
}
