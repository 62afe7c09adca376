import { html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { clearProgress, onProgress, progress } from "./progress";

/** Lets the reader have their progress forgotten, when there is any. */
@customElement("clear-progress")
export class ClearProgress extends LitElement {
  @state() private asking = false;
  @state() private cleared = false;

  private stopListening = () => {};

  /** In the page itself, so that the page's stylesheet applies. */
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = onProgress(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening();
  }

  private clear(): void {
    this.asking = false;
    this.cleared = true;
    clearProgress();
  }

  private ask(asking: boolean): void {
    this.asking = asking;
    void this.updateComplete.then(() => this.querySelector("button")?.focus());
  }

  override render() {
    const { read, answers, stop } = progress();
    const some = read.length > 0 || Object.keys(answers).length > 0 || stop;
    return html`
      ${some ? this.offer() : nothing}
      <p role="status">${this.cleared ? "Your progress is forgotten." : nothing}</p>
    `;
  }

  private offer() {
    if (!this.asking) {
      return html`<p>
        Your progress is kept in this browser only.
        <button @click=${() => this.ask(true)}>Forget my progress</button>
      </p>`;
    }
    return html`<p>
      Forget which chapters you have read, your answers, and where you stopped?
      <button @click=${this.clear}>Forget them</button>
      <button @click=${() => this.ask(false)}>Keep them</button>
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "clear-progress": ClearProgress;
  }
}
