import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { decimal } from "../format";
import type { NumericArray } from "../lab/messages";
import { type Arrays, entryOf, equationOf, placesOf, type Term } from "./arithmetic";
import {
  arrayOf,
  hold,
  marks,
  onPointing,
  pointAt,
  pointed,
  shownName,
} from "./pointing";
import { sharedStyles } from "./shared-styles";

/** How one value came about, with the actual numbers; each of them can be pointed at. */
@customElement("value-arithmetic")
export class ValueArithmetic extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        min-height: 6.3rem;
        font-variant-numeric: tabular-nums;
      }

      .equation {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 0.1rem 0.6rem;
        line-height: 1.7;
      }

      .subject {
        font-family: var(--mono);
        font-size: 0.8125rem;
      }

      .side {
        text-indent: -1.2rem;
        padding-left: 1.2rem;
      }

      button {
        display: inline;
        min-height: 1.5rem;
        padding: 0 0.15rem;
        border: 0;
        border-bottom: 1px solid var(--line);
        border-radius: 0.2rem 0.2rem 0 0;
        background: none;
        text-indent: 0;
        cursor: pointer;
      }

      button:hover,
      button.pointed {
        color: var(--paper);
        background: var(--accent);
      }

      .term {
        white-space: nowrap;
      }

      .result {
        font-weight: 600;
      }

      @container (max-width: 40rem) {
        .equation {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  /** The value's name, see pointing.ts. */
  @property() name = "";
  @property({ attribute: false }) arrays: Arrays = new Map();
  /** What to say of it besides. */
  @property() remark = "";

  /** The number that can be tabbed to; arrow keys go on from there. */
  @state() private at = 0;

  private stop = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = onPointing(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("name")) this.at = 0;
  }

  private get buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll("button")];
  }

  private pressed(event: KeyboardEvent): void {
    const { key } = event;
    const next = this.at + (key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0);
    if (next === this.at || !this.buttons[next]) return;
    event.preventDefault();
    this.buttons[next].focus();
  }

  private entered(event: FocusEvent): void {
    const at = this.buttons.indexOf(event.target as HTMLButtonElement);
    if (at >= 0) this.at = at;
  }

  /** Only one number can be tabbed to: which one is known when all are there. */
  protected override updated(): void {
    for (const [i, button] of this.buttons.entries()) {
      button.tabIndex = i === Math.min(this.at, this.buttons.length - 1) ? 0 : -1;
    }
  }

  override render() {
    const { name, arrays } = this;
    const equation = equationOf(name, arrays);
    const value = entryOf(name, arrays);
    if (value === undefined) return nothing;
    const sides = equation ?? [[{ name, bracketed: false }]];
    return html`<div class="equation" @keydown=${this.pressed} @focusin=${this.entered}>
        <span class="subject">${shownName(name)}</span>
        <div>
          ${sides.map(
            (side, i) =>
              html`<p class=${classMap({ side: true, result: i === sides.length - 1 })}>
                = ${side.map((term) => this.term(term))}
              </p>`,
          )}
        </div>
      </div>
      <p class="quiet">${this.remark}</p>`;
  }

  private term(term: Term) {
    if (typeof term === "string") return term;
    const { name, bracketed } = term;
    const value = entryOf(name, this.arrays) ?? 0;
    const array = arrayOf(name) as string;
    const places = placesOf(array, this.arrays.get(array) as NumericArray);
    const plain = value === 0 || array === "reg";
    const written = plain ? String(value) : decimal(value, places);
    if (name === this.name) return html`<span data-name=${name}>${written}</span>`;
    const inBrackets = bracketed && written.startsWith("−");
    return html`<span class="term">${inBrackets ? "(" : nothing}<button
        class=${classMap({ pointed: marks(pointed(), name) })}
        data-name=${name}
        title=${shownName(name)}
        aria-label="${shownName(name)}, ${written}"
        @pointerenter=${() => pointAt(name, this)}
        @pointerleave=${() => pointAt(undefined, this)}
        @focus=${() => pointAt(name, this)}
        @blur=${() => pointAt(undefined, this)}
        @click=${() => hold(name)}
      >${written}</button>${inBrackets ? ")" : nothing}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "value-arithmetic": ValueArithmetic;
  }
}
