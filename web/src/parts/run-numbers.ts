import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { lossText, percent, whole } from "../format";
import type { Moment } from "../lab/run";
import { sharedStyles } from "./shared-styles";

/** Step, loss and accuracy in large type; the markup has all their digits. */
@customElement("run-numbers")
export class RunNumbers extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(max-content, 1fr));
        gap: 0 0.5rem;
        margin: 0;
      }

      dt {
        color: var(--faint);
      }

      dd {
        margin: 0;
        font-size: clamp(1.2rem, 7cqi, 1.6rem);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) moment: Moment | undefined;

  override render() {
    const { moment } = this;
    return html`<dl>
      ${number("Step", moment?.step, whole)}
      ${number("Loss", moment?.loss, (loss) => lossText(loss, 4))}
      ${number("Accuracy", moment?.accuracy, percent)}
    </dl>`;
  }
}

function number(
  label: string,
  value: number | undefined,
  write: (value: number) => string,
) {
  return html`<div>
    <dt>${label}</dt>
    <dd>
      <data value=${value ?? nothing}>${value === undefined ? "–" : write(value)}</data>
    </dd>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "run-numbers": RunNumbers;
  }
}
