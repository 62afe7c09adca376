import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { contextOf } from "../drawing/canvas";
import { onThemeChange, paletteOf } from "../drawing/palette";
import { drawPoints, scaleOf } from "../drawing/points";
import { drawRegions } from "../drawing/regions";
import type { DecisionMapReply, SpiralReply } from "../lab/messages";
import "./class-legend";
import { sharedStyles } from "./shared-styles";

/**
 * The plane: the data, the regions in which each class is chosen, and how surely.
 *
 * @slot - what lies on top of the points, as large as the plane
 * @csspart plane - the square itself
 * @fires {CustomEvent<[x1: number, x2: number] | undefined>} point - where the pointer
 *   is now; nothing when it has left
 */
@customElement("decision-map")
export class DecisionMap extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .plane {
        position: relative;
        aspect-ratio: 1;
        background: var(--paper);
        outline: 1px solid var(--line);
        cursor: crosshair;
      }

      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }

      .points,
      ::slotted(*) {
        mix-blend-mode: var(--layers, normal);
      }

      .below {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        margin-top: 0.5rem;
        font-variant-numeric: tabular-nums;
      }

      ::slotted(*) {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
    `,
  ];

  /** The points and their labels. */
  @property({ attribute: false }) data: SpiralReply | undefined;
  /** Scores and confidence on a grid. */
  @property({ attribute: false }) map: DecisionMapReply | undefined;
  /** The map reaches from -extent to extent in x1 and x2. */
  @property({ type: Number }) extent = 1.1;
  @property({ type: Number }) classes = 3;
  /** Whether there is nothing below the plane: no legend, and nothing to read. */
  @property({ type: Boolean }) bare = false;

  @state() private pointer: [number, number] | undefined;

  private readonly resizes = new ResizeObserver(() => this.draw());
  private stopTheme = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.requestUpdate("data"));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    this.resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.resizes.observe(this.plane);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("data") || changed.has("extent")) this.draw();
    else if (changed.has("map")) this.drawMap();
  }

  private get plane(): HTMLElement {
    return this.renderRoot.querySelector(".plane") as HTMLElement;
  }

  private draw(): void {
    this.drawMap();
    if (!this.data) return;
    const size = this.plane.clientWidth;
    const canvas = this.renderRoot.querySelector(".points") as HTMLCanvasElement;
    const { X, y } = this.data;
    drawPoints(contextOf(canvas, size, size), X, y, size, this.extent, paletteOf(this));
  }

  private drawMap(): void {
    if (!this.map) return;
    const size = this.plane.clientWidth;
    const canvas = this.renderRoot.querySelector(".map") as HTMLCanvasElement;
    drawRegions(
      contextOf(canvas, size, size, { alpha: false }),
      this.map,
      size,
      paletteOf(this),
    );
  }

  private point(event: PointerEvent): void {
    const { left, top, width } = this.plane.getBoundingClientRect();
    const scale = scaleOf(width, this.extent);
    this.tell(scale.inverse(event.clientX - left, event.clientY - top));
  }

  private tell(pointer: [number, number] | undefined): void {
    this.pointer = pointer;
    this.dispatchEvent(new CustomEvent("point", { detail: pointer }));
  }

  /** The class chosen at the grid point nearest to a place, and how surely. */
  private read({ scores, confidence }: DecisionMapReply, [x1, x2]: [number, number]) {
    const [rows, columns, classes] = scores.shape as [number, number, number];
    const nearest = (x: number, length: number) => {
      const at = Math.round(((x + this.extent) / (2 * this.extent)) * (length - 1));
      return Math.min(Math.max(at, 0), length - 1);
    };
    const at = nearest(x2, rows) * columns + nearest(x1, columns);
    const behind = scores.data.subarray(at * classes, (at + 1) * classes);
    return { chosen: behind.indexOf(0), p: confidence.data[at] as number };
  }

  private readout(): string {
    if (!this.pointer) return "Touch or point at the map to read it.";
    const [x1, x2] = this.pointer;
    const place = `(${x1.toFixed(2)}, ${x2.toFixed(2)})`;
    if (!this.map) return place;
    const { chosen, p } = this.read(this.map, this.pointer);
    return `${place}: class ${chosen}, p = ${p.toFixed(3)}`;
  }

  override render() {
    return html`
      <div
        class="plane"
        part="plane"
        @pointermove=${this.point}
        @pointerdown=${this.point}
        @pointerleave=${() => this.tell(undefined)}
      >
        <canvas class="map" aria-hidden="true"></canvas>
        <canvas class="points" aria-hidden="true"></canvas>
        <slot></slot>
      </div>
      ${this.bare ? nothing : this.below()}
    `;
  }

  private below() {
    return html`<div class="below">
      <class-legend .classes=${this.classes}></class-legend>
      <p class="quiet" aria-hidden="true">${this.readout()}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "decision-map": DecisionMap;
  }
}
