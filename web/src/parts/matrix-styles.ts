/** The stylesheets of arrays: as numbers, and as pictures. */

import { css } from "lit";

export const matrixStyles = css`
  .scroll {
    font-variant-numeric: tabular-nums;
    overflow: auto hidden;
    /* Room for the outlines of cells at the edge. */
    margin: -3px;
    padding: 3px;
  }

  .scroll.empty {
    overflow: hidden;
  }

  .scroll.carried {
    overflow: visible;
  }

  /* Nothing is there to scroll to as long as the numbers are to come. */
  .scroll:not(.carried):has(.ahead) {
    overflow: hidden;
  }

  table {
    table-layout: fixed;
    border-collapse: separate;
    border-spacing: 0;
    padding: 0.1rem 0.25rem;
    /* Brackets, as around a matrix. */
    background:
      linear-gradient(var(--bracket, var(--faint)), var(--bracket, var(--faint))) left top / 5px 1px,
      linear-gradient(var(--bracket, var(--faint)), var(--bracket, var(--faint))) left bottom / 5px 1px,
      linear-gradient(var(--bracket, var(--faint)), var(--bracket, var(--faint))) right top / 5px 1px,
      linear-gradient(var(--bracket, var(--faint)), var(--bracket, var(--faint))) right bottom / 5px 1px;
    background-repeat: no-repeat;
    border-inline: 1px solid var(--bracket, var(--faint));
  }

  td {
    width: var(--entry-width, 3.5rem);
    min-width: var(--entry-width, 3.5rem);
    height: 1.5rem;
    padding: 0 0.25rem;
    border: 2px solid transparent;
    border-radius: 0.25rem;
    background: color-mix(
        in srgb,
        var(--accent) calc(var(--strength, 0) * 26%),
        transparent
      )
      padding-box;
    font-size: var(--entry-size, 0.8125rem);
    line-height: 1.2;
    text-align: right;
    white-space: nowrap;
    cursor: default;
  }

  td.negative {
    background: color-mix(
        in srgb,
        var(--ink) calc(var(--strength, 0) * 20%),
        transparent
      )
      padding-box;
  }

  td.off {
    color: var(--faint);
    background: repeating-linear-gradient(
        -45deg,
        var(--line) 0 1px,
        transparent 1px 5px
      )
      padding-box;
  }

  td.wrong {
    color: var(--wrong);
    box-shadow: inset 0 -2px var(--wrong);
  }

  td.kink {
    color: var(--faint);
    border: 2px dotted var(--faint);
  }

  td.made {
    border-color: color-mix(in srgb, var(--accent) 65%, transparent);
  }

  td.subject {
    border-color: var(--accent);
  }

  td.pointed {
    color: var(--paper);
    background: var(--accent);
    border-color: var(--accent);
  }

  td.ahead {
    color: var(--faint);
    text-align: center;
  }

  td:focus-visible {
    outline-color: var(--ink);
    outline-offset: 0;
  }
`;

export const pictureStyles = css`
  :host(matrix-picture),
  .blank {
    width: 9rem;
    font-variant-numeric: tabular-nums;
  }

  .blank {
    height: calc(var(--picture-height, 9rem) + 3 * 1.05rem);
    border-block: 1.05rem solid transparent;
    border-bottom-width: 2.1rem;
    background: var(--line) padding-box;
    opacity: 0.25;
  }

  .cells {
    position: relative;
    height: var(--picture-height, 9rem);
    outline: 1px solid var(--line);
    cursor: crosshair;
  }

  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }

  .corners,
  .readout {
    display: flex;
    justify-content: space-between;
    height: 1.05rem;
    font-size: 0.6875rem;
    line-height: 1.05rem;
    color: var(--faint);
  }

  .readout {
    justify-content: start;
    white-space: nowrap;
    color: var(--accent);
    font-size: 0.75rem;
  }

  .band,
  .entry {
    position: absolute;
    pointer-events: none;
    min-height: 3px;
    min-width: 3px;
  }

  .band {
    outline: 1.5px solid color-mix(in srgb, var(--accent) 65%, transparent);
  }

  .entry.pointed {
    min-height: 5px;
    transform: translateY(-1px);
    background: var(--accent);
    outline: 2px solid var(--paper);
    box-shadow: 0 0 0 3px var(--accent);
  }

  .entry:focus-visible {
    outline: 2px solid var(--ink);
  }
`;
