import { css, html } from "lit";
import { state } from "lit/decorators.js";
import type { Params } from "../lab/lab";
import { DEFAULT_SETTINGS, type Settings, type SpiralReply } from "../lab/messages";
import { type Moment, Run } from "../lab/run";
import { differing, settingsFrom, settingsOf } from "../lab/settings";
import { FigureElement } from "./figure-element";
import "../parts/setting-slider";

/** So small that every number can be read, and so started that it learns all the same. */
const SMALL: Settings = { ...DEFAULT_SETTINGS, hidden: 8, init: "he" };

/** Steps of training that make the network "trained". */
export const TRAINED = 1000;

const UNITS = Array.from({ length: 20 }, (_, i) => i + 1);

/** A network whose numbers are looked at: untrained, or after some steps of training. */
export interface Subject {
  readonly settings: Settings;
  readonly data: SpiralReply;
  readonly params: Params;
}

/** A figure about the numbers of one small network that is trained when it is shown. */
export abstract class SmallNetworkFigure extends FigureElement {
  static readonly settingStyles = css`
    .settings {
      display: flex;
      flex-wrap: wrap;
      align-items: start;
      gap: 0.75rem 2.5rem;
      margin-top: 1.25rem;
      padding-top: 1rem;
      border-top: 1px solid var(--line);
    }

    .settings setting-slider {
      flex: 0 1 13rem;
    }

    fieldset {
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0;
      line-height: 1.75rem;
    }

    fieldset .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 0 1.1rem;
    }

    fieldset label {
      min-height: 1.75rem;
      cursor: pointer;
    }

    .health {
      min-height: 1.4em;
    }

    .health.wrong {
      color: var(--wrong);
    }

    .reset {
      margin-left: auto;
      align-self: end;
    }
  `;

  @state() protected settings: Settings = settingsOf(this, SMALL);
  /** Steps of training behind it. */
  @state() protected step = TRAINED;
  /** The network shown, at its moment of training. */
  @state() protected moment: Moment | undefined;
  @state() protected data: SpiralReply | undefined;

  private run: Run | undefined;

  /** Ask for all that depends on the network; what comes back shows it. */
  protected abstract ask(subject: Subject): Promise<() => void>;

  /** What is to be seen now. */
  protected abstract inWords(): string;

  protected override open(fields: ReadonlyMap<string, string>): void {
    const step = Number(fields.get("step") ?? TRAINED);
    const settings = settingsFrom(fields, settingsOf(this, SMALL));
    void this.load(settings, Number.isInteger(step) && step >= 0 ? step : TRAINED);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = differing(this.settings, settingsOf(this, SMALL));
    if (this.step !== TRAINED) fields.set("step", String(this.step));
    return fields;
  }

  /** Show a network after so many steps. */
  protected async load(settings: Settings, step: number): Promise<void> {
    await this.want(async (current) => {
      const same = this.run && differing(settings, this.run.settings).size === 0;
      this.settings = settings;
      this.step = step;
      const [data, run] = await Promise.all([
        this.lab.spiral({ settings }),
        same ? (this.run as Run) : Run.start(this.lab, settings),
      ]);
      if (run.last.step < step) await run.replay(step, [], current);
      if (!current()) return;
      const moment = await run.momentAt(step);
      const show = await this.ask({ settings, data, params: moment.params });
      if (!current()) return;
      this.run = run;
      this.data = data;
      this.moment = moment;
      this.refusal = undefined;
      show();
      this.changed();
    });
  }

  /** Ask again for what depends on more than the network. */
  protected async refresh(): Promise<void> {
    const { data, moment, settings } = this;
    if (!data || !moment) return;
    await this.want(async (current) => {
      const show = await this.ask({ settings, data, params: moment.params });
      if (!current()) return;
      this.refusal = undefined;
      show();
      this.changed();
    });
  }

  /** Keep the address and the spoken text up to date. */
  protected changed(): void {
    this.spoken = this.inWords();
    this.remember();
  }

  /** The network's own controls. */
  protected networkSettings() {
    const choice = (step: number, label: string) => html`<label>
      <input
        type="radio"
        name="step"
        .checked=${(step === 0) === (this.step === 0)}
        @change=${() => this.load(this.settings, step)}
      />
      ${label}
    </label>`;
    return html`<fieldset>
        <legend>Network</legend>
        <div class="choices">
          ${choice(TRAINED, `trained, ${(this.step || TRAINED).toLocaleString("en")} steps`)}
          ${choice(0, "untrained")}
        </div>
        ${this.health()}
      </fieldset>
      <setting-slider
        data-setting="hidden"
        label="Hidden units"
        .free=${false}
        .stops=${UNITS}
        .value=${this.settings.hidden}
        @set=${({ detail }: CustomEvent<number>) =>
          this.load({ ...this.settings, hidden: detail }, this.step)}
      ></setting-slider>`;
  }

  /** What is wrong with the network, if anything is. */
  private health() {
    const { diagnosis, dead_units: dead = 0 } = this.moment ?? {};
    const units = dead === 1 ? "1 unit is" : `${dead} units are`;
    const words = diagnosis
      ? `${diagnosis.sentence} ${diagnosis.advice}`
      : dead > 0
        ? `${units} dead: off for every point of the data.`
        : "";
    return html`<p class="health ${diagnosis ? "wrong" : "quiet"}">${words}</p>`;
  }

  protected get asWritten(): Settings {
    return settingsOf(this, SMALL);
  }
}
