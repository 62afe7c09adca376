import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { sharedStyles } from "../parts/shared-styles";
import type { CodeEditor } from "./editor";
import { exerciseStyles } from "./exercise-styles";
import { marksOf, spoken } from "./marks";
import type { Report } from "./messages";
import { CHECK, inline, reportStyles, reportView } from "./report-view";
import { ask, NoReplyError, whyNot } from "./server";
import { changeWork, followWork, isRight, onWork, type Work, work } from "./work";

const HINTS = 3;
const PLACEHOLDER = "raise NotImplementedError";
const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

followWork();

/**
 * An exercise: the reader writes a function, and has it checked.
 *
 * The page has the task, the template, the hints and the solution. This element shows
 * them when they are asked for, and loads the editor when it is.
 */
@customElement("code-exercise")
export class CodeExercise extends LitElement {
  static override styles = [sharedStyles, reportStyles, exerciseStyles];

  /** The function, which is also the exercise's name. */
  @property() name = "";

  @state() private editor: CodeEditor | undefined;
  @state() private loading = false;
  @state() private checking = false;
  /** What came of the last check, and whether the code is another by now. */
  @state() private report: Report | undefined;
  @state() private isOld = false;
  /** Why something could not be done. */
  @state() private trouble = "";
  /** Whether the reader is asked if they really want the solution. */
  @state() private asking = false;
  /** What a screen reader is to say now. */
  @state() private said = "";

  private checked: AbortController | undefined;
  private stopListening = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = onWork(() => this.follow());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening();
    this.checked?.abort();
  }

  private get work(): Work {
    return work(this.name);
  }

  private get template(): string {
    return this.querySelector('[slot="template"] code')?.textContent ?? "";
  }

  private change(changes: Partial<Work>): void {
    changeWork(this.name, changes);
  }

  /** Show what was done on another page of the lesson, or by loading a file. */
  private follow(): void {
    const { source } = this.work;
    if (source !== undefined) this.editor?.replace(source);
    this.requestUpdate();
  }

  // --- The editor -----------------------------------------------------------------

  private async open(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.trouble = "";
    try {
      const { CodeEditor } = await import("./editor");
      this.editor = new CodeEditor({
        root: this.renderRoot as ShadowRoot,
        text: this.work.source ?? this.template,
        label: `Your ${this.name}, in Python`,
        describedBy: "keys",
        onChange: (text) => this.changed(text),
        onCheck: () => void this.check(),
      });
    } catch {
      this.trouble = "The editor could not be loaded. Does the server still run?";
      return;
    } finally {
      this.loading = false;
    }
    await this.updateComplete;
    this.editor.begin(PLACEHOLDER);
  }

  private changed(source: string): void {
    if (source !== this.work.source) this.change({ source });
    this.isOld = true;
  }

  private get isUntouched(): boolean {
    return this.editor?.text === this.template;
  }

  private reset(): void {
    const { before } = this.work;
    if (this.isUntouched) {
      if (before !== undefined) this.editor?.replace(before);
      this.said = "Your code is back.";
    } else {
      this.change({ before: this.editor?.text });
      this.editor?.replace(this.template);
      this.said = "All is as it was at first. The button brings your code back.";
    }
  }

  // --- Checking -------------------------------------------------------------------

  /** Check what stands there now, in place of any check that still goes on. */
  private async check(): Promise<void> {
    const source = this.editor?.text ?? "";
    this.checked?.abort();
    this.checked = new AbortController();
    const { signal } = this.checked;
    this.checking = true;
    this.trouble = "";
    this.said = "Checking.";
    try {
      const report = await ask("check", { exercise: this.name, source }, signal);
      if (!signal.aborted) this.hear(report, source);
    } catch (error) {
      if (signal.aborted) return; // another check goes on
      if (!(error instanceof NoReplyError)) throw error;
      this.trouble = error.message;
      this.said = "";
    } finally {
      if (!signal.aborted) this.checking = false;
    }
  }

  private hear(report: Report, source: string): void {
    this.report = report;
    this.isOld = source !== this.editor?.text;
    this.editor?.mark(marksOf(report));
    this.said = spoken(report);
    this.change({
      tried: this.work.tried || (report.started && source !== this.template),
      ...(report.right ? { right: source } : {}),
    });
  }

  // --- Help -----------------------------------------------------------------------

  private hint(): void {
    const hints = Math.min(this.work.hints + 1, HINTS);
    if (hints === this.work.hints) return;
    this.change({ hints });
    this.said = this.unfold(`hint-${hints}`);
  }

  private solution(): void {
    if (this.work.tried || this.work.solution) this.showSolution();
    else this.asking = true;
  }

  private showSolution(): void {
    this.asking = false;
    this.change({ solution: true });
    this.unfold("solution");
    this.said = "The solution is below the editor.";
    const shown = this.slotted("solution");
    void this.updateComplete.then(() => shown?.querySelector("summary")?.focus());
  }

  /** Open a part that the page has folded up; return what it says. */
  private unfold(slot: string): string {
    const part = this.slotted(slot);
    part?.setAttribute("open", "");
    return part?.textContent ?? "";
  }

  private slotted(slot: string): Element | null {
    return this.querySelector(`[slot="${slot}"]`);
  }

  // --- What is shown --------------------------------------------------------------

  override render() {
    return html`
      <slot></slot>
      ${this.editor ? this.workspace(this.editor) : this.beginning()}
      <slot name="template"></slot>
      <p class="visually-hidden" role="status">${this.said}</p>
    `;
  }

  private beginning() {
    const { source } = this.work;
    const begun = source !== undefined && source !== this.template;
    return html`<p class="begin">
      <button class="primary" @click=${this.open}>
        ${this.loading ? "Opening…" : begun ? "Go on writing" : "Write it"}
      </button>
      ${isRight(this.work) ? html`<span>${CHECK}Yours is right.</span>` : nothing}
      ${this.trouble ? html`<span role="alert">${this.trouble}</span>` : nothing}
    </p>`;
  }

  private workspace({ dom }: CodeEditor) {
    const { hints, solution } = this.work;
    const refused = whyNot();
    return html`<div class="workspace">
      <div>
        ${dom}
        <div class="actions">
          <button
            class="primary"
            aria-disabled=${refused ? "true" : nothing}
            @click=${refused ? nothing : this.check}
          >
            ${this.checking ? "Checking…" : "Check"}
          </button>
          <button aria-disabled=${hints === HINTS ? "true" : nothing} @click=${this.hint}>
            Hint
          </button>
          <button @click=${this.solution}>Solution</button>
          ${this.resetButton()}
        </div>
        <p class="keys quiet" id="keys">
          <kbd>${MAC ? "⌘" : "Ctrl"}-Enter</kbd> checks. <kbd>Escape</kbd>, then
          <kbd>Tab</kbd>, leaves the editor.
        </p>
        ${this.asking ? this.question() : nothing}
      </div>
      <div class="beside">
        <section
          class="report ${this.checking ? "busy" : ""} ${this.isOld ? "old" : ""}"
          aria-label="Report"
          aria-busy=${this.checking}
        >
          ${refused ? html`<p class="verdict wrong">${inline(refused)}</p>` : nothing}
          ${this.trouble ? html`<p class="verdict wrong" role="alert">${inline(this.trouble)}</p>` : nothing}
          ${this.told(refused)}
        </section>
        <div class="hints">
          ${Array.from({ length: hints }, (_, i) => html`<slot name="hint-${i + 1}"></slot>`)}
        </div>
      </div>
      ${solution ? html`<div><slot name="solution"></slot></div>` : nothing}
    </div>`;
  }

  private told(refused: string | undefined) {
    if (this.report) {
      return html`
        ${this.isOld ? html`<p class="quiet">You have changed your code since.</p>` : nothing}
        ${reportView(this.report, (line) => this.editor?.goTo(line))}
      `;
    }
    if (refused || this.trouble) return nothing;
    return html`<p class="quiet">
      Write the body of the function, and check it as often as you like. You may add
      functions of your own.
    </p>`;
  }

  private resetButton() {
    const { before } = this.work;
    if (!this.isUntouched) return html`<button @click=${this.reset}>Reset</button>`;
    if (before === undefined) return nothing;
    return html`<button @click=${this.reset}>Bring my code back</button>`;
  }

  private question() {
    return html`<div class="question" role="group" aria-label="Solution">
      <p>You have not had a try of your own checked yet. See the solution all the same?</p>
      <div class="actions">
        <button @click=${this.showSolution}>Show it</button>
        <button
          @click=${() => {
            this.asking = false;
          }}
        >
          Not yet
        </button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "code-exercise": CodeExercise;
  }
}
