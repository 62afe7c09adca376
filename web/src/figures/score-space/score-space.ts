import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { MARGIN } from "../../drawing/folds";
import { emptySheet, sheetOf } from "../../drawing/sheet";
import { decimal } from "../../format";
import type {
  DecisionMapReply,
  ScoreSpaceReply,
  SpiralReply,
} from "../../lab/messages";
import type { Moment } from "../../lab/run";
import "../../parts/decision-map";
import { calm } from "../figure-element";
import "../../parts/run-controls";
import "../../parts/run-numbers";
import type { Mark } from "./score-plane";
import "./score-plane";
import { scoreSpaceStyles } from "./score-space-styles";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";
import { TrainingFigure } from "../training-figure";

const EXTENT = 1.1;
const MAP_RESOLUTION = 100;
const SHEET_RESOLUTION = 61;
/** The figure opens here: with a network that has learned. */
const START = 1000;
/** Milliseconds from one plane to the other. */
const JOURNEY = 2500;

interface Picture {
  readonly map: DecisionMapReply;
  readonly space: ScoreSpaceReply;
}

/** The spirals, unwound: from the input plane to the plane of the scores. */
@customElement("score-space")
export class ScoreSpace extends TrainingFigure<Picture> {
  static override styles = [sharedStyles, scoreSpaceStyles];

  /** How far the sheet is on its way. */
  @state() private morph = 0;
  /** The point that stays marked. */
  @state() private held: number | undefined;
  /** What is under the pointer. */
  @state() private under: Mark;
  @state() private playing = false;

  private sheet = emptySheet();
  /** The point near the pointer, while that is over the map. */
  private near: number | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("picture") && this.picture) {
      this.sheet = sheetOf(this.picture.space, this.sheet);
    }
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    const morph = Number(fields.get("morph") ?? 0);
    this.playing = false;
    this.morph = morph >= 0 && morph <= 1 ? morph : 0;
    const point = Number(fields.get("point") ?? Number.NaN);
    this.held = Number.isInteger(point) && point >= 0 ? point : undefined;
    super.open(new Map([["step", String(START)], ...fields]));
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map(super.link());
    const step = fields.get("step") ?? "0";
    if (step === String(START)) fields.delete("step");
    else fields.set("step", step);
    if (this.morph > 0) fields.set("morph", String(this.morph));
    if (this.held !== undefined) fields.set("point", String(this.held));
    return fields;
  }

  protected override async pictureOf(
    { params }: Moment,
    { X }: SpiralReply,
  ): Promise<Picture> {
    const [map, space] = await Promise.all([
      this.lab.decision_map({ params, resolution: MAP_RESOLUTION, extent: EXTENT }),
      this.lab.score_space({ params, X, resolution: SHEET_RESOLUTION, extent: EXTENT }),
    ]);
    return { map, space };
  }

  /** Travel to the other plane; to the plane of the scores from anywhere in between. */
  private async play(): Promise<void> {
    if (this.playing) {
      this.playing = false;
      return;
    }
    const [from, to] = [this.morph, this.morph < 1 ? 1 : 0];
    if (calm()) {
      this.travel(to);
      this.say();
      return;
    }
    this.playing = true;
    const length = JOURNEY * Math.abs(to - from);
    let travelled = 0;
    let before = performance.now();
    while (this.playing && travelled < length) {
      await this.shown();
      const now = await new Promise<number>(requestAnimationFrame);
      if (!this.playing) return;
      travelled += Math.min(Math.max(now - before, 0), 50); // no jump after a pause
      before = now;
      const part = Math.min(travelled / length, 1);
      this.travel(from + (to - from) * eased(part));
    }
    this.playing = false;
    this.say();
  }

  private travel(morph: number): void {
    this.morph = Math.round(1000 * morph) / 1000;
    this.remember();
  }

  private slid(event: Event): void {
    this.playing = false;
    this.travel((event.target as HTMLInputElement).valueAsNumber / 100);
    this.say();
  }

  private hold(point: number | undefined): void {
    this.held = point;
    this.remember();
    this.say();
  }

  /** The same again, but at the start of the run or in the input plane. */
  private say(): void {
    if (this.moment) this.spoken = this.inWords(this.moment);
  }

  protected override inWords(moment: Moment): string {
    return `${super.inWords(moment)} ${this.whereItIs()} ${this.markedInWords()}`;
  }

  private whereItIs(): string {
    if (this.morph === 0) return "Both pictures show the input plane.";
    if (this.morph < 1) {
      return `The picture on the right is ${Math.round(100 * this.morph)}% of the way to the plane of the scores.`;
    }
    return "On the right is the plane of the scores: three straight wedges, one for each class.";
  }

  private get mark(): Mark {
    return this.under ?? this.held;
  }

  private markedInWords(): string {
    const { mark, data, picture } = this;
    if (typeof mark !== "number" || !data || !picture) return "";
    const label = data.y.data[mark];
    const prediction = picture.space.prediction.data[mark];
    const where =
      label === prediction
        ? "and lies in that class’s region, on both sides."
        : `but lies in the region of class ${prediction}, on both sides.`;
    return label === undefined ? "" : `Point ${mark} is of class ${label} ${where}`;
  }

  override render() {
    const { moment, run, picture, data } = this;
    const points = data?.y.data.length ?? 0;
    const wrong = Array.from(picture?.space.prediction.data ?? []).filter(
      (prediction, i) => prediction !== data?.y.data[i],
    ).length;
    return html`
      <div class="pictures">
        <div>
          <h3>Input plane</h3>
          <decision-map
            .data=${data}
            .map=${picture?.map}
            .classes=${3}
            @point=${({ detail }: CustomEvent<[number, number] | undefined>) => {
              this.under = detail && (this.near ?? detail);
            }}
          >
            <score-plane
              overlay
              .data=${data}
              .space=${picture?.space}
              .sheet=${this.sheet}
              .mark=${this.mark}
              @point=${({ detail }: CustomEvent<number | undefined>) => {
                this.near = detail;
              }}
              @pick=${({ detail }: CustomEvent<number | undefined>) => this.hold(detail)}
            ></score-plane>
          </decision-map>
        </div>
        <div>
          <h3>
            ${planeName(this.morph)}
            ${
              this.morph === 1 && picture
                ? html`<span class="quiet">axes to ±${decimal(MARGIN * picture.space.radius, 2)}</span>`
                : nothing
            }
          </h3>
          <div class="plane">
            <score-plane
              .data=${data}
              .space=${picture?.space}
              .sheet=${this.sheet}
              .morph=${this.morph}
              .mark=${this.mark}
              @point=${({ detail }: CustomEvent<number | undefined>) => {
                this.under = detail;
              }}
              @pick=${({ detail }: CustomEvent<number | undefined>) => this.hold(detail)}
            ></score-plane>
          </div>
          <p class="below quiet">
            ${wrong} of ${points} points are in another class’s region: they have a ring.
          </p>
        </div>
      </div>
      <div class="journey">
        <button class="primary" ?disabled=${!picture} @click=${this.play}>
          ${this.playing ? "Pause" : this.morph < 1 ? "Play" : "Play back"}
        </button>
        <input
          type="range"
          aria-label="From the input plane to the plane of the scores"
          min="0"
          max="100"
          step="1"
          aria-valuetext="${Math.round(100 * this.morph)}% of the way"
          .value=${String(Math.round(100 * this.morph))}
          @input=${this.slid}
        />
        <p class="ends quiet" aria-hidden="true">
          <span>input plane</span><span>plane of the scores</span>
        </p>
      </div>
      <div class="numbers">
        <run-numbers .moment=${moment}></run-numbers>
        <div>
          <setting-slider
            label="Marked point"
            .free=${false}
            .stops=${[-1, ...Array.from({ length: points }, (_, i) => i)]}
            .value=${this.held ?? -1}
            .write=${(point: number) => (point < 0 ? "none" : String(point))}
            @set=${({ detail }: CustomEvent<number>) => this.hold(detail < 0 ? undefined : detail)}
          ></setting-slider>
          <p class="marked">
            ${this.markedInWords() || "Click a point in either picture, or choose one here, to follow it."}
          </p>
        </div>
      </div>
      ${this.notice([])} ${this.speech()}
      <run-controls
        label="Train"
        .ready=${moment !== undefined}
        .running=${this.running}
        .step=${moment?.step ?? 0}
        .end=${run?.last.step ?? 0}
        .speed=${this.speed}
        @toggle=${() => (this.running ? this.pause() : void this.auto())}
        @step=${this.step}
        @reset=${() => this.begin(this.settings)}
        @new-weights=${this.newWeights}
        @scrub=${({ detail }: CustomEvent<number>) => this.scrub(detail)}
        @speed=${({ detail }: CustomEvent<number>) => {
          this.speed = detail;
        }}
      ></run-controls>
    `;
  }
}

function planeName(morph: number): string {
  if (morph === 0) return "The same plane, before the journey";
  return morph < 1 ? "On the way" : "Plane of the scores";
}

/** Slow at both ends. */
function eased(part: number): number {
  return part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
}

declare global {
  interface HTMLElementTagNameMap {
    "score-space": ScoreSpace;
  }
}
