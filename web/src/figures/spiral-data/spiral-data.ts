import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { latest } from "../../lab/latest";
import type { NumericArray, Settings, SpiralReply } from "../../lab/messages";
import { settingsOf } from "../../lab/settings";
import { classMarker } from "../../parts/class-legend";
import "../../parts/decision-map";
import "./dividing-line";
import { sharedStyles } from "../../parts/shared-styles";
import { FigureElement } from "../figure-element";
import { type Ends, EXTENT, lineOf } from "./dividing-line";

const START: Ends = [20, 190];
const SIDES = ["A", "B"] as const;

/** The data set, and one straight line to divide it with, if that could be done. */
@customElement("spiral-data")
export class SpiralData extends FigureElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        container-type: inline-size;
      }

      .figure {
        display: grid;
        grid-template-columns: minmax(0, 32rem) minmax(18rem, 1fr);
        gap: 1rem 3.5rem;
        align-items: center;
      }

      decision-map::part(plane) {
        outline: none;
        cursor: auto;
      }

      table {
        width: 100%;
        margin-top: 1rem;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th {
        padding: 0.45rem 0;
        font-weight: 400;
        text-align: left;
        white-space: nowrap;
      }

      thead th {
        color: var(--faint);
      }

      .a,
      .b {
        width: 3.75rem;
      }

      .a {
        padding-right: 0.6rem;
        text-align: right;
      }

      .b {
        padding-left: 0.6rem;
      }

      th svg {
        width: 0.9rem;
        height: 0.9rem;
        vertical-align: -0.12rem;
      }

      .bar {
        display: block;
        width: 100%;
        height: 0.7rem;
      }

      .verdict {
        min-height: 2.8em;
        margin: 0.75rem 0 1rem;
      }

      @container (max-width: 46rem) {
        .figure {
          grid-template-columns: minmax(0, 32rem);
        }
      }
    `,
  ];

  private readonly settings: Settings = settingsOf(this);
  @state() private data: SpiralReply | undefined;
  @state() private ends: Ends = START;
  /** Points of each class on side A and on side B, see SidesReply. */
  @state() private counts: NumericArray | undefined;

  private readonly count = latest((ends: Ends) =>
    this.want(async (current) => {
      const { settings } = this;
      const { counts } = await this.lab.sides({ settings, line: lineOf(ends) });
      if (!current()) return;
      this.counts = counts;
      this.spoken = `${this.counted()} ${this.verdict()}`;
    }),
  );

  protected override open(fields: ReadonlyMap<string, string>): void {
    const [first, second, ...more] = (fields.get("line") ?? "").split(",").map(Number);
    const known = Number.isInteger(first) && Number.isInteger(second);
    const different = first !== second && more.length === 0;
    const ends: Ends = known && different ? [first as number, second as number] : START;
    void this.want(async (current) => {
      const { settings } = this;
      const [data, { counts }] = await Promise.all([
        this.lab.spiral({ settings }),
        this.lab.sides({ settings, line: lineOf(ends) }),
      ]);
      if (!current()) return;
      this.ends = ends;
      this.data = data;
      this.counts = counts;
    });
  }

  protected override link(): ReadonlyMap<string, string> {
    const moved = this.ends.some((end, i) => end !== START[i]);
    return new Map(moved ? [["line", this.ends.join(",")]] : []);
  }

  private move(ends: Ends): void {
    this.ends = ends;
    this.remember();
    this.count(ends);
  }

  /** How many points of each class lie on one side: 0 for A, 1 for B. */
  private on(side: number): number[] {
    const { data } = this.counts as NumericArray;
    const { classes } = this.settings;
    return Array.from({ length: classes }, (_, k) => data[2 * k + side] as number);
  }

  private counted(): string {
    const [a, b] = [this.on(0), this.on(1)];
    return a.map((n, k) => `Class ${k}: ${n} on side A, ${b[k]} on side B.`).join(" ");
  }

  /** What the line achieves. */
  private verdict(): string {
    if (!this.counts) return "";
    for (const side of [0, 1]) {
      const here = this.on(side);
      const [k, ...more] = here.flatMap((n, label) => (n > 0 ? [label] : []));
      if (k === undefined) return `All points are on side ${SIDES[1 - side]}.`;
      if (more.length > 0) continue;
      const { points } = this.settings;
      return here[k] === points
        ? `Side ${SIDES[side]} has all points of class ${k}, and no others.`
        : `On side ${SIDES[side]} there is only class ${k}, but no more than ${here[k]} of its ${points} points.`;
    }
    const everywhere = [0, 1].every((side) => this.on(side).every((n) => n > 0));
    return `There are points of ${everywhere ? "every class" : "several classes"} on both sides.`;
  }

  override render() {
    return html`
      <div class="figure">
        <decision-map .data=${this.data} .extent=${EXTENT} .bare=${true}>
          ${
            this.data
              ? html`<dividing-line
                .ends=${this.ends}
                @move=${({ detail }: CustomEvent<Ends>) => this.move(detail)}
              ></dividing-line>`
              : nothing
          }
        </decision-map>
        <div>
          <p>Drag the two ends of the line. Can it keep one class apart?</p>
          ${this.table()}
          <p class="verdict">${this.verdict()}</p>
          ${this.trouble()} ${this.speech()}
          <button ?disabled=${!this.data} @click=${() => this.move(START)}>Reset</button>
        </div>
      </div>
    `;
  }

  private table() {
    const { classes, points } = this.settings;
    const [a, b] = this.counts ? [this.on(0), this.on(1)] : [[], []];
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Points of</th>
          <th scope="col" class="a">side A</th>
          <td></td>
          <th scope="col" class="b">side B</th>
        </tr>
      </thead>
      <tbody>
        ${Array.from({ length: classes }, (_, k) => {
          const [left, right] = [a[k], b[k]];
          return html`<tr>
            <th scope="row">${classMarker(k)} class ${k}</th>
            <td class="a">${left ?? "–"}</td>
            <td>${bar(k, (left ?? 0) / points)}</td>
            <td class="b">${right ?? "–"}</td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  }
}

/** All points of a class, those on side A filled. */
function bar(label: number, part: number) {
  const colour = `var(--class-${label})`;
  return html`<svg class="bar" aria-hidden="true">
    <rect width="100%" height="100%" fill=${colour} opacity="0.25"></rect>
    <rect width="${100 * part}%" height="100%" fill=${colour}></rect>
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "spiral-data": SpiralData;
  }
}
