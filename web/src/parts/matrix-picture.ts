import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { keyed } from "lit/directives/keyed.js";
import { contextOf } from "../drawing/canvas";
import { drawMatrix } from "../drawing/matrix";
import { onThemeChange, paletteOf } from "../drawing/palette";
import type { Slice } from "./arithmetic";
import { MatrixPart } from "./matrix-part";
import { pictureStyles } from "./matrix-styles";
import { nameOf, pointAt } from "./pointing";
import { sharedStyles } from "./shared-styles";
import { styled } from "./style";

/** A large array as a picture of coloured cells, with the number that is pointed at. */
@customElement("matrix-picture")
export class MatrixPicture extends MatrixPart {
  static override styles = [sharedStyles, pictureStyles];

  private stopTheme = () => {};
  private readonly resizes = new ResizeObserver(() => this.draw());

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    this.resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.resizes.observe(this.canvas);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("array")) this.draw();
  }

  private get canvas(): HTMLCanvasElement {
    return this.renderRoot.querySelector("canvas") as HTMLCanvasElement;
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0) return;
    const off = (row: number, column: number) => this.note(row, column)?.kind === "off";
    const context = contextOf(this.canvas, width, height);
    drawMatrix(context, this.array, width, height, paletteOf(this), off);
  }

  /** The entry under the pointer. */
  private entryAt(event: MouseEvent): [number, number] {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const [rows, columns] = this.shape;
    const at = (share: number, length: number) =>
      Math.min(Math.max(Math.floor(share * length), 0), length - 1);
    return [
      at((event.clientY - top) / height, rows),
      at((event.clientX - left) / width, columns),
    ];
  }

  override render() {
    const [rows, columns] = this.shape;
    const [row, column] = this.place ?? this.cursor;
    const name = nameOf(this.name, row, column);
    const bands = this.made.filter((slice) => slice.array === this.name);
    // Of some thousand cells only one is in the page. It is a new one wherever it goes,
    // so that it is read out.
    const entry = html`<span
      role="gridcell"
      tabindex="0"
      aria-colindex=${column + 1}
      aria-label=${this.spoken(row, column)}
      data-name=${name}
      class=${classMap({ entry: true, pointed: this.place !== undefined })}
      ${styled(areaOf({ row, column }, rows, columns))}
      @focus=${this.chosen}
    ></span>`;
    return html`<div
      role="grid"
      aria-label=${this.described}
      aria-rowcount=${rows}
      aria-colcount=${columns}
      @keydown=${this.pressed}
    >
      ${this.corners(0)}
      <div
        class="cells"
        role="row"
        aria-rowindex=${row + 1}
        @pointermove=${(event: PointerEvent) =>
          pointAt(nameOf(this.name, ...this.entryAt(event)))}
        @pointerleave=${this.left}
        @click=${(event: MouseEvent) => this.focusAt(...this.entryAt(event))}
      >
        <canvas aria-hidden="true"></canvas>
        ${bands.map(
          (slice) =>
            html`<span class="band" ${styled(areaOf(slice, rows, columns))}></span>`,
        )}
        ${keyed(name, entry)}
      </div>
      ${this.corners(rows - 1)}
      <p class="readout" aria-hidden="true">
        ${this.place ? this.spoken(row, column).replace(" is ", " = ") : nothing}
      </p>
    </div>`;
  }

  /** The first and the last number of a row. */
  private corners(row: number) {
    return html`<p class="corners" aria-hidden="true">
      <span>${this.written(row, 0)}</span>
      <span>${this.written(row, this.shape[1] - 1)}</span>
    </p>`;
  }
}

/** Where in the picture a row, a column or an entry is. */
function areaOf(slice: Omit<Slice, "array">, rows: number, columns: number) {
  const { row, column } = slice;
  const percent = (share: number) => `${100 * share}%`;
  return {
    left: column === undefined ? "0" : percent(column / columns),
    width: column === undefined ? "100%" : percent(1 / columns),
    top: row === undefined ? "0" : percent(row / rows),
    height: row === undefined ? "100%" : percent(1 / rows),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "matrix-picture": MatrixPicture;
  }
}
