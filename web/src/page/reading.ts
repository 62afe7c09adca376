/** Follows the reader through a chapter: where they are, and whether they reach its end. */

import { markRead, type Stop, stopAt } from "./progress";

/** The heading someone reads under is at most this far down the window. */
const READING_LINE = 0.4;

export function followReading(article: HTMLElement, chapter: string): void {
  const end = article.nextElementSibling; // the links to other chapters
  if (end) {
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      sight.disconnect();
      markRead(chapter);
    });
    sight.observe(end);
  }
  stopAt({ chapter, heading: headingAt(article) });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      stopAt({ chapter, heading: headingAt(article) });
    }
  });
}

/** The last heading above the line at which people read; none before the first. */
function headingAt(article: HTMLElement): Stop["heading"] {
  const line = READING_LINE * innerHeight;
  const heading = [...article.querySelectorAll<HTMLElement>("h2[id], h3[id]")].findLast(
    (each) => each.getBoundingClientRect().top < line,
  );
  return heading && { id: heading.id, text: heading.textContent.trim() };
}
