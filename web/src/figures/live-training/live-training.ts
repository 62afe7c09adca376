import { css, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { MyRun } from "../../exercises/my-run";
import { network } from "../../exercises/network";
import type { DecisionMapReply, Settings } from "../../lab/messages";
import type { Change, Moment, Run } from "../../lab/run";
import "../../parts/decision-map";
import "../../parts/loss-chart";
import "../../parts/run-controls";
import "../../parts/run-numbers";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";
import { SETTING_STOPS } from "../../parts/stops";
import { TrainingFigure } from "../training-figure";
import "./engine-choice";
import { canTrain } from "./network-choice";

const RESOLUTION = 100;
/**
 * Steps a frame of the reader's own network, and the fewest where it is to go as fast as
 * it can: each frame starts a process, which takes longer than many steps.
 */
const OWN_SPEED = 50;
const OWN_PACE = 200;

type Slider = keyof typeof SETTING_STOPS;

/** The showcase: the two-layer network learns the spiral, live. */
@customElement("live-training")
export class LiveTraining extends TrainingFigure<DecisionMapReply> {
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

      .side {
        display: flex;
        flex-direction: column;
        gap: 1rem;
      }

      loss-chart {
        flex: 1;
      }

      .settings {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 2fr)) minmax(0, 3fr);
        gap: 1rem 2rem;
        margin-top: 1rem;
        padding-top: 1rem;
        border-top: 1px solid var(--line);
      }

      fieldset {
        display: grid;
        gap: 0 2rem;
        align-content: start;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        margin-bottom: 0.25rem;
        font-weight: 600;
      }

      .while-running {
        grid-column: 1 / 3;
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }

      .restarting {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }

      engine-choice,
      network-choice {
        grid-column: 1 / -1;
      }

      .choice {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 1rem;
        margin-top: 0.25rem;
      }

      @container (max-width: 46rem) {
        .pictures,
        .settings {
          grid-template-columns: minmax(0, 1fr);
        }

        .while-running {
          grid-column: auto;
        }

        loss-chart {
          flex: none;
          height: 16rem;
        }
      }

      @container (max-width: 26rem) {
        fieldset {
          gap: 0 1rem;
        }
      }
    `,
  ];

  /** Whether the reader's own network trains, or is to. */
  @state() private mine = false;
  @state() private choosing = false;

  protected override open(fields: ReadonlyMap<string, string>): void {
    this.mine = fields.get("network") === "mine" && canTrain();
    super.open(fields);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = super.link();
    return this.mine ? new Map(fields).set("network", "mine") : fields;
  }

  protected override start(settings: Settings): Promise<Run> {
    if (!this.mine) return super.start(settings);
    return MyRun.begin(this.lab, settings, network());
  }

  private async choose(mine: boolean): Promise<void> {
    this.mine = mine;
    if (mine) this.speed = Math.max(this.speed, OWN_SPEED);
    this.choosing = true;
    try {
      await this.begin(this.settings);
    } finally {
      this.choosing = false;
    }
    if (this.refusal) this.mine = this.run instanceof MyRun;
  }

  /** Begin; if its engine is not installed, with NumPy, and say so. */
  protected override async begin(
    settings: Settings,
    step?: number,
    changes?: readonly Change[],
  ): Promise<boolean> {
    const begun = await super.begin(settings, step, changes);
    const { refusal } = this;
    if (refusal?.setting !== "engine") return begun;
    await super.begin({ ...settings, engine: "numpy" }, step, changes);
    this.refusal ??= refusal;
    return false;
  }

  /** Have another engine train; if it is not installed, all stays as it is. */
  private async chooseEngine(engine: Settings["engine"]): Promise<void> {
    const before = this.settings;
    await super.begin({ ...before, engine });
    if (this.refusal?.setting === "engine") this.settings = before;
  }

  /** Whether the lab is still to start with another engine. */
  private get starting(): boolean {
    const { engine } = this.settings;
    return !this.refusal && engine !== (this.run?.settings.engine ?? "numpy");
  }

  protected override show(moment: Moment, picture: DecisionMapReply): void {
    this.mine = this.run instanceof MyRun; // what is said is said of what is shown
    super.show(moment, picture);
  }

  protected override stepsNow(pace: number): number {
    return super.stepsNow(this.mine ? Math.max(pace, OWN_PACE) : pace);
  }

  protected override pictureOf({ params }: Moment): Promise<DecisionMapReply> {
    const map = { params, resolution: RESOLUTION, extent: 1.1 };
    return this.lab.decision_map(map);
  }

  override render() {
    const { moment, run } = this;
    const own = run instanceof MyRun ? run : undefined;
    const engineRefused =
      this.refusal?.setting === "engine"
        ? this.refusal.message.replace(/^settings.engine: /, "")
        : "";
    const changes =
      run?.changes.map((change) => change.step).filter((step) => step > 0) ?? [];
    return html`
      <div class="pictures">
        <decision-map
          .data=${this.data}
          .map=${this.picture}
          .classes=${this.settings.classes}
        ></decision-map>
        <div class="side">
          <run-numbers .moment=${moment}></run-numbers>
          <loss-chart
            .losses=${run?.losses ?? []}
            .accuracies=${run?.accuracies ?? []}
            .others=${own?.packageLosses}
            .length=${run?.losses.length ?? 0}
            .step=${moment?.step ?? 0}
            .changes=${changes}
            @pick=${({ detail }: CustomEvent<number>) => this.scrub(detail)}
          ></loss-chart>
        </div>
      </div>
      ${this.notice([...Object.keys(SETTING_STOPS), "engine"])} ${this.speech()}
      <run-controls
        .ready=${moment !== undefined && !this.choosing && !this.starting}
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
      <div class="settings">
        <fieldset class="while-running">
          <legend>Change these while it runs</legend>
          ${this.slider("learning_rate", "Learning rate")}
          ${this.slider("reg", "Regularisation")}
        </fieldset>
        <fieldset class="restarting">
          <legend>These start a new run</legend>
          ${this.slider("hidden", "Hidden units")} ${this.slider("noise", "Noise")}
          <div class="choice" role="radiogroup" aria-label="Initial weights">
            <label>Initial weights</label>
            ${this.init("small", "small (0.01)")}
            ${this.init("he", "He")}
          </div>
          <engine-choice
            .engine=${this.settings.engine}
            .starting=${this.starting}
            .error=${engineRefused}
            @choose=${({ detail }: CustomEvent<Settings["engine"]>) =>
              this.chooseEngine(detail)}
          ></engine-choice>
        </fieldset>
        <network-choice
          .mine=${this.mine}
          .compared=${own?.compared ?? ""}
          .parted=${own?.isParted ?? false}
          @choose=${({ detail }: CustomEvent<boolean>) => this.choose(detail)}
        ></network-choice>
      </div>
    `;
  }

  private slider(name: Slider, label: string) {
    const refused = this.refusal?.setting === name;
    return html`<setting-slider
      data-setting=${name}
      .label=${label}
      .stops=${SETTING_STOPS[name]}
      .value=${this.settings[name]}
      .error=${refused ? (this.refusal?.message ?? "") : ""}
      @set=${({ detail }: CustomEvent<number>) => this.set(name, detail)}
    ></setting-slider>`;
  }

  private init(value: Settings["init"], label: string) {
    return html`<label>
      <input
        type="radio"
        name="init"
        .checked=${this.settings.init === value}
        @change=${() => this.set("init", value)}
      />
      ${label}
    </label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "live-training": LiveTraining;
  }
}
