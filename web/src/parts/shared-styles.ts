/** What the elements' stylesheets have in common. */

import { css } from "lit";

export const sharedStyles = css`
  :host {
    display: block;
    font-family: var(--sans);
    font-size: var(--small);
    line-height: 1.4;
    color: var(--ink);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  p {
    margin: 0;
  }

  button {
    font: inherit;
    color: var(--ink);
    min-height: 2.5rem;
    padding: 0.25rem 0.9rem;
    border: 1px solid var(--line);
    border-radius: 0.4rem;
    background: var(--paper);
    cursor: pointer;
  }

  button:hover {
    border-color: var(--ink);
  }

  button.primary {
    color: var(--paper);
    background: var(--accent);
    border-color: var(--accent);
  }

  button.primary:hover {
    background: var(--accent-strong);
  }

  button:disabled {
    opacity: 0.45;
    cursor: default;
  }

  select {
    font: inherit;
    color: inherit;
    min-height: 2rem;
    padding: 0 0.4rem;
    border: 1px solid var(--line);
    border-radius: 0.4rem;
    background: var(--paper);
  }

  label:has(> input[type="radio"]) {
    display: flex;
    align-items: center;
    gap: 0.35rem;
    min-height: 2rem;
  }

  input[type="radio"] {
    margin: 0;
    accent-color: var(--accent);
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .quiet {
    color: var(--faint);
  }

  .notice {
    min-height: 1.4em;
    margin: 0.75rem 0;
  }

  .notice.wrong {
    padding-left: 0.75rem;
    border-left: 3px solid var(--wrong);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .still {
    display: none;
  }

  @media print {
    button,
    input[type="range"] {
      display: none !important;
    }

    :host([unseen]) > .still {
      display: block;
    }

    :host([unseen]) > :not(.still) {
      display: none;
    }
  }
`;
