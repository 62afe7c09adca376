import { css, html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { sharedStyles } from "../parts/shared-styles";
import { EXERCISES } from "./messages";
import { bringBack, canBringBack, load, network } from "./network";
import { CHECK, inline } from "./report-view";
import { ask, NoReplyError, whyNot } from "./server";
import { changeWork, followWork, isRight, onWork, work } from "./work";

const FILE = "network.py";
const LONGEST = 100_000; // bytes, of a file to load

followWork();

/** The reader's whole network: how far it is, and the file that has it all. */
@customElement("my-network")
export class MyNetwork extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      ol {
        margin: 0.75rem 0 1rem;
        padding-left: 1.6rem;
      }

      li {
        padding: 0.15rem 0;
      }

      a {
        color: var(--accent);
      }

      svg {
        width: 0.8em;
        height: 0.8em;
        margin: 0 0.35em 0 0.6em;
        stroke-width: 1.8;
      }

      li span {
        color: var(--right);
      }

      li .quiet {
        margin-left: 0.6em;
        color: var(--faint);
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      .said {
        min-height: 1.4em;
        margin-top: 0.75rem;
      }

      button[aria-disabled="true"] {
        opacity: 0.45;
        cursor: default;
      }

      @media print {
        .actions,
        .said {
          display: none;
        }
      }
    `,
  ];

  @state() private said = "";
  /** Why something could not be done. Markdown. */
  @state() private trouble = "";

  private stopListening = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = onWork(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening();
  }

  /** Do something that the server takes part in, and say what hinders it. */
  private async try(work: () => Promise<void>): Promise<void> {
    this.trouble = this.said = "";
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NoReplyError)) throw error;
      this.trouble = error.message;
      this.said = "";
    }
  }

  private async download(): Promise<void> {
    const { source } = await ask("put_together", network());
    const file = URL.createObjectURL(new Blob([source], { type: "text/x-python" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = FILE;
    link.click();
    URL.revokeObjectURL(file);
    this.said = `${FILE} needs only Python and NumPy: python ${FILE}`;
  }

  private async load(file: File): Promise<void> {
    const source = await textOf(file);
    const parts = await ask("take_apart", { source });
    const names = Object.keys(parts.functions);
    if (names.length === 0) {
      this.trouble = `${file.name} has no function of the exercises that is written. Nothing has been changed.`;
      return;
    }
    load(parts);
    await this.check(names);
    const right = names.filter((name) => isRight(work(name))).length;
    this.said = `Loaded from ${file.name}: ${count(names.length)}, of which ${right} ${right === 1 ? "is" : "are"} right.`;
  }

  /** See which functions are right, one after the other. */
  private async check(names: readonly string[]): Promise<void> {
    for (const [i, name] of names.entries()) {
      const { source } = work(name);
      if (source === undefined || isRight(work(name))) continue;
      this.said = `Checking ${name}, ${i + 1} of ${names.length}.`;
      const report = await ask("check", { exercise: name, source });
      const right = report.right ? { right: source } : {};
      changeWork(name, { tried: work(name).tried || report.started, ...right });
    }
  }

  private choose({ target }: Event): void {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) void this.try(() => this.load(file));
    input.value = ""; // the same file may be chosen again
  }

  override render() {
    const right = EXERCISES.filter(({ name }) => isRight(work(name))).length;
    return html`
      <p>
        ${right === EXERCISES.length ? "All" : right} of its ${EXERCISES.length} functions
        ${right === 1 ? "is" : "are"} right.
      </p>
      <ol>
        ${EXERCISES.map(({ name, title, href }) => {
          return html`<li><a href=${href}>${title}</a>${progress(name)}</li>`;
        })}
      </ol>
      ${this.actions(whyNot())}
      <p class="said" role="status">${this.said}</p>
    `;
  }

  private actions(refused: string | undefined) {
    if (refused) return html`<p class="notice wrong">${inline(refused)}</p>`;
    return html`
      <div class="actions">
        <button @click=${() => this.try(() => this.download())}>Download ${FILE}</button>
        <button @click=${this.open}>Load a file…</button>
        <input type="file" accept=".py" hidden aria-label="File" @change=${this.choose} />
        ${
          canBringBack()
            ? html`<button @click=${this.back}>Bring back what was there before</button>`
            : nothing
        }
      </div>
      ${this.trouble ? html`<p class="notice wrong" role="alert">${inline(this.trouble)}</p>` : nothing}
    `;
  }

  private open(): void {
    this.renderRoot.querySelector("input")?.click();
  }

  private back(): void {
    bringBack();
    this.trouble = "";
    this.said = "What was there before is back. The same button undoes this.";
  }
}

/** How far a function is. */
function progress(name: string) {
  if (isRight(work(name))) return html`<span>${CHECK}right</span>`;
  const begun = work(name).source !== undefined;
  return html`<span class="quiet">${begun ? "begun" : "open"}</span>`;
}

/** @throws NoReplyError when the file is none that can be loaded. */
async function textOf(file: File): Promise<string> {
  const unchanged = "Nothing has been changed.";
  if (file.size > LONGEST) {
    throw new NoReplyError(
      `${file.name} has ${file.size.toLocaleString("en")} bytes; allowed are ${LONGEST.toLocaleString("en")}. ${unchanged}`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new NoReplyError(`${file.name} is not a text in UTF-8. ${unchanged}`);
  }
}

function count(functions: number): string {
  return functions === 1 ? "one function" : `${functions} functions`;
}

declare global {
  interface HTMLElementTagNameMap {
    "my-network": MyNetwork;
  }
}
