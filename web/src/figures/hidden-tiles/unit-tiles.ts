import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { contextOf } from "../../drawing/canvas";
import { onThemeChange, paletteOf } from "../../drawing/palette";
import { drawTiles, layoutOf, type Units } from "../../drawing/tiles";
import { sharedStyles } from "../../parts/shared-styles";

/** Smallest tile that has room for a word. */
const ROOM_FOR_WORD = 40;

/**
 * A tile for each hidden unit, one of which is picked.
 *
 * @fires {CustomEvent<number>} pick - the reader picked a unit
 */
@customElement("unit-tiles")
export class UnitTiles extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .tiles {
        position: relative;
        display: grid;
      }

      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }

      [role="row"] {
        display: contents;
      }

      [role="gridcell"] {
        position: relative;
        cursor: pointer;
        border-radius: 0.15rem;
      }

      [role="gridcell"]:hover {
        outline: 1px solid var(--ink);
        outline-offset: 1px;
      }

      [aria-selected="true"] {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }

      [role="gridcell"]:focus-visible {
        outline: 3px solid var(--accent);
        outline-offset: 1px;
      }

      .dead {
        position: absolute;
        inset-inline: 0;
        top: 0.3rem;
        font-size: 0.75rem;
        line-height: 1.3;
        text-align: center;
      }

      .dead span {
        padding: 0 0.3rem 0.05rem;
        border-radius: 0.2rem;
        background: var(--paper);
      }
    `,
  ];

  @property({ attribute: false }) units: Units | undefined;
  /** How many there are, also while nothing is known of them. */
  @property({ type: Number }) count = 0;
  /** The unit picked. */
  @property({ type: Number }) unit = 0;
  /** The tiles show the plane from -extent to extent. */
  @property({ type: Number }) extent = 1.1;

  @state() private width = 0;

  private stopTheme = () => {};
  private readonly resizes = new ResizeObserver(() => {
    this.width = this.clientWidth;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.requestUpdate());
    this.resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    this.resizes.disconnect();
  }

  private get tiles(): HTMLElement {
    return this.renderRoot.querySelector(".tiles") as HTMLElement;
  }

  protected override updated(): void {
    const { width, count } = this;
    if (width === 0) return;
    const layout = layoutOf(count, width);
    const { style } = this.tiles;
    style.gridTemplateColumns = `repeat(${layout.columns}, ${layout.side}px)`;
    style.gridAutoRows = `${layout.side + layout.bars}px`;
    style.gap = `${layout.gap}px`;
    if (!this.units) return;
    const canvas = this.renderRoot.querySelector("canvas") as HTMLCanvasElement;
    const context = contextOf(canvas, width, layout.height);
    drawTiles(context, this.units, layout, this.extent, paletteOf(this));
  }

  private pick(unit: number): void {
    if (unit < 0 || unit >= this.count) return;
    this.dispatchEvent(new CustomEvent("pick", { detail: unit }));
  }

  private pressed(event: KeyboardEvent): void {
    const { columns } = layoutOf(this.count, this.width);
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: this.unit - 1,
      ArrowRight: this.unit + 1,
      ArrowUp: this.unit - columns,
      ArrowDown: this.unit + columns,
      Home: 0,
      End: this.count - 1,
    };
    const unit = moves[event.key];
    if (unit === undefined) return;
    event.preventDefault();
    this.pick(unit);
    this.renderRoot.querySelectorAll<HTMLElement>("[role=gridcell]")[unit]?.focus();
  }

  override render() {
    const { columns, rows, side } = layoutOf(this.count, Math.max(this.width, 1));
    const row = (index: number) => {
      const start = index * columns;
      const length = Math.min(columns, this.count - start);
      return html`<div role="row">
        ${Array.from({ length }, (_, i) => this.cell(start + i, side))}
      </div>`;
    };
    return html`<div
      class="tiles"
      role="grid"
      aria-label="Hidden units"
      @keydown=${this.pressed}
    >
      <canvas aria-hidden="true"></canvas>
      ${Array.from({ length: rows }, (_, index) => row(index))}
    </div>`;
  }

  private cell(unit: number, side: number) {
    const { on, dead, points } = this.units?.features ?? {};
    const isDead = dead?.data[unit] === 1;
    const words = isDead ? "dead" : `on for ${on?.data[unit]} of ${points} points`;
    return html`<div
      role="gridcell"
      tabindex=${unit === this.unit ? 0 : -1}
      aria-selected=${unit === this.unit}
      aria-label="Unit ${unit}${this.units ? `: ${words}` : ""}"
      title="Unit ${unit}"
      @click=${() => this.pick(unit)}
    >
      ${
        isDead && side >= ROOM_FOR_WORD
          ? html`<div class="dead" aria-hidden="true"><span>dead</span></div>`
          : ""
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "unit-tiles": UnitTiles;
  }
}
