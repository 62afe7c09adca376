import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { contextOf } from "../../drawing/canvas";
import { MARGIN, type View } from "../../drawing/folds";
import {
  drawOverlay,
  drawScene,
  placeOf,
  project,
  type Scene,
} from "../../drawing/morph";
import { onThemeChange, paletteOf } from "../../drawing/palette";
import { placeOn, type Sheet } from "../../drawing/sheet";
import type { ScoreSpaceReply, SpiralReply } from "../../lab/messages";
import { sharedStyles } from "../../parts/shared-styles";
import { calm } from "../figure-element";

/** Milliseconds in which the scale comes closer to where it should be by a factor of e. */
const EASE = 220;
/** Pixels within which a point counts as pointed at. */
const NEAR = 14;
const EXTENT = 1.1;

/** What is marked: a point of the data, or a place in the input plane. */
export type Mark = number | readonly [x1: number, x2: number] | undefined;

/**
 * The data and a grid, anywhere between the input plane and the plane of the scores.
 *
 * As an `overlay` it shows only borders, errors and the mark, over a map of the input
 * plane.
 *
 * @fires {CustomEvent<number | undefined>} point - the pointer is over a point, or left
 * @fires {CustomEvent<number | undefined>} pick - a point was clicked, or no point
 */
@customElement("score-plane")
export class ScorePlane extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        aspect-ratio: 1;
      }

      canvas {
        display: block;
        width: 100%;
        height: 100%;
      }
    `,
  ];

  @property({ attribute: false }) data: SpiralReply | undefined;
  @property({ attribute: false }) space: ScoreSpaceReply | undefined;
  /** The sheet of `space`; may be changed in place when that is another one. */
  @property({ attribute: false }) sheet: Sheet | undefined;
  /** 0 in the input plane, 1 in the plane of the scores. */
  @property({ type: Number }) morph = 0;
  @property({ attribute: false }) mark: Mark;
  @property({ type: Boolean }) overlay = false;

  /** Where on the canvas each point is: x and y in turn. */
  private spots = new Float32Array();
  /** How far the plane of the scores is seen; follows the data. */
  private reach: number | undefined;
  private frame: number | undefined;
  private drawnAt = 0;
  private stopTheme = () => {};
  private readonly resizes = new ResizeObserver(() => this.draw());

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.draw());
    this.resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    this.resizes.disconnect();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  protected override updated(): void {
    this.draw();
  }

  /** Draw now, and again until the scale has come to rest. */
  private draw(): void {
    const { data, space, sheet } = this;
    const size = this.clientWidth;
    if (!data || !space || !sheet || size === 0) return;
    const wanted = MARGIN * (space.radius || 1);
    const reach = this.easedReach(wanted);
    const view: View = { size, morph: this.morph, extent: EXTENT, reach };
    if (this.spots.length !== 2 * data.y.data.length) {
      this.spots = new Float32Array(2 * data.y.data.length);
    }
    project({ data, space }, view, this.spots);
    const canvas = this.renderRoot.querySelector("canvas") as HTMLCanvasElement;
    const scene: Scene = { data, space, sheet, mark: this.placeMarked() };
    const draw = this.overlay ? drawOverlay : drawScene;
    draw(contextOf(canvas, size, size), scene, this.spots, view, paletteOf(this));
    if (reach !== wanted && this.morph > 0) {
      this.frame ??= requestAnimationFrame(() => {
        this.frame = undefined;
        this.draw();
      });
    }
  }

  /** The scale that is a little nearer to the wanted one, by equal ratios. */
  private easedReach(wanted: number): number {
    const now = performance.now();
    const elapsed = Math.min(now - this.drawnAt, 50); // no jump after a rest
    const share = 1 - Math.exp(-elapsed / EASE);
    this.drawnAt = now;
    const near = Math.abs(Math.log(wanted / (this.reach ?? wanted))) < 0.002;
    if (this.reach === undefined || near || this.morph === 0 || calm()) {
      this.reach = wanted;
    } else {
      this.reach *= (wanted / this.reach) ** share;
    }
    return this.reach;
  }

  private placeMarked(): ArrayLike<number> | undefined {
    const { data, space, sheet, mark } = this;
    if (mark === undefined || !data || !space || !sheet) return undefined;
    if (typeof mark === "number") {
      return mark < data.y.data.length ? placeOf(data, space, mark, EXTENT) : undefined;
    }
    return placeOn(sheet, mark[0] / EXTENT, mark[1] / EXTENT);
  }

  /** The point nearest to a place on the screen, if one is near. */
  private nearest({ clientX, clientY }: MouseEvent): number | undefined {
    const { left, top } = this.getBoundingClientRect();
    let [found, distance]: [number | undefined, number] = [undefined, NEAR];
    for (let i = 0; i < this.spots.length / 2; i++) {
      const dx = (this.spots[2 * i] as number) - (clientX - left);
      const dy = (this.spots[2 * i + 1] as number) - (clientY - top);
      const away = Math.hypot(dx, dy);
      if (away < distance) [found, distance] = [i, away];
    }
    return found;
  }

  private tell(name: "point" | "pick", detail: number | undefined): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  override render() {
    return html`<canvas
      aria-hidden="true"
      @pointermove=${(event: PointerEvent) => this.tell("point", this.nearest(event))}
      @pointerleave=${() => this.tell("point", undefined)}
      @click=${(event: MouseEvent) => this.tell("pick", this.nearest(event))}
    ></canvas>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "score-plane": ScorePlane;
  }
}
