import { css, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { ListingsReply, Programs, Settings } from "../../lab/messages";
import { differing, settingsFrom, settingsOf } from "../../lab/settings";
import { logarithmicStops, SETTING_STOPS } from "../../parts/stops";
import { FigureElement } from "../figure-element";
import { changedLines, tokensOf } from "./code";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";

type Form = keyof ListingsReply;
type Framework = keyof Programs;

const FORMS: Readonly<Record<Form, { readonly label: string; readonly note: string }>> =
  {
    exact: {
      label: "exact",
      note: "It trains the very network of this lesson.",
    },
    usual: {
      label: "as usually written",
      note: "It trains another network: its comments say why, and what that comes to.",
    },
  };
const ONE_FORM = "In NumPy, from scratch, both are one program.";

const FRAMEWORKS: readonly { readonly name: Framework; readonly label: string }[] = [
  { name: "numpy", label: "NumPy" },
  { name: "pytorch", label: "PyTorch" },
  { name: "jax", label: "JAX" },
  { name: "tensorflow", label: "TensorFlow" },
];

const STOPS = {
  hidden: SETTING_STOPS.hidden,
  learning_rate: SETTING_STOPS.learning_rate,
  reg: SETTING_STOPS.reg,
  seed: Array.from({ length: 21 }, (_, i) => i),
};
const STEPS_STOPS = logarithmicStops(1, 5, 10);
const STEPS = 1000;

/**
 * The same network as a complete program in four frameworks, with the reader's settings:
 * exactly that of the lesson, or as most people would write it.
 */
@customElement("framework-listings")
export class FrameworkListings extends FigureElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .settings {
        display: grid;
        grid-template-columns: repeat(5, minmax(0, 1fr));
        gap: 0 1.5rem;
      }

      .form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 1rem;
        margin-top: 0.5rem;
      }

      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        justify-content: space-between;
        gap: 0.5rem 1rem;
        margin-top: 0.25rem;
        border-bottom: 1px solid var(--line);
      }

      [role="tablist"] {
        display: flex;
        flex-wrap: wrap;
      }

      [role="tab"] {
        padding: 0.25rem 1rem;
        border: 0;
        border-bottom: 3px solid transparent;
        border-radius: 0;
        background: none;
      }

      [role="tab"]:hover {
        border-bottom-color: var(--line);
      }

      [role="tab"][aria-selected="true"] {
        border-bottom-color: var(--accent);
      }

      .actions {
        display: flex;
        gap: 0.5rem;
        padding-bottom: 0.5rem;
      }

      .actions button {
        min-width: 6.5rem;
      }

      pre {
        height: 36rem;
        margin: 0;
        padding: 0.9rem 0;
        overflow: auto;
        font-family: var(--mono);
        font-size: 0.8125rem;
        line-height: 1.55;
        /* A shadow where there is more above or below: it lies still while the shade,
           which covers it at the ends, scrolls with the program. */
        background:
          linear-gradient(var(--shade) 40%, transparent) top / 100% 3rem local,
          linear-gradient(transparent, var(--shade) 60%) bottom / 100% 3rem local,
          linear-gradient(var(--line), transparent) top / 100% 0.8rem,
          linear-gradient(transparent, var(--line)) bottom / 100% 0.8rem,
          var(--shade);
        background-repeat: no-repeat;
        border-radius: 0 0 0.4rem 0.4rem;
        tab-size: 4;
      }

      code {
        display: block;
        width: max-content;
        min-width: 100%;
        font: inherit;
      }

      .line {
        display: block;
        min-height: 1.55em;
        padding: 0 1.1rem 0 0.9rem;
        border-left: 0.2rem solid transparent;
      }

      .changed {
        border-left-color: var(--accent);
      }

      .comment {
        color: var(--faint);
        font-style: italic;
      }

      .keyword {
        color: var(--accent);
      }

      .string {
        color: var(--code-string);
      }

      .number {
        color: var(--code-number);
      }

      @container (max-width: 46rem) {
        .form .quiet {
          flex-basis: 100%;
          min-height: 2.8em; /* two lines, whatever it says */
        }

        .settings {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          column-gap: 1rem;
        }

        pre {
          height: 28rem;
          font-size: 0.75rem;
        }

        [role="tab"] {
          padding-inline: 0.6rem;
        }
      }

      @media print {
        .settings,
        .form,
        .bar {
          display: none;
        }

        pre {
          height: auto;
          overflow: visible;
          white-space: pre-wrap;
        }

        code {
          width: auto;
        }
      }
    `,
  ];

  @state() private settings: Settings = settingsOf(this);
  @state() private steps = STEPS;
  @state() private framework: Framework = "numpy";
  @state() private form: Form = "exact";
  @state() private listings: ListingsReply | undefined;
  /** Those before the last change of a setting. */
  @state() private earlier: ListingsReply | undefined;
  @state() private copied = false;

  private copiedTimer: number | undefined;

  protected override open(fields: ReadonlyMap<string, string>): void {
    const { name } =
      FRAMEWORKS.find((each) => each.name === fields.get("framework")) ??
      (FRAMEWORKS[0] as (typeof FRAMEWORKS)[number]);
    this.framework = name;
    this.form = fields.get("form") === "usual" ? "usual" : "exact";
    const steps = Number(fields.get("steps") ?? STEPS);
    void this.ask(settingsFrom(fields, settingsOf(this)), steps);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = differing(this.settings, settingsOf(this));
    if (this.steps !== STEPS) fields.set("steps", String(this.steps));
    if (this.framework !== "numpy") fields.set("framework", this.framework);
    if (this.form !== "exact") fields.set("form", this.form);
    return fields;
  }

  /** Have the programs written anew. */
  private async ask(settings: Settings, steps: number): Promise<void> {
    this.settings = settings;
    this.steps = steps;
    await this.want(async (current) => {
      const listings = await this.lab.listings({ settings, steps });
      if (!current()) return;
      this.refusal = undefined;
      this.earlier = this.listings;
      this.listings = listings;
      this.copied = false;
      this.remember();
      const count = this.changed().size;
      if (this.earlier)
        this.spoken = `${count === 1 ? "1 line" : `${count} lines`} changed.`;
    });
  }

  private reset(): void {
    void this.ask(settingsOf(this), STEPS);
  }

  private choose(framework: Framework, form = this.form): void {
    this.framework = framework;
    this.form = form;
    this.copied = false;
    this.remember();
  }

  private pressed(event: KeyboardEvent): void {
    const at = FRAMEWORKS.findIndex(({ name }) => name === this.framework);
    const count = FRAMEWORKS.length;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: (at + count - 1) % count,
      ArrowRight: (at + 1) % count,
      Home: 0,
      End: count - 1,
    };
    const next = FRAMEWORKS[moves[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    this.choose(next.name);
    this.renderRoot.querySelector<HTMLElement>(`#${next.name}`)?.focus();
  }

  private get program(): string {
    return this.listings?.[this.form][this.framework].trimEnd() ?? "";
  }

  private changed(): Set<number> {
    const before = this.earlier?.[this.form][this.framework].trimEnd();
    return before === undefined ? new Set() : changedLines(before, this.program);
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(`${this.program}\n`);
      this.copied = true;
      this.spoken = "The program is copied.";
      clearTimeout(this.copiedTimer);
      this.copiedTimer = window.setTimeout(() => {
        this.copied = false;
      }, 2500);
    } catch {
      // Browsers allow it on secure pages only: elsewhere, the reader copies it.
      const code = this.renderRoot.querySelector("code") as HTMLElement;
      getSelection()?.selectAllChildren(code);
      this.spoken = "The program is selected: copy it with your keyboard.";
    }
  }

  private download(): void {
    const file = new Blob([`${this.program}\n`], { type: "text/x-python" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    const usual = this.form === "usual" && this.framework !== "numpy";
    link.download = `unspiral_${this.framework}${usual ? "_usual" : ""}.py`;
    link.click();
    URL.revokeObjectURL(link.href);
    this.spoken = `${link.download} is downloaded.`;
  }

  override render() {
    const ready = this.listings !== undefined;
    return html`
      <div class="settings">
        ${this.slider("hidden", "Hidden units")}
        ${this.slider("learning_rate", "Learning rate")}
        ${this.slider("reg", "Regularisation")}
        <setting-slider
          data-setting="steps"
          label="Steps"
          .stops=${STEPS_STOPS}
          .value=${this.steps}
          @set=${({ detail }: CustomEvent<number>) => this.ask(this.settings, detail)}
        ></setting-slider>
        ${this.slider("seed", "Seed")}
      </div>
      ${this.trouble(Object.keys(STOPS))}
      <div class="form" role="radiogroup" aria-label="Form" aria-describedby="note">
        ${this.radio("exact")} ${this.radio("usual")}
        <span id="note" class="quiet">${this.note}</span>
      </div>
      <div class="bar">
        <div role="tablist" aria-label="Framework" @keydown=${this.pressed}>
          ${FRAMEWORKS.map(({ name, label }) => this.tab(name, label))}
        </div>
        <div class="actions">
          <button ?disabled=${!ready} @click=${this.reset}>Reset</button>
          <button ?disabled=${!ready} @click=${this.download}>Download</button>
          <button class="primary" ?disabled=${!ready} @click=${this.copy}>
            ${this.copied ? "Copied" : "Copy"}
          </button>
        </div>
      </div>
      <div id="program" role="tabpanel" aria-labelledby=${this.framework}>
        <pre tabindex="0"><code>${this.lines()}</code></pre>
      </div>
      ${this.speech()}
    `;
  }

  /** What the chosen program is. */
  private get note(): string {
    return this.framework === "numpy" ? ONE_FORM : FORMS[this.form].note;
  }

  private radio(form: Form) {
    return html`<label>
      <input
        type="radio"
        name="form"
        .checked=${this.form === form}
        @change=${() => this.choose(this.framework, form)}
      />
      ${FORMS[form].label}
    </label>`;
  }

  private tab(name: Framework, label: string) {
    const selected = name === this.framework;
    return html`<button
      id=${name}
      role="tab"
      aria-selected=${selected}
      aria-controls="program"
      tabindex=${selected ? 0 : -1}
      @click=${() => this.choose(name)}
    >
      ${label}
    </button>`;
  }

  private slider(name: keyof typeof STOPS, label: string) {
    return html`<setting-slider
      data-setting=${name}
      .label=${label}
      .stops=${STOPS[name]}
      .value=${this.settings[name]}
      .error=${this.refusal?.setting === name ? this.refusal.message : ""}
      @set=${({ detail }: CustomEvent<number>) => this.ask({ ...this.settings, [name]: detail }, this.steps)}
    ></setting-slider>`;
  }

  /** The program, line by line. There is no space between the elements: it would show. */
  private lines() {
    const changed = this.changed();
    return this.program.split("\n").map((line, i) => {
      const code = tokensOf(line).map(([kind, text]) =>
        kind === "plain" ? text : html`<span class=${kind}>${text}</span>`,
      );
      return html`<span class="line ${changed.has(i) ? "changed" : ""}">${code}${"\n"}</span>`;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "framework-listings": FrameworkListings;
  }
}
