import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { decimal, percent } from "../../format";
import { latest } from "../../lab/latest";
import {
  BOUNDS,
  DEFAULT_SETTINGS,
  type NumericArray,
  type Settings,
  type SpiralReply,
  type TwoLayerParams,
} from "../../lab/messages";
import { type Networks, type Trained, trainNetworks } from "../../lab/networks";
import { differing, settingsFrom, settingsOf } from "../../lab/settings";
import { classMarker } from "../../parts/class-legend";
import "../../parts/decision-map";
import { FigureElement } from "../figure-element";
import "../../parts/linear-weights";
import { networkDiagramStyles } from "./network-diagram-styles";
import "./network-drawing";
import "./parameter-count";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";

/** How long each of the networks is trained. */
const STEPS = 500;

const STOPS = [
  ...Array.from({ length: 20 }, (_, i) => i + 1),
  ...[25, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 200],
];

/** The network drawn, its parameters counted, and what it can do with and without ReLU. */
@customElement("network-diagram")
export class NetworkDiagram extends FigureElement {
  static override styles = [sharedStyles, networkDiagramStyles];

  @state() private settings: Settings = this.given();
  @state() private relu = true;
  /** The hidden unit picked out. */
  @state() private unit = 0;
  @state() private data: SpiralReply | undefined;
  @state() private networks: Networks | undefined;

  private readonly make = latest((settings: Settings) => this.load(settings));

  /** He weights, with which networks of every size get somewhere. */
  private given(): Settings {
    return settingsOf(this, { ...DEFAULT_SETTINGS, init: "he" });
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    this.relu = fields.get("relu") !== "off";
    this.unit = Number(fields.get("unit") ?? 0) || 0;
    this.set(settingsFrom(fields, this.given()));
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = differing(this.settings, this.given());
    if (!this.relu) fields.set("relu", "off");
    if (this.unit !== 0) fields.set("unit", String(this.unit));
    return fields;
  }

  private set(settings: Settings): void {
    if (canBeDrawn(settings)) {
      this.settings = settings;
      this.unit = Math.max(0, Math.min(this.unit, settings.hidden - 1));
    }
    this.make(settings); // the lab says what is wrong with others
  }

  private async load(settings: Settings): Promise<void> {
    await this.want(async (current) => {
      const [data, networks] = await Promise.all([
        this.lab.spiral({ settings }),
        trainNetworks(this.lab, settings, STEPS),
      ]);
      if (!current()) return;
      this.refusal = undefined;
      this.data = data;
      this.networks = networks;
      this.spoken = this.inWords();
      this.remember();
    });
  }

  /** The network in the diagram, once it is trained. */
  private get network(): Trained<TwoLayerParams> | undefined {
    const network = this.relu ? this.networks?.withReLU : this.networks?.without;
    return network?.params.b1.data.length === this.settings.hidden
      ? network
      : undefined;
  }

  private show(unit: number): void {
    this.unit = unit;
    this.remember();
  }

  private switchReLU(on: boolean): void {
    this.relu = on;
    this.spoken = this.inWords();
    this.remember();
  }

  private inWords(): string {
    const { networks, relu } = this;
    if (!networks) return "";
    const two = relu ? networks.withReLU : networks.without;
    const boundaries = relu
      ? "its boundaries bend"
      : "its boundaries are straight, as those of one layer are";
    return (
      `${this.settings.hidden} hidden units ${relu ? "with" : "without"} ReLU, after ` +
      `${STEPS} steps: ${percent(two.accuracy)} right, and ${boundaries}. ` +
      `One layer: ${percent(networks.oneLayer.accuracy)} right.`
    );
  }

  override render() {
    const { settings, relu } = this;
    return html`
      <div class="network">
        <network-drawing
          .units=${settings.hidden}
          .classes=${settings.classes}
          .relu=${relu}
          .chosen=${this.unit}
          .params=${this.network?.params}
          @unit=${({ detail }: CustomEvent<number>) => this.show(detail)}
        ></network-drawing>
        <div class="beside">
          ${this.sizeSlider()}
          <parameter-count .arrays=${arraysOf(settings)}></parameter-count>
          ${this.unitPanel()}
        </div>
      </div>
      <div class="switch" role="radiogroup" aria-labelledby="switch-label">
        <span id="switch-label">ReLU between the layers</span>
        ${this.radio(true, "on")} ${this.radio(false, "off")}
        <button @click=${this.reset}>Reset</button>
      </div>
      ${this.trouble(["hidden"])} ${this.speech()} ${this.comparison()}
      <p class="notice remark quiet">${this.remark()}</p>
    `;
  }

  private reset(): void {
    this.relu = true;
    this.unit = 0;
    this.set(this.given());
  }

  private sizeSlider() {
    const refused = this.refusal?.setting === "hidden";
    return html`<setting-slider
      data-setting="hidden"
      label="Hidden units, h"
      .stops=${STOPS}
      .value=${this.settings.hidden}
      .error=${refused ? (this.refusal?.message ?? "") : ""}
      @set=${({ detail }: CustomEvent<number>) => this.set({ ...this.settings, hidden: detail })}
    ></setting-slider>`;
  }

  /** The unit picked out: its own formula, and its weights in the scores. */
  private unitPanel() {
    const { unit, relu, network } = this;
    const { hidden, classes } = this.settings;
    const { W1, b1, W2 } = network?.params ?? {};
    const number = (array: NumericArray | undefined, at: number) =>
      array ? decimal(array.data[at] as number, 2) : "–";
    const plus = (array: NumericArray | undefined, at: number) => {
      const written = number(array, at);
      return written.startsWith("−") ? `− ${written.slice(1)}` : `+ ${written}`;
    };
    const sum = html`${number(W1, unit)} <i>x</i><sub>1</sub> ${plus(W1, hidden + unit)}
      <i>x</i><sub>2</sub> ${plus(b1, unit)}`;
    return html`<div class="unit">
      <setting-slider
        label="Unit"
        .stops=${Array.from({ length: hidden }, (_, i) => i)}
        .value=${unit}
        @set=${({ detail }: CustomEvent<number>) => this.show(Math.max(0, Math.min(Math.round(detail), hidden - 1)))}
      ></setting-slider>
      <p class="formula">
        ${relu ? html`max(0, ${sum})` : sum}
      </p>
      <p class="formula">
        in the scores:
        ${Array.from(
          { length: classes },
          (_, k) =>
            html`<span class="weight">${classMarker(k)} ${number(W2, unit * classes + k)}</span>`,
        )}
      </p>
      <p class="quiet">Thick: a large weight. Dashed: a negative one.</p>
    </div>`;
  }

  private radio(on: boolean, label: string) {
    return html`<label>
      <input
        type="radio"
        name="relu"
        .checked=${this.relu === on}
        @change=${() => this.switchReLU(on)}
      />
      ${label}
    </label>`;
  }

  /** Two layers and one, side by side. */
  private comparison() {
    const { networks, relu, settings } = this;
    const { classes } = settings;
    const two = relu ? networks?.withReLU : networks?.without;
    const map = (name: string, trained: Trained<unknown> | undefined) =>
      html`<decision-map
        class=${name}
        .data=${this.data}
        .map=${trained?.map}
        .bare=${true}
      ></decision-map>`;
    const words = (
      name: string,
      title: string,
      trained: Trained<unknown> | undefined,
    ) =>
      html`<div class="${name} words">
        <p class="title">${title}</p>
        <p class="quiet">${trained ? percent(trained.accuracy) : "–"} right</p>
      </div>`;
    return html`<div class="comparison">
      ${map("map-two", two)}
      ${words("about-two", `Two layers, ReLU ${relu ? "on" : "off"}`, two)}
      <div class="weights-two">
        ${
          relu
            ? html`<p class="none">
              No single matrix does the same: which units are on differs from place to
              place.
            </p>`
            : html`<linear-weights
              weights="W1 W2"
              biases="b1 W2 + b2"
              .W=${networks?.product.W}
              .b=${networks?.product.b}
              .classes=${classes}
              .narrow=${true}
            ></linear-weights>`
        }
      </div>
      ${map("map-one", networks?.oneLayer)}
      ${words("about-one", "One layer", networks?.oneLayer)}
      <div class="weights-one">
        <linear-weights
          .W=${networks?.oneLayer.params.W}
          .b=${networks?.oneLayer.params.b}
          .classes=${classes}
          .narrow=${true}
        ></linear-weights>
      </div>
    </div>`;
  }

  /** What to notice. */
  private remark() {
    const { networks, relu, settings } = this;
    if (!networks) return nothing;
    const { dead } = networks.withReLU;
    if (relu && dead === settings.hidden) {
      return "Every hidden unit gives 0 for every point here: the units are dead, and all places get the same scores.";
    }
    const start =
      relu && settings.init === "he"
        ? "He’s initial weights (see the note below)"
        : "weights of 0.01";
    return (
      `Trained on the points of the lesson for ${STEPS} steps, from ${start}.` +
      (relu
        ? ""
        : " Multiplied out, two layers are one: the boundaries are straight rays.")
    );
  }
}

function canBeDrawn({ hidden, classes }: Settings): boolean {
  const within = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  return (
    within(hidden, BOUNDS.hidden.maximum) && within(classes, BOUNDS.classes.maximum)
  );
}

function arraysOf({ hidden, classes }: Settings) {
  return [
    ["W1", [2, hidden]],
    ["b1", [1, hidden]],
    ["W2", [hidden, classes]],
    ["b2", [1, classes]],
  ] as const;
}

declare global {
  interface HTMLElementTagNameMap {
    "network-diagram": NetworkDiagram;
  }
}
