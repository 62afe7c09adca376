/** The stylesheet of `unit-diagram`. */

import { css } from "lit";

export const diagramStyles = css`
  :host {
    min-width: 0;
    min-height: 17.5rem;
    overflow: hidden;
    font-variant-numeric: tabular-nums;
  }

  svg {
    display: block;
  }

  text {
    font: 11px var(--sans);
    fill: var(--ink);
    cursor: default;
  }

  .heading {
    font: 12px var(--mono);
    fill: var(--faint);
    text-anchor: middle;
  }

  .heading.now,
  .heading.pointed {
    fill: var(--accent);
    font-weight: 600;
  }

  .paper {
    fill: var(--paper);
  }

  .fill {
    fill: var(--accent);
    stroke: var(--line);
  }

  .negative .fill {
    fill: var(--ink);
  }

  .now .fill {
    stroke: var(--faint);
  }

  .off .fill {
    fill: url(#hatch);
    stroke-dasharray: 2 2;
  }

  .off text {
    fill: var(--faint);
  }

  .ahead .fill {
    stroke-dasharray: 1 3;
  }

  .index {
    fill: var(--faint);
    font-size: 9.5px;
  }

  .value {
    text-anchor: end;
  }

  .made .fill {
    stroke: var(--accent);
    stroke-width: 1.5;
  }

  .unit.pointed .fill {
    fill: var(--accent);
    fill-opacity: 1;
    stroke: var(--accent);
  }

  .unit.pointed text {
    fill: var(--paper);
  }

  .line {
    fill: none;
    stroke: var(--accent);
    stroke-opacity: 0.35;
  }

  .edge.negative .line {
    stroke: var(--ink);
  }

  .edge.silent .line {
    stroke: var(--line);
    stroke-width: 0.75;
    stroke-dasharray: 2 4;
  }

  .edge.made .line {
    stroke-opacity: 1;
  }

  .edge.pointed .line {
    stroke: var(--accent);
    stroke-opacity: 1;
    stroke-width: 5;
    stroke-dasharray: none;
  }

  .edge .target {
    fill: none;
    stroke: transparent;
    stroke-width: 9;
  }

  .prob .target {
    fill: transparent;
  }

  .track {
    fill: var(--line);
    fill-opacity: 0.45;
  }

  .prob.predicted .p,
  .prob.pointed .p {
    font-weight: 700;
  }

  .prob.pointed .track {
    stroke: var(--accent);
    stroke-width: 2;
  }
`;
