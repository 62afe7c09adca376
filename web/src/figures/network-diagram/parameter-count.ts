import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { whole } from "../../format";
import { sharedStyles } from "../../parts/shared-styles";

/** How many parameters the arrays of a network hold, one by one and in all. */
@customElement("parameter-count")
export class ParameterCount extends LitElement {
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
        padding: 0.3rem 0;
        font-weight: 400;
        text-align: right;
        border-bottom: 1px solid var(--line);
      }

      th:first-child {
        text-align: left;
      }

      thead th {
        color: var(--faint);
      }

      tbody th,
      .shape {
        font-family: var(--mono);
        font-size: 0.8125rem;
      }

      .all th,
      .all td {
        font-weight: 600;
        border: 0;
      }

      .all th {
        font-family: inherit;
        font-size: inherit;
      }
    `,
  ];

  /** Name and shape of each array. */
  @property({ attribute: false }) arrays: readonly (readonly [
    name: string,
    shape: readonly [number, number],
  ])[] = [];

  override render() {
    const sizes = this.arrays.map(([, [rows, columns]]) => rows * columns);
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Array</th>
          <th scope="col">Shape</th>
          <th scope="col">Parameters</th>
        </tr>
      </thead>
      <tbody>
        ${this.arrays.map(
          ([name, shape], i) => html`<tr>
            <th scope="row">${name}</th>
            <td class="shape">(${shape.join(", ")})</td>
            <td>${whole(sizes[i] as number)}</td>
          </tr>`,
        )}
        <tr class="all">
          <th scope="row">All</th>
          <td></td>
          <td>${whole(sizes.reduce((sum, size) => sum + size, 0))}</td>
        </tr>
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parameter-count": ParameterCount;
  }
}
