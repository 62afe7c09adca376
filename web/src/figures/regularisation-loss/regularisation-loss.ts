import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { lossBar } from "../../drawing/bars";
import { decimal, percent } from "../../format";
import { latest } from "../../lab/latest";
import type {
  DecisionMapReply,
  LossesReply,
  Settings,
  SpiralReply,
  TwoLayerParams,
} from "../../lab/messages";
import { settingsOf } from "../../lab/settings";
import { logarithmicStops } from "../../parts/stops";
import "../../parts/decision-map";
import { FigureElement } from "../figure-element";
import { regularisationStyles } from "./regularisation-styles";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";

/** How long each network is trained. */
const STEPS = 1000;
const RESOLUTION = 80;
const STOPS = [0, ...logarithmicStops(-5, -1, 5)];

/** A network after training with some reg, and how it does. */
interface Trained {
  readonly reg: number;
  readonly params: TwoLayerParams;
  readonly map: DecisionMapReply;
  readonly accuracy: number;
  /** With the reg that it was trained with. */
  readonly losses: LossesReply;
}

/** The two parts of a real network's loss, and what comes of a price on large weights. */
@customElement("regularisation-loss")
export class RegularisationLoss extends FigureElement {
  static override styles = [sharedStyles, regularisationStyles];

  private readonly given: Settings = settingsOf(this);
  /** What the slider says. */
  @state() private reg = this.given.reg;
  @state() private data: SpiralReply | undefined;
  /** The network without a price on weights, and the one whose loss is taken apart. */
  @state() private free: Trained | undefined;
  @state() private trained: Trained | undefined;
  /** The loss of the second with what the slider says, and what that was. */
  @state() private losses: (LossesReply & { readonly reg: number }) | undefined;
  @state() private training = false;
  /** What the second is to be trained with. */
  private aim = this.given.reg;

  private readonly weigh = latest(async (reg: number) => {
    const { trained } = this;
    if (trained?.reg !== this.aim) {
      await this.load(this.aim, reg);
      return;
    }
    await this.want(async (current) => {
      const settings = { ...this.given, reg };
      const losses = await this.lab.losses({ settings, params: trained.params });
      if (current()) this.show({ ...losses, reg });
    });
  });

  protected override open(fields: ReadonlyMap<string, string>): void {
    const number = (name: string, otherwise: number) => {
      const value = Number(fields.get(name) ?? otherwise);
      return value >= 0 && value <= 10 ? value : otherwise;
    };
    const trained = number("trained", this.given.reg);
    void this.load(trained, number("reg", trained));
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map<string, string>();
    const trained = this.trained?.reg ?? this.given.reg;
    if (trained !== this.given.reg) fields.set("trained", String(trained));
    if (this.reg !== trained) fields.set("reg", String(this.reg));
    return fields;
  }

  protected override interrupted(): void {
    this.training = false;
  }

  /** Train a network with some reg, and look at its loss with another. */
  private async load(trainedWith: number, reg: number): Promise<void> {
    await this.want(async (current) => {
      this.aim = trainedWith;
      this.reg = reg;
      this.training = true;
      const settings = { ...this.given, reg };
      const [data, free, trained] = await Promise.all([
        this.data ?? this.lab.spiral({ settings }),
        this.free ?? this.train(0),
        this.train(trainedWith),
      ]);
      const losses = await this.lab.losses({ settings, params: trained.params });
      if (!current()) return;
      this.training = false;
      this.data = data;
      this.free = free;
      this.trained = trained;
      this.show({ ...losses, reg });
    });
  }

  private show(losses: LossesReply & { readonly reg: number }): void {
    this.refusal = undefined;
    this.losses = losses;
    this.spoken = this.inWords();
    this.remember();
  }

  private async train(reg: number): Promise<Trained> {
    const { lab } = this;
    const settings = { ...this.given, reg };
    const start = await lab.initialize({ settings });
    const reply = await lab.train({
      settings,
      params: start.params,
      step: 0,
      steps: STEPS,
    });
    const params = reply.params as TwoLayerParams;
    const [map, losses] = await Promise.all([
      lab.decision_map({ params, resolution: RESOLUTION, extent: 1.1 }),
      lab.losses({ settings, params }),
    ]);
    const accuracy = reply.accuracies.data.at(-1) ?? start.accuracy;
    return { reg, params, map, accuracy, losses };
  }

  private set(reg: number): void {
    this.reg = reg;
    this.weigh(reg);
  }

  private inWords(): string {
    const { losses, trained } = this;
    if (!losses || !trained) return "";
    return (
      `With reg ${losses.reg}, the loss is ${decimal(losses.loss, 4)}: cross-entropy ` +
      `${decimal(losses.data_loss, 4)} and regularisation ${decimal(losses.reg_loss, 4)}. ` +
      `The network was trained with reg ${trained.reg}: its squared weights add up to ` +
      `${decimal(losses.squared_weights, 1)}, and ${percent(trained.accuracy)} of the points are right.`
    );
  }

  override render() {
    const { reg, losses, training } = this;
    const refused = this.refusal?.setting === "reg";
    const number = (value: number | undefined) =>
      value === undefined ? "–" : decimal(value, 4);
    const term = (name: string, value: number | undefined, kind = "") =>
      html`<div class=${kind}>
        <div class="term">${name}</div>
        <div class="number">${number(value)}</div>
      </div>`;
    return html`
      <div class="price">
        <setting-slider
          data-setting="reg"
          label="reg, the price on large weights"
          .stops=${STOPS}
          .value=${reg}
          .error=${refused ? (this.refusal?.message ?? "") : ""}
          @set=${({ detail }: CustomEvent<number>) => this.set(detail)}
        ></setting-slider>
        <div class="buttons">
          <button
            class="primary"
            ?disabled=${training || !this.trained || reg === this.trained.reg}
            @click=${() => this.load(reg, reg)}
          >
            ${training ? "Training …" : `Train with reg = ${reg}`}
          </button>
          <button @click=${() => this.load(this.given.reg, this.given.reg)}>Reset</button>
        </div>
      </div>
      <p class="whose">
        Trained with reg = ${this.trained?.reg ?? "–"}, and its loss when reg is
        ${losses?.reg ?? "–"}:
      </p>
      <div class="sum">
        ${term("cross-entropy", losses?.data_loss)}
        <div class="sign">+</div>
        ${term("regularisation", losses?.reg_loss, "reg")}
        <div class="sign">=</div>
        ${term("loss", losses?.loss)}
      </div>
      ${lossBar(losses?.data_loss ?? 0, losses?.reg_loss ?? 0)}
      <p class="formula quiet">
        <span class="reg">regularisation</span> = reg / 2 · sum of squared weights =
        ${losses ? html`${losses.reg} / 2 · ${decimal(losses.squared_weights, 2)}` : "–"}
      </p>
      ${this.trouble(["reg"])} ${this.speech()}
      <div class="networks">
        ${this.network(0, this.free)} ${this.network(this.trained?.reg ?? reg, this.trained)}
      </div>
      <p class="notice quiet">
        Both from the same start, with ${this.given.hidden} hidden units, for
        ${STEPS.toLocaleString("en")} steps.
      </p>
    `;
  }

  private network(reg: number, trained: Trained | undefined) {
    const { losses } = trained ?? {};
    const number = (value: number | undefined, places: number) =>
      value === undefined ? "–" : decimal(value, places);
    return html`<div class="network">
      <decision-map
        .data=${this.data}
        .map=${trained?.map}
        .bare=${true}
      ></decision-map>
      <div>
        <p>Trained with</p>
        <p class="title">reg = ${reg}</p>
        <dl>
          <dt>Cross-entropy</dt>
          <dd>${number(losses?.data_loss, 3)}</dd>
          <dt>Sum of squares</dt>
          <dd>${number(losses?.squared_weights, 1)}</dd>
          <dt>Accuracy</dt>
          <dd>${trained ? percent(trained.accuracy) : "–"}</dd>
        </dl>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "regularisation-loss": RegularisationLoss;
  }
}
