/** The stylesheet of `regularisation-loss`. */

import { css } from "lit";

export const regularisationStyles = css`
  :host {
    container-type: inline-size;
  }

  .price {
    display: grid;
    grid-template-columns: minmax(0, 20rem) max-content;
    gap: 0.5rem 2rem;
    align-items: end;
  }

  .buttons {
    display: flex;
    gap: 0.5rem;
    padding-bottom: 0.35rem;
  }

  .primary {
    min-width: 13.5rem;
    font-variant-numeric: tabular-nums;
  }

  .whose {
    min-height: 1.4em;
    margin-top: 1rem;
  }

  .sum {
    display: grid;
    grid-template-columns: repeat(4, max-content) 1fr;
    gap: 0 1rem;
    align-items: end;
    margin: 0.5rem 0;
    font-variant-numeric: tabular-nums;
  }

  .term {
    min-width: 5rem;
    color: var(--faint);
  }

  .number,
  .sign {
    font-size: 1.4rem;
  }

  .reg {
    color: var(--accent);
  }

  .bar {
    display: block;
    width: 100%;
    height: 3rem;
    overflow: visible;
  }

  .bar text {
    font-size: 0.75rem;
    fill: var(--faint);
  }

  .bar line {
    stroke: var(--line);
  }

  .formula {
    min-height: 1.4em;
    margin: 0.25rem 0 0;
    font-variant-numeric: tabular-nums;
  }

  .networks {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 1.25rem 2.5rem;
    margin-top: 1rem;
    padding-top: 1rem;
    border-top: 1px solid var(--line);
  }

  .network {
    display: grid;
    grid-template-columns: minmax(0, 17rem) minmax(0, 1fr);
    gap: 0.75rem 1.25rem;
    align-content: start;
  }

  .title {
    min-height: 1.4em;
    font-weight: 600;
  }

  dl {
    display: grid;
    grid-template-columns: 1fr;
    gap: 0.1rem;
    margin: 0.5rem 0 0;
    font-variant-numeric: tabular-nums;
  }

  dt {
    color: var(--faint);
  }

  dd {
    margin: 0 0 0.4rem;
    font-size: 1.05rem;
  }

  @container (max-width: 56rem) {
    .network {
      grid-template-columns: minmax(0, 1fr);
    }

    .networks {
      gap: 1.25rem;
    }
  }

  @container (max-width: 26rem) {
    .sum {
      gap: 0 0.5rem;
    }

    .term {
      min-width: 4rem;
      font-size: 0.8rem;
    }

    .number,
    .sign {
      font-size: 1.15rem;
    }
  }

  @container (max-width: 40rem) {
    .price {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
