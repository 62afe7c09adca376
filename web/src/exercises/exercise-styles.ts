/** How an exercise looks that can be written: the editor, and beside it what is said. */

import { css } from "lit";

export const exerciseStyles = css`
  .begin {
    grid-column: text;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }

  .workspace {
    grid-column: wide;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem 2rem;
    margin-top: 0.25rem;
  }

  .workspace > * {
    min-width: 0;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.75rem;
  }

  .keys {
    margin-top: 0.5rem;
  }

  kbd {
    font: inherit;
    font-weight: 600;
  }

  button[aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
  }

  button.link {
    min-height: 1.5rem;
    padding: 0;
    color: var(--accent);
    background: none;
    border: 0;
    text-decoration: underline 1px;
    text-underline-offset: 0.15em;
  }

  button.link:hover {
    color: var(--accent-strong);
    text-decoration-thickness: 2px;
  }

  .question {
    margin-top: 0.75rem;
    padding-left: 0.75rem;
    border-left: 3px solid var(--accent);
  }

  .question .actions {
    margin-top: 0.5rem;
  }

  .report.busy,
  .report.old {
    opacity: 0.6;
  }

  .hints {
    margin-top: 1rem;
  }

  /* On paper, the function to write. */
  slot[name="template"] {
    display: none;
  }

  @media (min-width: 62rem) {
    .workspace {
      grid-template: auto 1fr / minmax(0, 1fr) 19rem;
    }

    .beside {
      grid-area: 1 / 2 / span 2;
    }
  }

  @media print {
    .begin,
    .actions,
    .keys,
    .question {
      display: none;
    }

    .begin + slot[name="template"] {
      display: contents;
    }
  }
`;
