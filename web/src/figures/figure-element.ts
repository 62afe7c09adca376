import { html, LitElement, nothing } from "lit";
import { state } from "lit/decorators.js";
import { httpLab, type Lab, OutdatedError, RefusedError } from "../lab/lab";
import { isLink, readLink, writeLink } from "./link";

/** Milliseconds between two writings of the address, which browsers limit. */
const LINK_PAUSE = 400;

/**
 * What all figures have in common.
 *
 * A figure asks the lab only when it is on the screen or near it, keeps its state in
 * the address, and says in words what the lab refused, and when nobody answers.
 */
export abstract class FigureElement extends LitElement {
  /** Why the lab refused a request. */
  @state() protected refusal: RefusedError | undefined;
  /** What a screen reader is to say now. */
  @state() protected spoken = "";
  @state() private answering = true;

  protected readonly lab: Lab = httpLab(
    "",
    (answering) => {
      this.answering = answering;
    },
    document.querySelector<HTMLMetaElement>("meta[name=unspiral-version]")?.content,
  );

  /** The still picture that the page has, in the figure's place on paper: see below. */
  private readonly still = document.createElement("slot");
  private wish = 0;
  private linkTimer: number | undefined;
  private onScreen = false;
  private whenOnScreen: (() => void)[] = [];
  private readonly sight = new IntersectionObserver(
    (entries) => this.seen(entries.at(-1)?.isIntersecting ?? false),
    { rootMargin: "200px 0px" }, // ready when it comes into sight
  );
  private readonly onHashChange = ({ newURL }: HashChangeEvent) =>
    this.reopen(new URL(newURL).hash);

  /** Show what the link asks for: at first, and whenever the link changes. */
  protected abstract open(fields: ReadonlyMap<string, string>): void;

  /** What the link is to say: all that differs from how the chapter has the figure. */
  protected abstract link(): ReadonlyMap<string, string>;

  /** Is called when the reader wants something new, so that what goes on can end. */
  protected interrupted(): void {}

  /** A figure that nobody has seen has nothing to print but its still picture. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.still.className = "still";
    root.append(this.still);
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.toggleAttribute("unseen", this.wish === 0);
    this.sight.observe(this);
    addEventListener("hashchange", this.onHashChange);
    if (readLink(this.id).size > 0 && !returning()) this.scrollIntoView();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    removeEventListener("hashchange", this.onHashChange);
    this.stop();
  }

  private seen(onScreen: boolean): void {
    this.onScreen = onScreen;
    if (!onScreen) return;
    this.removeAttribute("unseen");
    if (this.wish === 0) this.open(readLink(this.id));
    for (const goOn of this.whenOnScreen.splice(0)) goOn();
  }

  /** `hash` is what the address was to say; by now, a figure may have written its own. */
  private reopen(hash: string): void {
    if (!isLink(hash)) return; // to a part of the page
    const fields = readLink(this.id, hash);
    if (fields.size > 0) this.scrollIntoView();
    if (this.wish > 0 && !same(fields, this.link())) this.open(fields);
  }

  /** Wait until the figure is on the screen. */
  protected async shown(): Promise<void> {
    if (!this.onScreen) {
      await new Promise<void>((resolve) => {
        this.whenOnScreen.push(resolve);
      });
    }
  }

  /** End what goes on. */
  protected stop(): void {
    this.wish++;
    this.interrupted();
  }

  /**
   * Do what the reader wants now, in place of anything wanted before.
   *
   * `current` says whether the reader still wants it; ask after every `await`. What
   * the lab refuses is kept in `refusal`.
   */
  protected async want(work: (current: () => boolean) => Promise<void>): Promise<void> {
    this.stop();
    const { wish } = this;
    const current = () => wish === this.wish;
    try {
      await work(current);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (!current()) return;
      this.stop();
      this.refusal = error;
    }
  }

  /** Bring the address up to date, soon. */
  protected remember(): void {
    this.linkTimer ??= window.setTimeout(() => {
      this.linkTimer = undefined;
      if (this.isConnected) writeLink(this.id, this.link());
    }, LINK_PAUSE);
  }

  /** What is wrong, if anything is; `settings` are those that show their own refusals. */
  protected trouble(settings: readonly string[] = []) {
    if (!this.answering) {
      return html`<p class="notice wrong" role="alert">
        The server does not answer. Nothing is lost: the figure goes on as soon as it
        does.
      </p>`;
    }
    if (this.refusal instanceof OutdatedError) {
      return html`<p class="notice wrong" role="alert">
        ${this.refusal.message}
        <button @click=${() => location.reload()}>Reload</button>
      </p>`;
    }
    if (this.refusal && !settings.includes(this.refusal.setting ?? "")) {
      return html`<p class="notice wrong" role="alert">${this.refusal.message}</p>`;
    }
    return nothing;
  }

  /** The text for screen readers. */
  protected speech() {
    return html`<p class="visually-hidden" role="status">${this.spoken}</p>`;
  }
}

/** Whether the reader wants little motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Whether the browser itself goes to where the reader was on the page. */
function returning(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return (navigation as PerformanceNavigationTiming | undefined)?.type !== "navigate";
}

/** When the browser draws again; later, and so more seldom, where motion is unwanted. */
export function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => {
    if (calm()) setTimeout(resolve, 500);
    else requestAnimationFrame(resolve);
  });
}

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
