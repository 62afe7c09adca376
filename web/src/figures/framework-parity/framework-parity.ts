import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { whole } from "../../format";
import {
  DEFAULT_SETTINGS,
  type Differences,
  type ParityReply,
  type Settings,
} from "../../lab/messages";
import { sharedStyles } from "../../parts/shared-styles";
import { FigureElement } from "../figure-element";

type Precision = Settings["dtype"];

const PRECISIONS: readonly { readonly name: Precision; readonly label: string }[] = [
  { name: "float64", label: "64 bits" },
  { name: "float32", label: "32 bits" },
];
const NAMES = ["W1", "b1", "W2", "b2"];
/** As many as the recorded runs have. */
const STEPS = 10_000;

/** The frameworks beside NumPy: as recorded in the still picture, and measured here. */
@customElement("framework-parity")
export class FrameworkParity extends FigureElement {
  static override styles = [
    sharedStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 0.5rem 1rem;
        margin-top: 1rem;
      }

      /* A shadow where there is more to either side, as below the other tables. */
      .table {
        margin: 1rem 0 0.5rem;
        overflow-x: auto;
        background:
          linear-gradient(to right, var(--paper) 40%, transparent) left / 3rem 100% local,
          linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem 100% local,
          linear-gradient(to right, var(--line), transparent) left / 0.8rem 100%,
          linear-gradient(to left, var(--line), transparent) right / 0.8rem 100%;
        background-repeat: no-repeat;
      }

      table {
        margin: 0 auto;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 0.4rem clamp(0.6rem, 3vw, 1.2rem) 0.4rem 0;
        text-align: left;
        white-space: nowrap;
        border-bottom: 1px solid var(--line);
      }

      :is(th, td):last-child {
        padding-right: 0;
      }

      tbody th {
        font-weight: normal;
      }

      .recorded {
        max-width: 26rem;
        margin: 0 auto;
      }

      .missing {
        white-space: pre-line;
      }

      .still {
        display: block;
      }
    `,
  ];

  @state() private dtype: Precision = "float64";
  @state() private reply: ParityReply | undefined;
  @state() private running = false;

  protected override open(fields: ReadonlyMap<string, string>): void {
    this.stop();
    this.dtype = fields.get("dtype") === "float32" ? "float32" : "float64";
  }

  protected override link(): ReadonlyMap<string, string> {
    return new Map(this.dtype === "float64" ? [] : [["dtype", this.dtype]]);
  }

  protected override interrupted(): void {
    this.running = false;
  }

  private choose(event: Event): void {
    this.dtype = (event.target as HTMLSelectElement).value as Precision;
    this.remember();
  }

  private run(): void {
    void this.want(async (current) => {
      this.running = true;
      this.refusal = undefined;
      this.spoken = "Training in each framework.";
      const settings = { ...DEFAULT_SETTINGS, dtype: this.dtype };
      const reply = await this.lab.parity({ settings, steps: STEPS });
      if (!current()) return;
      this.running = false;
      this.reply = reply;
      this.spoken = reply.missing === "" ? "Measured." : reply.missing;
    });
  }

  override render() {
    return html`
      <div class="bar">
        <button class="primary" ?disabled=${this.running} @click=${this.run}>
          ${this.running ? "Training…" : "Measure it here"}
        </button>
        <label>
          with numbers of
          <select @change=${this.choose}>
            ${PRECISIONS.map(
              ({ name, label }) =>
                html`<option value=${name} .selected=${name === this.dtype}>
                  ${label}
                </option>`,
            )}
          </select>
        </label>
        <span class="quiet">${this.told()}</span>
      </div>
      ${this.trouble()} ${this.reply ? this.measured(this.reply) : nothing}
      ${this.speech()}
    `;
  }

  /** What the button does, is doing, or has done: the table may be out of sight. */
  private told(): string {
    if (this.running) return "In each framework, and 20 times in NumPy.";
    if (this.reply) return "Measured: see the table below.";
    return `${whole(STEPS)} steps, up to a minute`;
  }

  private measured(reply: ParityReply) {
    const all: readonly (readonly [string, Differences | null])[] = [
      ["PyTorch", reply.torch],
      ["JAX", reply.jax],
      ["TensorFlow", reply.tensorflow],
      ["NumPy, reordered", reply.rounding],
      ["NumPy", reply.numpy],
    ];
    const found = all.filter(
      (each): each is readonly [string, Differences] => !!each[1],
    );
    const row = (title: string, cell: (of: Differences) => string) =>
      html`<tr><th scope="row">${title}</th>${found.map(([, of]) => html`<td>${cell(of)}</td>`)}</tr>`;
    return html`
      <p class="notice missing" ?hidden=${reply.missing === ""}>${reply.missing}</p>
      <div class="table" tabindex="0" role="region" aria-label="Measured here">
        <table>
          <thead>
            <tr>
              <th scope="col">${reply.settings.dtype}</th>
              ${found.map(([heading]) => html`<th scope="col">${heading}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${row("version", ({ version }) => version)}
            ${NAMES.map((name, i) =>
              row(`d${name} at step 0`, ({ gradients }) =>
                power(gradients.data[i] as number),
              ),
            )}
            ${Array.from(reply.moments.data, (moment, k) =>
              row(`parameters, step ${whole(moment)}`, ({ parameters }) =>
                power(
                  Math.max(
                    ...parameters.data.subarray(
                      k * NAMES.length,
                      (k + 1) * NAMES.length,
                    ),
                  ),
                ),
              ),
            )}
            ${row("loss at the end", ({ loss }) => loss.toFixed(6))}
            ${row("accuracy at the end", ({ accuracy }) => `${(100 * accuracy).toFixed(1)}%`)}
            ${row("a step takes", ({ step_time }) => `${whole(Math.round(step_time * 1e6))} µs`)}
          </tbody>
        </table>
      </div>
      <p class="recorded quiet">
        Largest differences from NumPy in ${whole(STEPS)} steps, measured here on
        ${reply.date} with ${reply.machine}.
      </p>
    `;
  }
}

/** A small number, in short, as Python writes it in the recorded tables: 2e-09. */
function power(number: number): string {
  if (number === 0) return "0";
  return number.toExponential(0).replace(/(?<=[+-])\d$/, "0$&");
}

declare global {
  interface HTMLElementTagNameMap {
    "framework-parity": FrameworkParity;
  }
}
