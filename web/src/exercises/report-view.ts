/** A report, as the reader sees it. All of it is text to the browser, formulas aside. */

import { css, html, nothing, type TemplateResult } from "lit";
import { plainText, spans } from "./markdown";
import { mathElement } from "./mathml";
import type { Found, Report } from "./messages";

/** Puts the cursor into a line. */
type GoTo = (line: number) => void;

export function reportView(report: Report, goTo: GoTo): TemplateResult {
  const { error, stopped, difference, mistakes, maybe, notes, output } = report;
  return html`
    ${verdict(report)}
    ${
      error
        ? html`<p><samp>${error.type}${error.message ? `: ${error.message}` : ""}</samp></p>
            ${lineLink(error.line, error.text, goTo)}
            ${error.meaning ? html`<p>${inline(error.meaning)}</p>` : nothing}
            ${seen(error.case)}`
        : nothing
    }
    ${stopped ? lineLink(stopped.line, "", goTo) : nothing}
    ${seen(difference?.case)}
    ${mistakes.map((mistake) => found(mistake, report, goTo))}
    ${
      maybe.length > 0
        ? html`<p class="lead">Each of these would explain it. It may be one of them:</p>
            ${maybe.map((mistake) => found(mistake, report, goTo))}`
        : nothing
    }
    ${notes.map((note) => html`<p>${inline(note)}</p>`)}
    ${
      output
        ? html`<p class="lead">It printed:</p>
            <pre tabindex="0"><samp>${output}</samp></pre>`
        : nothing
    }
    ${report.right ? html`<slot name="next"></slot>` : nothing}
  `;
}

function verdict({ right, started, sentence }: Report) {
  const kind = right ? "right" : started ? "wrong" : "open";
  return html`<p class="verdict ${kind}">
    ${right ? CHECK : nothing}${inline(sentence)}
  </p>`;
}

export const CHECK = html`<svg viewBox="0 0 12 12" aria-hidden="true">
  <path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor"></path>
</svg>`;

/** A mistake: what it is, which formula it breaks, and where to look. */
function found(mistake: Found, report: Report, goTo: GoTo) {
  const { sentence, tex, mathml, line, text, arrays } = mistake;
  const isNew = sentence !== report.sentence;
  return html`<div class="mistake">
    ${isNew ? html`<p>${inline(sentence)}</p>` : nothing}
    ${arrays.length > 0 ? html`<p class="quiet">It shows in ${names(arrays)}.</p>` : nothing}
    ${
      tex
        ? html`<div class="formula" tabindex="0">${mathElement(mathml) ?? html`<code>${tex}</code>`}</div>`
        : nothing
    }
    ${line === report.error?.line ? nothing : lineLink(line, text, goTo)}
  </div>`;
}

function seen(given: string | undefined) {
  return given ? html`<p class="quiet">This was ${plainText(given)}.</p>` : nothing;
}

function lineLink(line: number | null, text: string, goTo: GoTo) {
  if (line === null) return nothing;
  return html`<p class="line">
    <button class="link" @click=${() => goTo(line)}>Line ${line}</button>
    ${text ? html`<code>${text}</code>` : nothing}
  </p>`;
}

function names(arrays: readonly string[]) {
  return arrays.map((name, i) => {
    const between = i === 0 ? "" : i === arrays.length - 1 ? " and " : ", ";
    return html`${between}<code>${name}</code>`;
  });
}

/** Markdown of one paragraph. */
export function inline(markdown: string) {
  return spans(markdown).map(({ kind, text }) => {
    switch (kind) {
      case "code":
        return html`<code>${text}</code>`;
      case "em":
        return html`<em>${text}</em>`;
      case "strong":
        return html`<strong>${text}</strong>`;
      default:
        return text;
    }
  });
}

export const reportStyles = css`
  .report > * {
    margin: 0 0 0.75rem;
  }

  .report p {
    overflow-wrap: break-word;
  }

  .verdict {
    font-weight: 600;
  }

  .verdict.wrong {
    padding-left: 0.75rem;
    border-left: 3px solid var(--wrong);
  }

  .verdict.right {
    color: var(--right);
  }

  svg {
    width: 0.8em;
    height: 0.8em;
    margin-right: 0.4em;
    stroke-width: 1.8;
    color: var(--right);
  }

  .mistake {
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }

  .mistake > * + * {
    margin-top: 0.5rem;
  }

  .formula {
    padding: 0.2rem 0;
    font-size: 0.875rem;
    overflow-x: auto;
  }

  math {
    font-family:
      "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math",
      "DejaVu Math TeX Gyre", "Noto Sans Math", math;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.5rem;
  }

  code,
  samp {
    font-family: var(--mono);
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
  }

  code {
    padding: 0.05em 0.25em;
    background: var(--shade);
    border-radius: 0.2rem;
  }

  pre {
    max-height: 12rem;
    padding: 0.5rem 0.75rem;
    overflow: auto;
    background: var(--shade);
    border-radius: 0.4rem;
  }

  .report pre samp {
    font-size: 0.75rem;
    overflow-wrap: normal;
  }
`;
