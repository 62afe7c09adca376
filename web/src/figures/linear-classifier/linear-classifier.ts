import { css, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import {
  DEFAULT_SETTINGS,
  type DecisionMapReply,
  type RaysReply,
  type Settings,
} from "../../lab/messages";
import type { Moment } from "../../lab/run";
import { settingsOf } from "../../lab/settings";
import "../../parts/decision-map";
import { calm } from "../figure-element";
import "../../parts/linear-weights";
import "../../parts/loss-chart";
import "./ray-overlay";
import "../../parts/run-controls";
import "../../parts/run-numbers";
import { sharedStyles } from "../../parts/shared-styles";
import { TrainingFigure } from "../training-figure";

/** What Train does: so many steps, in so many milliseconds. */
const STEPS = 200;
const DURATION = 2500;
const RESOLUTION = 100;

interface Picture {
  readonly map: DecisionMapReply;
  /** Only three classes have them. */
  readonly rays: RaysReply | undefined;
}

/** The linear classifier learns the spiral, as far as it can. */
@customElement("linear-classifier")
export class LinearClassifier extends TrainingFigure<Picture> {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .figure {
        display: grid;
        grid-template:
          "map numbers" auto
          "map chart" 1fr
          "map weights" auto
          "notice notice" auto
          "controls controls" auto
          / minmax(0, 32rem) minmax(18rem, 1fr);
        gap: 1rem 3rem;
      }

      .map {
        grid-area: map;
      }

      run-numbers {
        grid-area: numbers;
      }

      loss-chart {
        grid-area: chart;
        contain: size; /* as high as there is room, and not as what it last drew */
      }

      linear-weights {
        grid-area: weights;
      }

      .notices {
        grid-area: notice;
        margin-block: -0.5rem;
      }

      run-controls {
        grid-area: controls;
      }

      .prolong {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
        min-height: 2rem;
        margin-top: 0.25rem;
      }

      .prolong input {
        width: 1rem;
        height: 1rem;
        margin: 0;
        accent-color: var(--accent);
      }

      @container (max-width: 46rem) {
        /* Train is where the map can be seen. */
        .figure {
          grid-template:
            "map" auto
            "numbers" auto
            "controls" auto
            "notice" auto
            "chart" 14rem
            "weights" auto
            / minmax(0, 32rem);
        }

        .notices {
          margin-block: -1rem;
        }
      }
    `,
  ];

  @state() private prolonged = false;
  /** When training began, and how many steps it has asked for since step 0. */
  private started = 0;
  private asked = 0;

  protected override given(): Settings {
    return settingsOf(this, { ...DEFAULT_SETTINGS, model: "linear" });
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    this.prolonged = fields.get("lines") === "1";
    super.open(fields);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map(super.link());
    if (this.prolonged) fields.set("lines", "1");
    return fields;
  }

  protected override async pictureOf({ params }: Moment): Promise<Picture> {
    if (params.model !== "linear") throw new TypeError("not a linear classifier");
    const three = params.b.data.length === 3;
    const [map, rays] = await Promise.all([
      this.lab.decision_map({ params, resolution: RESOLUTION, extent: 1.1 }),
      three ? this.lab.rays({ params, extent: 1.1 }) : undefined,
    ]);
    return { map, rays };
  }

  private async train(): Promise<void> {
    const again = (this.moment?.step ?? 0) >= STEPS;
    if (again && !(await this.begin(this.settings))) return;
    this.asked = this.moment?.step ?? 0;
    this.started = performance.now() - (this.asked / STEPS) * DURATION;
    await this.auto(STEPS);
  }

  protected override stepsNow(): number {
    if (calm()) return STEPS;
    const due = ((performance.now() - this.started) / DURATION) * STEPS;
    const steps = Math.max(1, Math.round(due) - this.asked);
    this.asked += steps;
    return steps;
  }

  protected override inWords(moment: Moment): string {
    const apex = this.picture?.rays?.apex?.data;
    const meeting = apex
      ? ` The boundaries are three straight rays from the point ${[...apex].map((x) => x.toFixed(2)).join(", ")}.`
      : "";
    return super.inWords(moment) + meeting;
  }

  private prolong(event: Event): void {
    this.prolonged = (event.target as HTMLInputElement).checked;
    this.remember();
  }

  override render() {
    const { moment, run, picture } = this;
    const params = moment?.params.model === "linear" ? moment.params : undefined;
    return html`
      <div class="figure">
        <div class="map">
          <decision-map
            .data=${this.data}
            .map=${picture?.map}
            .classes=${this.settings.classes}
          >
            <ray-overlay
              .rays=${picture?.rays}
              .W=${params?.W}
              .prolonged=${this.prolonged}
            ></ray-overlay>
          </decision-map>
          <label class="prolong">
            <input type="checkbox" .checked=${this.prolonged} @change=${this.prolong} />
            Prolong the boundaries to whole lines
          </label>
        </div>
        <run-numbers .moment=${moment}></run-numbers>
        <run-controls
          label="Train"
          .steady=${true}
          .ready=${moment !== undefined}
          .running=${this.running}
          .step=${moment?.step ?? 0}
          .end=${run?.last.step ?? 0}
          @toggle=${() => (this.running ? this.pause() : void this.train())}
          @step=${this.step}
          @reset=${() => this.begin(this.settings)}
          @new-weights=${this.newWeights}
          @scrub=${({ detail }: CustomEvent<number>) => this.scrub(detail)}
        ></run-controls>
        <div class="notices">${this.notice([])} ${this.speech()}</div>
        <loss-chart
          .losses=${run?.losses ?? []}
          .accuracies=${run?.accuracies ?? []}
          .length=${run?.losses.length ?? 0}
          .step=${moment?.step ?? 0}
          @pick=${({ detail }: CustomEvent<number>) => this.scrub(detail)}
        ></loss-chart>
        <linear-weights
          .W=${params?.W}
          .b=${params?.b}
          .classes=${this.settings.classes}
        ></linear-weights>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "linear-classifier": LinearClassifier;
  }
}
