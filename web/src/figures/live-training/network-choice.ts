import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { missing } from "../../exercises/network";
import { inline } from "../../exercises/report-view";
import { whyNot } from "../../exercises/server";
import { followWork, onWork } from "../../exercises/work";
import { sharedStyles } from "../../parts/shared-styles";

followWork();

/** Whether the reader's network can be trained here. */
export function canTrain(): boolean {
  return whyNot() === undefined && missing().length === 0;
}

/**
 * Whose network trains: the package's, or the reader's own, once it is complete.
 *
 * @fires {CustomEvent<boolean>} choose - the reader's own, or not
 */
@customElement("network-choice")
export class NetworkChoice extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .choice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 1rem;
      }

      .choice > :first-child {
        font-weight: 600;
      }

      .disabled {
        color: var(--faint);
      }

      .said {
        min-height: 1.4em;
      }

      .parted {
        padding-left: 0.75rem;
        border-left: 3px solid var(--wrong);
      }

      a {
        color: var(--accent);
      }

      @container (max-width: 26rem) {
        .choice > :first-child {
          flex-basis: 100%;
          min-height: 0;
        }
      }
    `,
  ];

  /** Whether the reader's own trains now. */
  @property({ type: Boolean }) mine = false;
  /** How the two compare. Markdown. */
  @property() compared = "";
  /** Whether they do not do the same. */
  @property({ type: Boolean }) parted = false;

  private stopListening = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = onWork(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening();
  }

  override render() {
    const able = this.mine || canTrain();
    return html`
      <div class="choice" role="radiogroup" aria-label="Whose network trains">
        <span aria-hidden="true">Whose network trains</span>
        ${this.radio(false, "the package’s", true)} ${this.radio(true, "my network", able)}
      </div>
      <p class="said ${this.parted ? "parted" : "quiet"}" id="said" aria-live="polite">
        ${this.mine ? inline(this.compared) : able ? nothing : this.open()}
      </p>
    `;
  }

  private radio(mine: boolean, label: string, able: boolean) {
    return html`<label class=${able ? "" : "disabled"}>
      <input
        type="radio"
        name="network"
        .checked=${live(this.mine === mine)}
        ?disabled=${!able}
        aria-describedby=${mine ? "said" : nothing}
        @change=${() => this.dispatchEvent(new CustomEvent("choose", { detail: mine }))}
      />
      ${label}
    </label>`;
  }

  /** What is still to be done. */
  private open() {
    const refused = whyNot();
    if (refused) return inline(refused);
    const exercises = missing();
    const links = exercises.map(({ number, title, href }, i) => {
      const between = i === 0 ? "" : i === exercises.length - 1 ? " and " : ", ";
      return html`${between}<a href=${href} title=${title}>${number}</a>`;
    });
    const plural = exercises.length > 1 ? "exercises" : "exercise";
    return html`Yours trains here as soon as ${plural} ${links}
    ${exercises.length > 1 ? "are" : "is"} right.`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "network-choice": NetworkChoice;
  }
}
