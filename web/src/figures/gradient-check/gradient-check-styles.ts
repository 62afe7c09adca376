/** The stylesheet of `gradient-check`. */

import { css } from "lit";

export const checkStyles = css`
  :host {
    container-type: inline-size;
  }

  .break {
    margin-bottom: 1.25rem;
  }

  .choice {
    display: grid;
    grid-template-columns: 11rem minmax(0, 1fr);
    align-items: center;
    gap: 0 1.5rem;
    min-height: 2rem;
  }

  .choice.struck {
    --struck: line-through 2px var(--wrong);
  }

  .choice label {
    min-height: 2rem;
  }

  .verdict {
    min-height: 3.2em;
    font-size: 1rem;
    font-weight: 600;
  }

  .verdict .quiet {
    font-size: var(--small);
    font-weight: 400;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 22rem;
    gap: 1.5rem 3rem;
    margin-top: 1rem;
  }

  .arrays {
    display: flex;
    flex-wrap: wrap;
    gap: 1rem 2.5rem;
    align-content: start;
    min-width: 0;
  }

  matrix-view {
    --entry-width: 4.1rem;
    max-width: 100%;
  }

  .status.caught {
    color: var(--wrong);
    font-weight: 600;
  }

  .entry {
    font-variant-numeric: tabular-nums;
  }

  .entry h3 {
    margin: 0 0 0.5rem;
    font: 600 1rem var(--mono);
  }

  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.35rem 1rem;
    margin: 0;
  }

  dt {
    color: var(--faint);
  }

  dd {
    margin: 0;
    text-align: right;
  }

  .result {
    margin-top: 0.75rem;
    padding-left: 0.75rem;
    border-left: 3px solid var(--right);
    min-height: 2.9em;
  }

  .result.wrong {
    border-color: var(--wrong);
  }

  .result.kink {
    border-color: var(--faint);
  }

  .measured {
    margin-top: 1rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }

  .fraction {
    display: inline-grid;
    justify-items: center;
    vertical-align: middle;
  }

  .fraction span:first-child {
    padding: 0 0.3rem 0.1rem;
    border-bottom: 1px solid var(--ink);
  }

  @container (max-width: 56rem) {
    .body {
      grid-template-columns: minmax(0, 1fr);
    }

    .entry {
      max-width: 26rem;
    }
  }

  @container (max-width: 40rem) {
    .choice {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
