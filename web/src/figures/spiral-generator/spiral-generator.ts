import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { decimal, whole } from "../../format";
import { latest } from "../../lab/latest";
import type { Settings, SpiralReply } from "../../lab/messages";
import { settingsFrom, settingsOf } from "../../lab/settings";
import { nearestRow } from "./nearest";
import "./data-rows";
import "../../parts/decision-map";
import { FigureElement } from "../figure-element";
import "./polar-overlay";
import "../../parts/setting-slider";
import { sharedStyles } from "../../parts/shared-styles";
import { SETTING_STOPS } from "../../parts/stops";

const EXTENT = 1.1;
/** The point that chapter 1 computes by hand. */
const FIRST_POINT = 50;

const STOPS = {
  noise: SETTING_STOPS.noise,
  points: [1, 2, 3, 5, 10, 20, 50, 100, 150, 200, 300, 500],
  classes: [2, 3, 4, 5, 6, 7, 8, 9, 10],
};

type Slider = keyof typeof STOPS;

/** Makes spirals, and shows what the code that makes them calls r and t. */
@customElement("spiral-generator")
export class SpiralGenerator extends FigureElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .figure {
        display: grid;
        grid-template:
          "map point" auto
          "map rows" 1fr
          "settings settings" auto
          / minmax(0, 32rem) minmax(20.5rem, 1fr);
        gap: 1rem 3rem;
      }

      decision-map {
        grid-area: map;
      }

      .point {
        grid-area: point;
      }

      .rows {
        grid-area: rows;
      }

      .settings {
        grid-area: settings;
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 0.5rem 2rem;
        align-items: start;
        padding-top: 1rem;
        border-top: 1px solid var(--line);
      }

      .seed label {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 1.75rem;
      }

      .seed input {
        width: 7rem;
        padding: 0.1rem 0.3rem;
        font: inherit;
        font-variant-numeric: tabular-nums;
        color: inherit;
        text-align: right;
        background: none;
        border: 1px solid transparent;
        border-bottom-color: var(--line);
      }

      .buttons {
        display: flex;
        gap: 0.5rem;
        margin-top: 0.25rem;
      }

      .where {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.15rem 1.25rem;
        margin: 0.5rem 0 0;
        font-variant-numeric: tabular-nums;
      }

      dt {
        font-family: var(--serif);
        font-style: italic;
      }

      .t {
        color: var(--accent);
        font-weight: 600;
      }

      dd {
        margin: 0;
        text-wrap: balance;
      }

      sub {
        line-height: 0;
      }

      i {
        font-family: var(--serif);
      }

      .rows {
        min-height: 14rem;
      }

      @container (max-width: 46rem) {
        .figure {
          grid-template: "map" auto "point" auto "settings" auto "rows" auto / minmax(0, 32rem);
        }

        .settings {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          align-items: end; /* where a label takes two lines */
        }

        .seed {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @state() private settings: Settings = settingsOf(this);
  @state() private data: SpiralReply | undefined;
  /** The row of the point that is shown. */
  @state() private i = FIRST_POINT;

  private readonly make = latest((settings: Settings) => this.draw(settings, this.i));

  protected override open(fields: ReadonlyMap<string, string>): void {
    const i = Number(fields.get("i") ?? FIRST_POINT);
    void this.draw(settingsFrom(fields, settingsOf(this)), i);
  }

  protected override link(): ReadonlyMap<string, string> {
    const given = settingsOf(this);
    const fields = new Map<string, string>();
    for (const name of ["points", "classes", "noise", "seed"] as const) {
      const value = this.settings[name];
      if (value !== given[name]) fields.set(name, String(value));
    }
    if (this.i !== this.within(FIRST_POINT)) fields.set("i", String(this.i));
    return fields;
  }

  private async draw(settings: Settings, i: number): Promise<void> {
    await this.want(async (current) => {
      this.settings = settings;
      const data = await this.lab.spiral({ settings });
      if (!current()) return;
      this.refusal = undefined;
      this.data = data;
      this.i = this.within(i);
      this.spoken =
        `${whole(this.count)} points: ${settings.classes} arms of ` +
        `${settings.points}, with noise ${settings.noise}. ${this.inWords()}`;
      this.remember();
    });
  }

  private set(name: keyof Settings, value: number): void {
    this.settings = { ...this.settings, [name]: value };
    this.make(this.settings);
  }

  private get count(): number {
    return this.data?.y.data.length ?? 0;
  }

  /** The row, or the nearest that there is. */
  private within(i: number): number {
    return Math.min(Math.max(Math.round(i) || 0, 0), Math.max(this.count - 1, 0));
  }

  private show(i: number): void {
    if (!this.data) {
      void this.draw(this.settings, i); // and so wait for it
      return;
    }
    this.i = this.within(i);
    this.spoken = this.inWords();
    this.remember();
  }

  private pointedAt(place: [number, number] | undefined): void {
    if (this.data && place) this.show(nearestRow(this.data.X, place));
  }

  private get point() {
    if (!this.data) return undefined;
    const { X, y, r, t } = this.data;
    const { i } = this;
    return {
      x1: X.data[2 * i] as number,
      x2: X.data[2 * i + 1] as number,
      label: y.data[i] as number,
      r: r.data[i] as number,
      t: t.data[i] as number,
    };
  }

  private inWords(): string {
    const { point, i } = this;
    if (!point) return "";
    const [x1, x2] = [decimal(point.x1, 3), decimal(point.x2, 3)];
    return (
      `Point ${i}, of class ${point.label}: radius ${decimal(point.r, 3)}, ` +
      `angle ${decimal(point.t, 3)}, so x1 is ${x1} and x2 is ${x2}.`
    );
  }

  override render() {
    const { point } = this;
    return html`
      <div class="figure">
        <decision-map
          .data=${this.data}
          .extent=${EXTENT}
          .classes=${this.settings.classes}
          @point=${({ detail }: CustomEvent<[number, number] | undefined>) => this.pointedAt(detail)}
        >
          ${
            point
              ? html`<polar-overlay
                .x1=${point.x1}
                .x2=${point.x2}
                .t=${point.t}
                .extent=${EXTENT}
              ></polar-overlay>`
              : nothing
          }
        </decision-map>
        <div class="point">
          <setting-slider
            label="Point i"
            .stops=${Array.from({ length: this.count }, (_, i) => i)}
            .value=${this.i}
            @set=${({ detail }: CustomEvent<number>) => this.show(detail)}
          ></setting-slider>
          ${this.numbers()}
        </div>
        <div class="settings">
          ${this.slider("noise", "Noise")}
          ${this.slider("points", "Points per class")}
          ${this.slider("classes", "Classes")} ${this.seed()}
        </div>
        <div class="rows">
          <data-rows .data=${this.data} .chosen=${this.i}></data-rows>
        </div>
      </div>
      ${this.trouble(Object.keys(STOPS))} ${this.speech()}
    `;
  }

  private seed() {
    const { seed } = this.settings;
    const typed = (event: Event) =>
      this.set("seed", Number((event.target as HTMLInputElement).value));
    return html`<div class="seed">
      <label>
        Seed
        <input
          inputmode="numeric"
          autocomplete="off"
          .value=${live(String(seed))}
          @change=${typed}
        />
      </label>
      <div class="buttons">
        <button class="primary" @click=${() => this.set("seed", seed + 1)}>
          New sample
        </button>
        <button @click=${() => this.draw(settingsOf(this), FIRST_POINT)}>Reset</button>
      </div>
    </div>`;
  }

  private slider(name: Slider, label: string) {
    const refused = this.refusal?.setting === name;
    return html`<setting-slider
      data-setting=${name}
      .label=${label}
      .stops=${STOPS[name]}
      .value=${this.settings[name]}
      .error=${refused ? (this.refusal?.message ?? "") : ""}
      @set=${({ detail }: CustomEvent<number>) => this.set(name, detail)}
    ></setting-slider>`;
  }

  private numbers() {
    const { point } = this;
    const [r, t] = point ? [decimal(point.r, 3), decimal(point.t, 3)] : ["–", "–"];
    const [x1, x2] = point ? [decimal(point.x1, 3), decimal(point.x2, 3)] : ["–", "–"];
    return html`<dl class="where">
      <dt>r</dt>
      <dd>${r}, the distance from the origin</dd>
      <dt class="t">t</dt>
      <dd><span class="t">${t}</span> radians, clockwise from straight up</dd>
      <dt>x<sub>1</sub></dt>
      <dd>= <i>r</i> sin <i>t</i> = ${r} · sin ${t} = ${x1}</dd>
      <dt>x<sub>2</sub></dt>
      <dd>= <i>r</i> cos <i>t</i> = ${r} · cos ${t} = ${x2}</dd>
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "spiral-generator": SpiralGenerator;
  }
}
