import { css, html, LitElement, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { decimal } from "../../format";
import { classMarker } from "../../parts/class-legend";
import { sharedStyles } from "../../parts/shared-styles";

/** The sliders reach from -LEAST to LEAST, or as far as the scores do. */
const LEAST = 3;

/**
 * One score for each class, to be dragged, and which class is the right one.
 *
 * @fires {CustomEvent<{label: number, score: number}>} score - a score was dragged
 * @fires {CustomEvent<number>} right - the right class was chosen
 */
@customElement("score-sliders")
export class ScoreSliders extends LitElement {
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
        height: 2.75rem;
        padding: 0;
        font-weight: 400;
        text-align: left;
        white-space: nowrap;
      }

      thead th,
      thead td {
        height: 1.75rem;
        color: var(--faint);
      }

      .class {
        width: 5.5rem;
      }

      th svg {
        width: 0.9rem;
        height: 0.9rem;
        vertical-align: -0.12rem;
      }

      .number {
        width: 3.5rem;
        text-align: right;
      }

      .y {
        width: 4.5rem;
        text-align: center;
      }

      @container (max-width: 26rem) {
        .word {
          display: none;
        }

        .class {
          width: 3rem;
        }

        .number {
          width: 2.6rem;
        }

        .y {
          width: 3.5rem;
        }
      }

      .slider {
        position: relative;
        height: 2.75rem;
      }

      /* As far as the middle of the thumb goes. */
      .slider svg {
        position: absolute;
        top: 0;
        left: 0.625rem;
        width: calc(100% - 1.25rem);
        height: 100%;
        overflow: visible;
      }

      .track {
        stroke: var(--line);
        stroke-width: 2;
      }

      .zero {
        stroke: var(--faint);
      }

      input[type="range"] {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        background: none;
        appearance: none;
        cursor: grab;
      }

      input[type="range"]:active {
        cursor: grabbing;
      }

      input[type="range"]::-webkit-slider-thumb {
        width: 1.25rem;
        height: 1.25rem;
        appearance: none;
        border: 2px solid var(--paper);
        border-radius: 50%;
        background: var(--accent);
      }

      input[type="range"]::-moz-range-thumb {
        width: 1rem;
        height: 1rem;
        border: 2px solid var(--paper);
        border-radius: 50%;
        background: var(--accent);
      }

      input[type="radio"] {
        width: 1.1rem;
        height: 1.1rem;
        vertical-align: middle;
      }
    `,
  ];

  @property({ attribute: false }) scores: readonly number[] = [];
  /** The right class. */
  @property({ type: Number }) right = 0;

  private tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  override render() {
    const reach = Math.ceil(Math.max(LEAST, ...this.scores.map(Math.abs)));
    return html`<table>
      <thead>
        <tr>
          <th scope="col" class="class">Class</th>
          <th scope="col">Score</th>
          <td></td>
          <th scope="col" class="y">Label</th>
        </tr>
      </thead>
      <tbody>
        ${this.scores.map((score, label) => this.row(label, score, reach))}
      </tbody>
    </table>`;
  }

  private row(label: number, score: number, reach: number) {
    const dragged = (event: Event) =>
      this.tell("score", {
        label,
        score: (event.target as HTMLInputElement).valueAsNumber,
      });
    return html`<tr>
      <th scope="row" class="class">${classMarker(label)} <span class="word">class</span> ${label}</th>
      <td>
        <div class="slider">
          ${bar(label, score / reach)}
          <input
            type="range"
            min=${-reach}
            max=${reach}
            step="0.1"
            aria-label="Score of class ${label}"
            .value=${String(score)}
            @input=${dragged}
          />
        </div>
      </td>
      <td class="number">${decimal(score, 1)}</td>
      <td class="y">
        <input
          type="radio"
          name="right"
          aria-label="Class ${label} is the right one"
          .checked=${this.right === label}
          @change=${() => this.tell("right", label)}
        />
      </td>
    </tr>`;
  }
}

/** From the middle, where a score is 0, to the score: a part of the half, -1 to 1. */
function bar(label: number, part: number) {
  const [from, width] = [50 + 50 * Math.min(part, 0), 50 * Math.abs(part)];
  return html`<svg aria-hidden="true">
    <line class="track" x2="100%" y1="50%" y2="50%"></line>
    <line class="zero" x1="50%" x2="50%" y1="25%" y2="75%"></line>
    ${svg`<rect x="${from}%" y="38%" width="${width}%" height="24%" fill="var(--class-${label})"></rect>`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "score-sliders": ScoreSliders;
  }
}
