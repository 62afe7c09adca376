import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { sharedStyles } from "./shared-styles";
import { timeStops } from "./stops";
import "./setting-slider";

/** Steps of training for each picture drawn; the last means as many as there is time for. */
export const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, Number.POSITIVE_INFINITY];

/**
 * Buttons that move a run, and the slider that goes back in it.
 *
 * @fires {CustomEvent} toggle - Auto or Pause
 * @fires {CustomEvent} step - one step
 * @fires {CustomEvent} reset - back to step 0, same weights
 * @fires {CustomEvent} new-weights - back to step 0, other weights
 * @fires {CustomEvent<number>} scrub - show this step
 * @fires {CustomEvent<number>} speed - steps a frame
 */
@customElement("run-controls")
export class RunControls extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(10rem, 1fr) 11rem;
        gap: 0.5rem 2rem;
        align-items: start;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      .toggle {
        min-width: 5.5rem;
      }

      :host([steady]) {
        grid-template-columns: auto minmax(10rem, 1fr);
      }

      @container (max-width: 46rem) {
        :host,
        :host([steady]) {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          align-items: end; /* where a label takes two lines */
        }

        :host([steady]) .time {
          grid-column: 1 / -1;
        }

        .buttons {
          grid-column: 1 / -1;
        }
      }

      @media print {
        :host {
          display: none;
        }
      }

      @container (max-width: 26rem) {
        :host {
          gap: 0.5rem 1rem;
        }

        button {
          flex: 1 1 auto;
          padding: 0.25rem 0.4rem;
        }
      }
    `,
  ];

  /** What the button says that starts the run. */
  @property() label = "Auto";
  @property({ type: Boolean }) running = false;
  /** Whether there is something to run; Reset also ends a long replay. */
  @property({ type: Boolean }) ready = false;
  /** The step shown now. */
  @property({ type: Number }) step = 0;
  /** The last step of the run so far. */
  @property({ type: Number }) end = 0;
  @property({ type: Number }) speed = 5;
  /** Whether the speed is not the reader's to set. */
  @property({ type: Boolean, reflect: true }) steady = false;

  private tell(name: string, detail?: number): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  override render() {
    const button = (name: string, label: string, title: string, ready = this.ready) =>
      html`<button title=${title} ?disabled=${!ready} @click=${() => this.tell(name)}>
        ${label}
      </button>`;
    return html`
      <div class="buttons">
        <button
          class="primary toggle"
          title="Train, step after step"
          ?disabled=${!this.ready}
          @click=${() => this.tell("toggle")}
        >
          ${this.running ? "Pause" : this.label}
        </button>
        ${button("step", "Step", "Take one step of gradient descent")}
        ${button("reset", "Reset", "Back to step 0 with the same initial weights", true)}
        ${button("new-weights", "New weights", "Start with other initial weights")}
      </div>
      <setting-slider
        class="time"
        label="Time, in steps"
        .stops=${timeStops(this.end)}
        .value=${this.step}
        @set=${({ detail }: CustomEvent<number>) => this.tell("scrub", detail)}
      ></setting-slider>
      ${this.steady ? nothing : this.pace()}
    `;
  }

  private pace() {
    return html`<setting-slider
      class="speed"
      label="Steps a frame"
      .free=${false}
      .stops=${SPEEDS}
      .value=${this.speed}
      .write=${(speed: number) => (Number.isFinite(speed) ? String(speed) : "as fast as it goes")}
      @set=${({ detail }: CustomEvent<number>) => this.tell("speed", detail)}
    ></setting-slider>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "run-controls": RunControls;
  }
}
