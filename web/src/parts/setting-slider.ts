import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { sharedStyles } from "./shared-styles";
import { nearestStop } from "./stops";

/**
 * One number: a slider over a list of stops, and a field that takes any value.
 *
 * @fires {CustomEvent<number>} set - the reader chose another value
 */
@customElement("setting-slider")
export class SettingSlider extends LitElement {
  static override shadowRootOptions = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  static override styles = [
    sharedStyles,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 0.25rem;
        min-height: 1.75rem;
      }

      output {
        text-align: right;
      }

      .field {
        flex: 1 0 auto; /* at least as wide as its text, see size */
        max-width: 4.5rem;
        margin-left: auto;
        padding: 0.1rem 0.2rem;
        font: inherit;
        font-variant-numeric: tabular-nums;
        color: inherit;
        text-align: right;
        background: none;
        border: 1px solid transparent;
        border-bottom-color: var(--line);
      }

      .field:hover {
        border-color: var(--line);
      }

      .field[aria-invalid="true"] {
        border-color: var(--wrong);
      }

      .slider {
        display: block;
        width: 100%;
        height: 1.75rem;
        margin: 0;
        accent-color: var(--accent);
      }

      .error {
        color: var(--wrong);
      }
    `,
  ];

  @property() label = "";
  /** The values the slider stops at, from small to large. */
  @property({ attribute: false }) stops: readonly number[] = [];
  @property({ type: Number }) value = 0;
  /** Why a value was refused; empty when all is well. */
  @property() error = "";
  /** How to write a value, where it is not simply the number. */
  @property({ attribute: false }) write: (value: number) => string = String;
  /** Whether values between the stops can be typed. */
  @property({ type: Boolean }) free = true;

  /** What the field holds while the reader is in it, whatever the value does. */
  @state() private draft: string | undefined;
  /** What the reader entered, when it is no number. */
  @state() private nonsense: string | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("value")) this.nonsense = undefined;
  }

  private set(value: number): void {
    this.dispatchEvent(new CustomEvent("set", { detail: value }));
  }

  private slid(event: Event): void {
    const place = (event.target as HTMLInputElement).valueAsNumber;
    this.set(this.stops[place] as number);
  }

  private typed(event: Event): void {
    this.draft = (event.target as HTMLInputElement).value;
  }

  private entered(event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const value = Number(text.replace(",", "."));
    const isNumber = text !== "" && !Number.isNaN(value);
    this.draft = undefined;
    this.nonsense = isNumber ? undefined : text;
    if (isNumber) this.set(value);
    this.requestUpdate(); // also when nothing changed: the field shows the value again
  }

  private left(): void {
    this.draft = undefined; // typed and taken back: that is no change to a browser
  }

  override render() {
    const written = this.write(this.value);
    const error =
      this.nonsense === undefined ? this.error : `“${this.nonsense}” is not a number.`;
    return html`
      <div class="line">
        <label for="slider">${this.label}</label>
        ${
          this.free
            ? html`<input
              class="field"
              size=${Math.max(3, written.length)}
              inputmode="decimal"
              autocomplete="off"
              aria-label="${this.label}, exact value"
              aria-invalid=${error !== ""}
              aria-describedby="error"
              .value=${live(this.draft ?? this.nonsense ?? written)}
              @focus=${this.typed}
              @input=${this.typed}
              @change=${this.entered}
              @blur=${this.left}
            />`
            : html`<output>${written}</output>`
        }
      </div>
      <input
        id="slider"
        class="slider"
        type="range"
        min="0"
        max=${this.stops.length - 1}
        step="1"
        aria-valuetext=${written}
        .value=${String(nearestStop(this.stops, this.value))}
        @input=${this.slid}
      />
      <p id="error" class="error" role="alert">${error}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "setting-slider": SettingSlider;
  }
}
