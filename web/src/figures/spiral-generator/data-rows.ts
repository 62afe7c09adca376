import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { rowsShown } from "../../drawing/rows";
import { decimal } from "../../format";
import type { SpiralReply } from "../../lab/messages";
import { classMarker } from "../../parts/class-legend";
import { sharedStyles } from "../../parts/shared-styles";

/** Some rows of X and y: the first, those around a chosen one, and the last. */
@customElement("data-rows")
export class DataRows extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      table {
        border-collapse: collapse;
        font-family: var(--mono);
        font-size: 0.8125rem;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        height: 1.5rem;
        padding: 0 0.75rem;
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }

      th {
        color: var(--faint);
      }

      thead th {
        padding-bottom: 0.2rem;
        text-align: center;
        color: var(--ink);
      }

      tbody th {
        padding-left: 0;
        min-width: 3.2rem;
      }

      /* The brackets of an array, open at the rows left out. */
      .x1 {
        border-left: 1px solid var(--faint);
      }

      .x2 {
        border-right: 1px solid var(--faint);
      }

      .gap {
        border: 0;
      }

      .y {
        border-inline: 1px solid var(--faint);
      }

      td.space {
        padding: 0 0.5rem;
      }

      .chosen td,
      .chosen th {
        font-weight: 700;
        color: var(--accent);
      }

      svg {
        width: 0.75rem;
        height: 0.75rem;
        vertical-align: -0.06rem;
      }
    `,
  ];

  @property({ attribute: false }) data: SpiralReply | undefined;
  /** The row to show among others. */
  @property({ type: Number }) chosen = 0;

  override render() {
    const points = this.data?.y.data.length ?? 0;
    return html`<table>
      <thead>
        <tr>
          <td></td>
          <th scope="colgroup" colspan="2">X (${points}, 2)</th>
          <td></td>
          <th scope="col">y (${points},)</th>
        </tr>
      </thead>
      <tbody>
        ${rowsShown(points, this.chosen).map((i) => (i === undefined ? gap() : this.row(i)))}
      </tbody>
    </table>`;
  }

  private row(i: number) {
    const { X, y } = this.data as SpiralReply;
    const label = y.data[i] as number;
    return html`<tr class=${i === this.chosen ? "chosen" : ""}>
      <th scope="row">${i}</th>
      <td class="x1">${decimal(X.data[2 * i] as number, 3)}</td>
      <td class="x2">${decimal(X.data[2 * i + 1] as number, 3)}</td>
      <td class="space"></td>
      <td class="y">${classMarker(label)} ${label}</td>
    </tr>`;
  }
}

function gap() {
  return html`<tr aria-hidden="true">
    <th>⋮</th>
    <td class="gap">⋮</td>
    <td class="gap">⋮</td>
    <td class="space"></td>
    <td class="gap">⋮</td>
  </tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "data-rows": DataRows;
  }
}
