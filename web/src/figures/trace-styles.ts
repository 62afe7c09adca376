/** What the stylesheets of the trace figures have in common. */

import { css } from "lit";

export const traceStyles = css`
  .stage-bar {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.5rem 1.5rem;
    align-items: start;
  }

  .buttons {
    display: flex;
    gap: 0.5rem;
  }

  .buttons button {
    min-width: 4.5rem;
  }

  .buttons [aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
  }

  .count {
    margin-top: 0.35rem;
    color: var(--faint);
    font-variant-numeric: tabular-nums;
  }

  /* All stages lie on top of each other, so that the height stays the same. */
  .stages {
    display: grid;
  }

  .stage {
    grid-area: 1 / 1;
    min-width: 0;
    visibility: hidden;
  }

  .stage.current {
    visibility: visible;
  }

  .outcome {
    grid-column: 2;
    min-height: 1.4em;
    font-weight: 600;
  }

  .plane {
    min-width: 0;
  }

  @container (max-width: 40rem) {
    .stage-bar {
      grid-template-columns: minmax(0, 1fr);
    }

    .outcome {
      grid-column: 1;
      min-height: 2.8em;
    }

    .stage-bar .lead {
      display: flex;
      align-items: baseline;
      gap: 1rem;
    }
  }
`;
