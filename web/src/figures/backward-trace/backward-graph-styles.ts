/** The stylesheet of `backward-graph`. */

import { css } from "lit";

export const graphStyles = css`
  /* The graph: values on the left, operations in the middle, gradients on the right. */

  :host {
    margin-top: 0.75rem;
  }

  .row {
    position: relative;
    display: grid;
    grid-template: "forward spine backward" / minmax(0, 26.75rem) 6.5rem minmax(0, 1fr);
  }

  .direction {
    padding-bottom: 0.6rem;
    color: var(--faint);
  }

  .forward {
    grid-area: forward;
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    align-items: start;
    align-content: center;
    gap: 0.5rem 1.25rem;
    min-width: 0;
    padding-block: 0.5rem;
  }

  .backward {
    grid-area: backward;
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    align-content: center;
    gap: 0.5rem 1.25rem;
    min-width: 0;
    padding-block: 0.5rem;
  }

  .forward > p,
  .backward > p {
    align-self: center;
  }

  matrix-view {
    --entry-width: 3.25rem;
    --picture-height: 7.5rem;
    max-width: 100%;
  }

  .backward matrix-view,
  .gates {
    --entry-width: 4rem;
    --entry-size: 0.75rem;
  }

  /* Two lines run along the middle: values up, gradients down. */

  .spine {
    grid-area: spine;
    position: relative;
    display: grid;
    place-items: center;
    min-height: 3.25rem;
  }

  .spine::before,
  .spine::after {
    position: absolute;
    inset-block: 0;
    width: 0;
    content: "";
    border-left: 1.5px solid var(--line);
  }

  .spine::before {
    left: calc(50% - 0.8rem);
    border-color: var(--faint);
  }

  .spine::after {
    left: calc(50% + 0.8rem);
    border-left-style: dotted;
    border-color: color-mix(in srgb, var(--faint) 65%, transparent);
  }

  .spine.done::after {
    border-left: 2.5px solid var(--accent);
  }

  .spine.top-end::before,
  .spine.top-end::after {
    top: 50%;
  }

  .spine.bottom-end::before,
  .spine.bottom-end::after {
    bottom: 50%;
  }

  .spine.bottom-end::after {
    display: none;
  }

  .arrow {
    position: absolute;
    top: calc(50% - 4px);
    z-index: 1;
    width: 11px;
    height: 9px;
  }

  .arrow.up {
    left: calc(50% - 0.8rem - 5px);
    fill: var(--faint);
  }

  .arrow.down {
    left: calc(50% + 0.8rem - 4px);
    fill: color-mix(in srgb, var(--faint) 65%, transparent);
  }

  .done .arrow.down {
    fill: var(--accent);
  }

  .node {
    position: relative;
    z-index: 1;
    padding: 0.3rem 0.5rem;
    text-align: center;
    background: var(--paper);
    border: 1.5px solid var(--faint);
    border-radius: 0.4rem;
    font-family: var(--mono);
    font-size: 0.75rem;
  }

  .now .node {
    border-color: var(--accent);
    box-shadow: 0 0 0 1.5px var(--accent);
  }

  .cost {
    font-variant-numeric: tabular-nums;
  }

  .cost .name {
    font-family: var(--mono);
    font-size: 0.8125rem;
  }

  .cost svg {
    width: 0.9rem;
    height: 0.9rem;
    vertical-align: -0.1rem;
  }

  /* The gate: a column for each unit, as in the arrays above and below it. */

  .gates {
    display: flex;
    padding-left: calc(1px + 0.25rem);
    overflow: hidden;
  }

  .gates span {
    position: relative;
    flex: none;
    width: var(--entry-width);
    height: 1.9rem;
  }

  .gates span::before {
    position: absolute;
    inset-block: 0;
    left: 50%;
    content: "";
    border-left: 2.5px solid var(--accent);
  }

  .gates .shut::before {
    bottom: 50%;
    border-left: 2px dotted var(--faint);
  }

  .gates .shut::after {
    position: absolute;
    top: calc(50% - 2px);
    left: 20%;
    width: 60%;
    height: 5px;
    content: "";
    background: var(--ink);
    border-radius: 1px;
  }

  .gates.ahead span {
    opacity: 0.25;
  }

  .gates .pointed {
    background: color-mix(in srgb, var(--accent) 22%, transparent);
    border-radius: 0.25rem;
  }

  @container (max-width: 46rem) {
    /* The two lines run along the left, and each operation stands above its arrays. */

    .row {
      grid-template:
        "spine forward"
        "spine backward" / 2rem minmax(0, 1fr);
    }

    .row.headings {
      display: none;
    }

    .row.operation {
      padding-top: 2.6rem;
    }

    .forward {
      justify-content: start;
    }

    .operation .spine {
      margin-top: -2.6rem;
    }

    .spine .node {
      position: absolute;
      top: 0.6rem;
      left: 0;
      white-space: nowrap;
    }

    .node br {
      display: none;
    }

    .spine::before {
      left: 0.35rem;
    }

    .spine::after {
      left: 1.15rem;
    }

    .arrow.up {
      left: calc(0.35rem - 5px);
    }

    .arrow.down {
      left: calc(1.15rem - 4px);
    }

    .spine.top-end::before,
    .spine.top-end::after {
      top: 1rem;
    }

    .spine.bottom-end::before,
    .spine.bottom-end::after {
      bottom: 1rem;
    }
  }
`;
