import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
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
/** Of a run in the page; the recorded ones are longer. */
const STEPS = 1000;

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

      .table {
        margin: 0.75rem 0 1.5rem;
        overflow-x: auto;
      }

      table {
        margin: 0 auto;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 0.4rem 1.2rem 0.4rem 0;
        text-align: left;
        white-space: nowrap;
        border-bottom: 1px solid var(--line);
      }

      tbody th {
        font-weight: normal;
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
                html`<option value=${name} ?selected=${name === this.dtype}>
                  ${label}
                </option>`,
            )}
          </select>
        </label>
        <span class="quiet">${STEPS} steps, up to a minute</span>
      </div>
      ${this.trouble()} ${this.reply ? this.measured(this.reply) : nothing}
      ${this.speech()}
    `;
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
              row(`parameters, step ${moment}`, ({ parameters }) =>
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
          </tbody>
        </table>
      </div>
      <p class="quiet">
        Measured here on ${reply.date} with ${reply.machine}.
      </p>
    `;
  }
}

/** A small number, in short. */
function power(number: number): string {
  return number === 0 ? "0" : number.toExponential(0);
}

declare global {
  interface HTMLElementTagNameMap {
    "framework-parity": FrameworkParity;
  }
}
