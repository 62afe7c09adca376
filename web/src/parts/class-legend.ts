import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { markerName, svgMarker } from "../drawing/markers";
import { MOST_CLASSES } from "../drawing/palette";
import { sharedStyles } from "./shared-styles";

/** Which marker and colour stand for which class. */
@customElement("class-legend")
export class ClassLegend extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.9rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: 0.3rem;
      }

      svg {
        width: 0.9rem;
        height: 0.9rem;
      }
    `,
  ];

  @property({ type: Number }) classes = 3;

  override render() {
    const length = Math.min(this.classes, MOST_CLASSES); // a link may ask for more
    return html`<ul aria-label="Classes">
      ${Array.from({ length }, (_, label) => html`<li>${classMarker(label)} class ${label}</li>`)}
    </ul>`;
  }
}

/** The marker of a class, as a picture in the text. */
export function classMarker(label: number) {
  return html`<svg viewBox="-6 -6 12 12" role="img" aria-label=${markerName(label)}>
    <path d=${svgMarker(label)} fill="var(--class-${label})"></path>
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "class-legend": ClassLegend;
  }
}
