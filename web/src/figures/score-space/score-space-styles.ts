import { css } from "lit";

export const scoreSpaceStyles = css`
  :host {
    container-type: inline-size;
  }

  .pictures {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 0.5rem 1.5rem;
  }

  h3 {
    margin: 0 0 0.4rem;
    font-size: 1rem;
    font-weight: 600;
  }

  h3 .quiet {
    float: right;
    font-size: var(--small);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }

  .plane {
    border-radius: 0.25rem;
    overflow: hidden;
    outline: 1px solid var(--line);
    cursor: crosshair;
  }

  .below {
    margin-top: 0.5rem;
    min-height: 1.4em;
    font-variant-numeric: tabular-nums;
  }

  .journey {
    display: grid;
    grid-template-columns: 7.5rem minmax(0, 1fr);
    gap: 0.25rem 1rem;
    align-items: center;
    margin: 0.75rem 0 1rem;
    padding-bottom: 1rem;
    border-bottom: 1px solid var(--line);
  }

  .ends {
    grid-column: 2;
    display: flex;
    justify-content: space-between;
    white-space: nowrap;
  }

  .journey input {
    display: block;
    width: 100%;
    height: 1.75rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .marked {
    min-height: 2.8em;
    font-variant-numeric: tabular-nums;
  }

  .numbers {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 0.5rem 1.5rem;
    margin-bottom: 1rem;
  }

  @media print {
    .journey,
    .marked,
    setting-slider {
      display: none;
    }
  }

  @container (max-width: 46rem) {
    .pictures {
      grid-template-columns: minmax(0, 32rem);
      justify-content: center;
    }

    .numbers {
      grid-template-columns: minmax(0, 1fr);
    }

    .journey {
      grid-template-columns: 6rem minmax(0, 1fr);
      column-gap: 0.75rem;
    }

    .journey button {
      padding-inline: 0;
    }
  }
`;
