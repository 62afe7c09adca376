import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Settings } from "../../lab/messages";
import { sharedStyles } from "../../parts/shared-styles";

type Engine = Settings["engine"];

/**
 * What does the arithmetic.
 *
 * @fires {CustomEvent<Engine>} choose - the reader chose another
 */
@customElement("engine-choice")
export class EngineChoice extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 1rem;
        margin-top: 0.25rem;
      }

      .error {
        color: var(--wrong);
      }

      .late {
        animation: late 0.4s step-end; /* most engines are there by then */
      }

      @keyframes late {
        from {
          visibility: hidden;
        }
      }
    `,
  ];

  @property() engine: Engine = "numpy";
  /** Whether the lab's answer is still to come: at first, a framework takes seconds. */
  @property({ type: Boolean }) starting = false;
  /** Why it was refused; empty when all is well. */
  @property() error = "";

  private choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.dispatchEvent(new CustomEvent("choose", { detail: value as Engine }));
  }

  override render() {
    return html`
      <div>
        <label for="engine">Engine</label>
        <select
          id="engine"
          .value=${live(this.engine)}
          aria-invalid=${this.error !== ""}
          aria-describedby="error"
          @change=${this.choose}
        >
          <option value="numpy">NumPy</option>
          <option value="fused">fused</option>
          <option value="torch">PyTorch</option>
          <option value="jax">JAX</option>
          <option value="tensorflow">TensorFlow</option>
        </select>
        <p role="status" class="late quiet" ?hidden=${!this.starting}>
          Starting; it takes some seconds.
        </p>
        <p id="error" class="error" role="alert" ?hidden=${this.error === ""}>
          ${this.error}
        </p>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "engine-choice": EngineChoice;
  }
}
