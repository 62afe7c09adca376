import { onProgress, progress } from "./progress";

/**
 * The link that begins the lesson: leads a reader who comes back to where they stopped.
 *
 * It finds the chapters' titles and addresses in the page's list of chapters.
 */
export class ContinueReading extends HTMLElement {
  private readonly link = this.querySelector("a") as HTMLAnchorElement;
  private readonly begin: Place = { href: this.link.href, text: this.link.textContent };
  private readonly where = document.createElement("span");
  private stopListening = () => {};

  connectedCallback(): void {
    this.append(this.where);
    this.stopListening = onProgress(() => this.update());
    // The list of chapters comes later in the page.
    if (document.readyState === "loading") {
      addEventListener("DOMContentLoaded", () => this.update(), { once: true });
    } else {
      this.update();
    }
  }

  disconnectedCallback(): void {
    this.stopListening();
  }

  private update(): void {
    const { href, text, where } = next() ?? this.begin;
    this.link.href = href;
    this.link.textContent = text;
    this.where.textContent = where ?? "";
  }
}

/** A place to read on, and how to say so. */
interface Place {
  readonly href: string;
  readonly text: string;
  /** Which chapter it is, and where in it. */
  readonly where?: string;
}

/** Where to go on: within a chapter, or with the next one that is not read. */
function next(): Place | undefined {
  const { stop, read } = progress();
  const chapters = [...document.querySelectorAll("chapter-progress")].map((mark) => ({
    name: mark.getAttribute("chapter") ?? "",
    link: mark.parentElement?.querySelector("a") as HTMLAnchorElement,
  }));
  const at = chapters.findIndex(({ name }) => name === stop?.chapter);
  const stopped = chapters[at];
  if (!stop || !stopped) return undefined;
  if (!read.includes(stop.chapter)) {
    const { heading } = stop;
    return {
      href: stopped.link.href + (heading ? `#${heading.id}` : ""),
      text: "Continue where you stopped",
      where: stopped.link.textContent + (heading ? `: “${heading.text}”` : ""),
    };
  }
  const ahead = [...chapters.slice(at), ...chapters.slice(0, at)];
  const unread = ahead.find(({ name }) => !read.includes(name))?.link;
  return unread && { href: unread.href, text: `Continue with “${unread.textContent}”` };
}

customElements.define("continue-reading", ContinueReading);

declare global {
  interface HTMLElementTagNameMap {
    "continue-reading": ContinueReading;
  }
}
