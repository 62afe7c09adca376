/** The stylesheet of `network-diagram`. */

import { css } from "lit";

export const networkDiagramStyles = css`
  :host {
    container-type: inline-size;
  }

  .network {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 21rem);
    gap: 1.5rem 4rem;
  }

  .beside {
    display: grid;
    gap: 1rem;
    align-content: start;
  }

  .formula {
    min-height: 1.6em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .formula svg {
    width: 0.85rem;
    height: 0.85rem;
    vertical-align: -0.1rem;
  }

  .weight {
    margin-left: 0.6rem;
  }

  i {
    font-family: var(--serif);
  }

  sub {
    line-height: 0;
  }

  .switch {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1.25rem;
    margin-top: 1rem;
    padding-top: 1rem;
    border-top: 1px solid var(--line);
  }

  #switch-label {
    font-weight: 600;
  }

  .switch label {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    min-height: 2.5rem;
  }

  .switch input {
    width: 1.1rem;
    height: 1.1rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .switch button {
    margin-left: auto;
  }

  .comparison {
    display: grid;
    grid-template:
      "map-two about-two map-one about-one" auto
      "map-two weights-two map-one weights-one" 1fr
      / minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr);
    gap: 0.75rem 1.25rem;
    margin-top: 0.75rem;
  }

  .map-two {
    grid-area: map-two;
  }

  .about-two {
    grid-area: about-two;
  }

  .weights-two {
    grid-area: weights-two;
  }

  .map-one {
    grid-area: map-one;
  }

  .about-one {
    grid-area: about-one;
  }

  .weights-one {
    grid-area: weights-one;
  }

  .title {
    font-weight: 600;
  }

  .words {
    font-variant-numeric: tabular-nums;
  }

  .none {
    max-width: 15rem;
  }

  @container (max-width: 56rem) {
    .comparison {
      grid-template:
        "about-two about-one" auto
        "map-two map-one" auto
        "weights-two weights-one" auto
        / minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  @container (max-width: 46rem) {
    .network {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @container (max-width: 33rem) {
    .remark {
      min-height: 5.6em;
    }

    .comparison {
      grid-template:
        "about-two about-one" auto
        "map-two map-one" auto
        "weights-one weights-one" auto
        "weights-two weights-two" 6.5rem
        / minmax(0, 1fr) minmax(0, 1fr);
    }
  }
`;
