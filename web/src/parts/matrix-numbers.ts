import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { largestOf, strength } from "../drawing/matrix";
import { covers } from "./arithmetic";
import { MatrixPart } from "./matrix-part";
import { matrixStyles } from "./matrix-styles";
import { nameOf } from "./pointing";
import { sharedStyles } from "./shared-styles";
import { styled } from "./style";

/** A small array as a grid of numbers. */
@customElement("matrix-numbers")
export class MatrixNumbers extends MatrixPart {
  static override styles = [
    sharedStyles,
    matrixStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  /** What scrolls around it; if nothing does, it scrolls in itself. */
  @property({ attribute: false }) scroller: Element | undefined;

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("pointedName")) this.bringIntoSight();
  }

  /** Scroll the entry pointed at into sight: within the array, not the page. */
  private bringIntoSight(): void {
    const cell = this.renderRoot.querySelector("td.pointed");
    const scroller = this.scroller ?? this.renderRoot.querySelector(".scroll");
    if (!cell || !scroller || scroller.scrollWidth <= scroller.clientWidth) return;
    const [inner, outer] = [cell, scroller].map((each) => each.getBoundingClientRect());
    if (!inner || !outer) return;
    if (inner.left < outer.left) scroller.scrollLeft -= outer.left - inner.left + 8;
    if (inner.right > outer.right) scroller.scrollLeft += inner.right - outer.right + 8;
  }

  override render() {
    const [rows, columns] = this.shape;
    const largest = largestOf(this.array);
    return html`<div
      class=${classMap({ scroll: true, carried: this.scroller !== undefined })}
      @pointerover=${this.over}
      @pointerleave=${this.left}
      @focusin=${this.chosen}
      @click=${this.chosen}
      @keydown=${this.pressed}
    >
      <table class="brackets" role="grid" aria-label=${this.described}>
        ${Array.from(
          { length: rows },
          (_, row) => html`<tr>
            ${Array.from({ length: columns }, (_, column) => this.cell(row, column, largest))}
          </tr>`,
        )}
      </table>
    </div>`;
  }

  private cell(row: number, column: number, largest: number) {
    const value = this.value(row, column);
    const name = nameOf(this.name, row, column);
    const classes = {
      [this.note(row, column)?.kind ?? "plain"]: true,
      negative: value < 0,
      pointed: name === this.pointedName,
      made: covers(this.made, this.name, row, column),
      subject: name === this.subject,
    };
    const here = row === this.cursor[0] && column === this.cursor[1];
    return html`<td
      role="gridcell"
      tabindex=${here ? 0 : -1}
      data-name=${name}
      data-value=${value}
      class=${classMap(classes)}
      ${styled({ "--strength": strength(value, largest).toFixed(3) })}
      aria-label=${this.spoken(row, column)}
    >${this.written(row, column)}</td>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "matrix-numbers": MatrixNumbers;
  }
}
