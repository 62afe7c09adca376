import { css, html, nothing, svg } from "lit";
import { customElement, state } from "lit/decorators.js";
import { contextOf } from "../../drawing/canvas";
import { largestOf } from "../../drawing/matrix";
import { onThemeChange, paletteOf } from "../../drawing/palette";
import { drawUnitOnMap, type Units } from "../../drawing/tiles";
import { decimal, whole } from "../../format";
import type { DecisionMapReply, TwoLayerParams } from "../../lab/messages";
import type { Moment } from "../../lab/run";
import { classMarker } from "../../parts/class-legend";
import "../../parts/decision-map";
import "../../parts/run-controls";
import "../../parts/run-numbers";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";
import { SETTING_STOPS } from "../../parts/stops";
import { TrainingFigure } from "../training-figure";
import "./unit-tiles";

const EXTENT = 1.1;
const RESOLUTION = 100;
/** The run ends here, and goes on by as many steps when asked again. */
const LENGTH = 1000;
/** More tiles would be too small to see. */
const HIDDEN = SETTING_STOPS.hidden.filter((units) => units <= 200);

interface Picture extends Units {
  readonly map: DecisionMapReply;
}

/** What each hidden unit sees: where it is on, its line, and what it speaks for. */
@customElement("hidden-tiles")
export class HiddenTiles extends TrainingFigure<Picture> {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .pictures {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 1.5rem;
      }

      .overlay {
        pointer-events: none;
      }

      .unit {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 0.5rem 1.5rem;
        margin-top: 1rem;
        padding-top: 1rem;
        border-top: 1px solid var(--line);
        font-variant-numeric: tabular-nums;
      }

      h3 {
        margin: 0 0 0.25rem;
        font-size: 1rem;
      }

      .formula {
        margin-bottom: 0.25rem;
        font-size: 1rem;
      }

      i {
        font-family: var(--serif);
      }

      sub {
        line-height: 0;
      }

      .unit > div {
        min-height: 6rem;
      }

      table {
        border-collapse: collapse;
      }

      th {
        padding: 0.1rem 1rem 0.1rem 0;
        font-weight: 400;
        text-align: left;
        white-space: nowrap;
      }

      td {
        padding: 0.1rem 0;
        text-align: right;
      }

      th svg {
        width: 0.9rem;
        height: 0.9rem;
        vertical-align: -0.12rem;
      }

      td.bar {
        width: 100%;
        padding-left: 1rem;
      }

      .bar svg {
        display: block;
        width: 100%;
        max-width: 18rem;
        height: 0.8rem;
      }

      .summary {
        min-height: 2.8em;
        margin-top: 1rem;
      }

      .controls {
        display: grid;
        gap: 1rem;
        margin-top: 1rem;
      }

      .numbers {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 0.5rem 1.5rem;
      }

      @container (max-width: 46rem) {
        .pictures,
        .unit,
        .numbers {
          grid-template-columns: minmax(0, 1fr);
        }

        .pictures {
          grid-template-columns: minmax(0, 32rem);
          justify-content: center;
        }
      }
    `,
  ];

  @state() private unit = 0;

  private stopTheme = () => {};
  private readonly resizes = new ResizeObserver(() => this.drawUnit());

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.drawUnit());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    this.resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.resizes.observe(this.renderRoot.querySelector("decision-map") as HTMLElement);
  }

  protected override updated(): void {
    this.drawUnit();
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    const unit = Number(fields.get("unit") ?? 0);
    this.unit = Number.isInteger(unit) && unit >= 0 ? unit : 0;
    super.open(fields);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map(super.link());
    if (this.unit > 0) fields.set("unit", String(this.unit));
    return fields;
  }

  protected override async pictureOf({ params }: Moment): Promise<Picture> {
    const { settings } = this;
    const twoLayer = params as TwoLayerParams;
    const [map, features] = await Promise.all([
      this.lab.decision_map({ params, resolution: RESOLUTION, extent: EXTENT }),
      // Straight lines: four corners say all there is to say.
      this.lab.features({ settings, params: twoLayer, resolution: 2, extent: EXTENT }),
    ]);
    return { params: twoLayer, features, map };
  }

  /** The unit picked; the last one, if there were more of them in an earlier run. */
  private get picked(): number {
    const count = this.picture?.features.on.data.length ?? this.settings.hidden;
    return Math.min(this.unit, count - 1);
  }

  private drawUnit(): void {
    if (!this.picture) return;
    const canvas = this.renderRoot.querySelector(".overlay") as HTMLCanvasElement;
    const size = canvas.clientWidth;
    const context = contextOf(canvas, size, size);
    const { features } = this.picture;
    drawUnitOnMap(context, features, this.picked, size, EXTENT, paletteOf(this));
  }

  private pick(unit: number): void {
    this.unit = unit;
    this.remember();
  }

  private train(): void {
    const step = this.moment?.step ?? 0;
    void this.auto((Math.floor(step / LENGTH) + 1) * LENGTH);
  }

  protected override inWords(moment: Moment): string {
    return `${super.inWords(moment)} ${this.summary()}`;
  }

  /** What the units do together. */
  private summary(): string {
    if (!this.picture) return "";
    const { on, patterns, most_regions, points } = this.picture.features;
    const count = on.data.length;
    return (
      `${count === 1 ? "1 line cuts" : `${count} lines cut`} the plane into at most ` +
      `${whole(most_regions)} regions. The ${points} points lie in ${whole(patterns)} ` +
      `of them, each with its own pattern of units on and off.`
    );
  }

  override render() {
    const { moment, run, picture } = this;
    return html`
      <div class="pictures">
        <unit-tiles
          .units=${picture}
          .count=${picture?.features.on.data.length ?? this.settings.hidden}
          .unit=${this.picked}
          .extent=${EXTENT}
          @pick=${({ detail }: CustomEvent<number>) => this.pick(detail)}
        ></unit-tiles>
        <decision-map
          .data=${this.data}
          .map=${picture?.map}
          .classes=${this.settings.classes}
        >
          <canvas class="overlay" aria-hidden="true"></canvas>
        </decision-map>
      </div>
      <div class="unit">${picture ? this.unitInNumbers(picture) : nothing}</div>
      <p class="summary">${this.summary()}</p>
      ${this.notice(["hidden"])} ${this.speech()}
      <div class="controls">
        <div class="numbers">
          <run-numbers .moment=${moment}></run-numbers>
          <setting-slider
            data-setting="hidden"
            label="Hidden units"
            .stops=${HIDDEN}
            .value=${this.settings.hidden}
            .error=${this.refusal?.setting === "hidden" ? this.refusal.message : ""}
            @set=${({ detail }: CustomEvent<number>) => this.set("hidden", detail)}
          ></setting-slider>
        </div>
        <run-controls
          label="Train & Show"
          .ready=${moment !== undefined}
          .running=${this.running}
          .step=${moment?.step ?? 0}
          .end=${run?.last.step ?? 0}
          .speed=${this.speed}
          @toggle=${() => (this.running ? this.pause() : this.train())}
          @step=${this.step}
          @reset=${() => this.begin(this.settings)}
          @new-weights=${this.newWeights}
          @scrub=${({ detail }: CustomEvent<number>) => this.scrub(detail)}
          @speed=${({ detail }: CustomEvent<number>) => {
            this.speed = detail;
          }}
        ></run-controls>
      </div>
    `;
  }

  private unitInNumbers({ params, features }: Picture) {
    const unit = this.picked;
    const { W1, b1, W2 } = params;
    const number = (value: number) => decimal(value, 3);
    const term = (value: number) =>
      `${value < 0 ? "−" : "+"} ${number(Math.abs(value))}`;
    const [w1, w2] = [W1.data[unit], W1.data[b1.data.length + unit]] as [
      number,
      number,
    ];
    const bias = b1.data[unit] as number;
    const on = features.on.data[unit] as number;
    const classes = W2.shape[1] as number;
    const outgoing = W2.data.subarray(unit * classes, (unit + 1) * classes);
    const heaviest = Math.max(largestOf(W2), Number.MIN_VALUE);
    return html`
      <div>
        <h3>Unit ${unit}</h3>
        <p class="formula">
          hidden[${unit}] = max(0, ${number(w1)} <i>x</i><sub>1</sub>
          ${term(w2)} <i>x</i><sub>2</sub> ${term(bias)})
        </p>
        <p>
          ${on === 0 ? "Dead: off for every point." : `On for ${on} of ${features.points} points.`}
        </p>
      </div>
      <div>
        <h3>What it adds to the scores when it is on</h3>
        <table>
          ${Array.from(
            outgoing,
            (weight, k) => html`<tr>
              <th scope="row">${classMarker(k)} W2[${unit}, ${k}]</th>
              <td>${number(weight)}</td>
              <td class="bar">${bar(k, weight / heaviest)}</td>
            </tr>`,
          )}
        </table>
      </div>
    `;
  }
}

/** A bar to the right of the middle for what is above 0, to the left for what is below. */
function bar(label: number, part: number) {
  const [start, width] = [50 + Math.min(50 * part, 0), Math.abs(50 * part)];
  return svg`<svg aria-hidden="true">
    <rect x="${start}%" width="${width}%" y="15%" height="70%" fill="var(--class-${label})"></rect>
    <line x1="50%" x2="50%" y1="0" y2="100%" stroke="var(--faint)"></line>
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "hidden-tiles": HiddenTiles;
  }
}
