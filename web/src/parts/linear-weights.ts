import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { MOST_CLASSES } from "../drawing/palette";
import { decimal } from "../format";
import type { NumericArray } from "../lab/messages";
import { classMarker } from "./class-legend";
import { sharedStyles } from "./shared-styles";

/** The weights and biases of one layer that gives scores: a column for each class. */
@customElement("linear-weights")
export class LinearWeights extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 0.15rem 0 0.15rem 0.5rem;
        text-align: right;
        white-space: nowrap;
        font-weight: 400;
      }

      thead th {
        padding-bottom: 0.3rem;
      }

      tbody th {
        padding-left: 0;
        text-align: left;
      }

      td,
      .name {
        font-family: var(--mono);
        font-size: 0.8125rem;
      }

      .shape {
        color: var(--faint);
        font-size: 0.75rem;
      }

      .last td,
      .last th {
        padding-bottom: 0.4rem;
      }

      .bias td,
      .bias th {
        border-top: 1px solid var(--line);
        padding-top: 0.4rem;
      }

      svg {
        width: 0.85rem;
        height: 0.85rem;
        vertical-align: -0.1rem;
      }
    `,
  ];

  /** (2, K) */
  @property({ attribute: false }) W: NumericArray | undefined;
  /** (1, K) */
  @property({ attribute: false }) b: NumericArray | undefined;
  @property({ type: Number }) classes = 3;
  /** What W and b are called. */
  @property() weights = "W";
  @property() biases = "b";
  /** Whether the names of the classes are left to their markers. */
  @property({ type: Boolean }) narrow = false;

  override render() {
    const labels = Array.from(
      { length: Math.min(this.classes, MOST_CLASSES) },
      (_, k) => k,
    );
    const numbers = (array: NumericArray | undefined, row: number) =>
      labels.map((k) => {
        const value = array?.data[row * this.classes + k];
        return html`<td>${value === undefined ? "–" : decimal(value, this.narrow ? 2 : 3)}</td>`;
      });
    const name = (what: string, rows: number) =>
      html`<span class="name">${what}</span>${this.narrow ? html`<br />` : " "}<span class="shape">(${rows}, ${this.classes})</span>`;
    return html`<table>
      <thead>
        <tr>
          <td></td>
          ${labels.map((k) => html`<th scope="col">${classMarker(k)} ${this.narrow ? k : `class ${k}`}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="rowgroup" rowspan="2">${name(this.weights, 2)}</th>
          ${numbers(this.W, 0)}
        </tr>
        <tr class="last">${numbers(this.W, 1)}</tr>
        <tr class="bias">
          <th scope="row">${name(this.biases, 1)}</th>
          ${numbers(this.b, 0)}
        </tr>
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "linear-weights": LinearWeights;
  }
}
