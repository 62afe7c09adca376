import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import type { NumericArray } from "../lab/messages";
import type { Slice } from "./arithmetic";
import { arrayOf, hold, onPointing, pointAt, pointed, shownArray } from "./pointing";
import "./matrix-numbers";
import "./matrix-picture";
import type { Notes } from "./matrix-part";
import { matrixStyles, pictureStyles } from "./matrix-styles";
import { sharedStyles } from "./shared-styles";

/** Most entries along one axis that are shown as numbers. */
const MOST_NUMBERS = 20;

/**
 * An array: its name, its shape and its numbers; a large one as a picture.
 *
 * @slot - stands after the shape
 */
@customElement("matrix-view")
export class MatrixView extends LitElement {
  static override styles = [
    sharedStyles,
    matrixStyles,
    pictureStyles,
    css`
      :host {
        min-width: 0;
      }

      :host([beside]) {
        display: grid;
        grid-template-columns: 6.4rem max-content;
        align-items: start;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.45rem;
        white-space: nowrap;
      }

      :host([beside]) .head {
        position: sticky;
        left: 0;
        z-index: 1;
        padding: 0.25rem 0;
        background: var(--paper);
      }

      .name {
        padding: 0.05rem 0.2rem;
        margin-left: -0.2rem;
        border-radius: 0.2rem;
        font-family: var(--mono);
        font-size: 0.8125rem;
        cursor: default;
      }

      :host([now]) {
        --bracket: var(--accent);
      }

      :host([now]) .name {
        color: var(--accent);
        font-weight: 600;
      }

      :host .head.pointed .name {
        color: var(--paper);
        background: var(--accent);
      }

      .shape {
        color: var(--faint);
        font-size: 0.75rem;
        font-variant-numeric: tabular-nums;
      }

      @container (max-width: 30rem) {
        :host([beside]) {
          grid-template-columns: max-content;
        }

        :host([beside]) .head {
          padding: 0.1rem 0;
          width: max-content;
        }
      }
    `,
  ];

  /** The name its values have, see pointing.ts. */
  @property() name = "";
  /** Its numbers; as long as they are still to come, their places are kept. */
  @property({ attribute: false }) array: NumericArray | undefined;
  /** Rows and columns of what is to come. */
  @property({ attribute: false }) expected: readonly [number, number] = [1, 1];
  /** What is special about an entry. */
  @property({ attribute: false }) note: Notes = () => undefined;
  /** Slices, of this array or others, that made what is pointed at. */
  @property({ attribute: false }) made: readonly Slice[] = [];
  /** The value that is explained now. */
  @property() subject = "";
  /** Whether the name and shape stand to the left, and all scrolls with what is around. */
  @property({ type: Boolean, reflect: true }) beside = false;
  /** Whether this is what the current stage makes. */
  @property({ type: Boolean, reflect: true }) now = false;

  @state() private pointedName: string | undefined;

  private stopPointing = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.pointedName = pointed();
    this.stopPointing = onPointing((name) => {
      this.pointedName = name;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPointing();
  }

  override render() {
    const [rows, columns] = this.array?.shape ?? this.expected;
    const { name } = this;
    return html`
      <p class=${classMap({ head: true, pointed: arrayOf(this.pointedName) === name })}>
        <span
          class="name"
          @pointerenter=${() => pointAt(name)}
          @pointerleave=${() => pointAt(undefined)}
          @click=${() => hold(name)}
          >${shownArray(name)}</span
        >
        <span class="shape">(${rows}, ${columns})</span>
        <slot></slot>
      </p>
      ${this.entries(rows as number, columns as number)}
    `;
  }

  private entries(rows: number, columns: number) {
    const large = Math.max(rows, columns) > MOST_NUMBERS;
    const { name, array, note, made, subject } = this;
    if (!array) {
      return large ? html`<div class="blank"></div>` : this.places(rows, columns);
    }
    if (large) {
      return html`<matrix-picture
        .name=${name}
        .array=${array}
        .note=${note}
        .made=${made}
        .subject=${subject}
      ></matrix-picture>`;
    }
    return html`<matrix-numbers
      .name=${name}
      .array=${array}
      .note=${note}
      .made=${made}
      .subject=${subject}
      .scroller=${this.beside ? (this.closest(".scroller") ?? this) : undefined}
    ></matrix-numbers>`;
  }

  /** As large as the numbers will be. */
  private places(rows: number, columns: number) {
    return html`<div class=${classMap({ scroll: true, empty: !this.beside, carried: this.beside })}>
      <table class="brackets" aria-hidden="true">
        ${Array.from(
          { length: rows },
          () => html`<tr>
            ${Array.from({ length: columns }, () => html`<td class="ahead">·</td>`)}
          </tr>`,
        )}
      </table>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "matrix-view": MatrixView;
  }
}
