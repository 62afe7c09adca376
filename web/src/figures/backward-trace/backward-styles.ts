/** The stylesheet of `backward-trace`. */

import { css } from "lit";

export const backwardStyles = css`
  :host {
    container-type: inline-size;
  }

  .what {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 2.5rem;
    margin-bottom: 1rem;
  }

  .what fieldset {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1.1rem;
  }

  .what legend {
    float: left;
    margin-right: 0.2rem;
  }

  .what svg {
    width: 0.9rem;
    height: 0.9rem;
  }

  .top {
    display: grid;
    grid-template-columns: 14.5rem minmax(0, 1fr);
    gap: 1.5rem 2.5rem;
  }

  value-arithmetic {
    min-height: 8.5rem; /* the longest equation; below it nothing may move */
    margin-top: 0.75rem;
  }

  .shapes {
    min-height: 1.5rem;
    margin-top: 0.5rem;
    font-variant-numeric: tabular-nums;
  }

  .shapes b {
    color: var(--accent);
    font-weight: 600;
    border-bottom: 2px solid currentColor;
  }

  @container (max-width: 46rem) {
    .top {
      grid-template-columns: minmax(0, 1fr);
    }

    .plane {
      width: min(100%, 18rem);
      margin: 0 auto;
    }
  }
`;
