import { html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { onProgress, progress } from "./progress";

const CHECK = html`<svg viewBox="0 0 12 12" aria-hidden="true">
  <path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor"></path>
</svg>`;

/** What the reader has done of a chapter: a mark in the list of chapters. */
@customElement("chapter-progress")
export class ChapterProgress extends LitElement {
  /** The chapter's name in addresses. */
  @property() chapter = "";
  /** Whether only a mark is seen; screen readers get the words in any case. */
  @property({ type: Boolean }) brief = false;
  /** How many questions it has. */
  @property({ type: Number }) questions = 0;

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

  override render() {
    const { read, answers } = progress();
    const isRead = read.includes(this.chapter);
    const own = Object.keys(answers[this.chapter] ?? {}).length;
    const answered = Math.min(own, this.questions); // a question may have left the text
    if (!isRead && answered === 0) return nothing;
    const words = [
      ...(isRead ? ["read"] : []),
      ...(this.questions > 0 ? [questionsInWords(answered, this.questions)] : []),
    ];
    return html`
      ${isRead ? CHECK : nothing}
      <span class=${this.brief ? "visually-hidden" : nothing}>${words.join(", ")}</span>
    `;
  }
}

function questionsInWords(answered: number, questions: number): string {
  return `${answered} of ${questions} ${questions === 1 ? "question" : "questions"} answered`;
}

declare global {
  interface HTMLElementTagNameMap {
    "chapter-progress": ChapterProgress;
  }
}
