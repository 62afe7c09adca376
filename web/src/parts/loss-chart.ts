import { css, html, LitElement, nothing, unsafeCSS } from "lit";
import { customElement, property } from "lit/decorators.js";
import uPlot from "uplot";
import uPlotStyles from "uplot/dist/uPlot.min.css?inline";
import { type Curve, thinned } from "../drawing/curve";
import { onThemeChange, paletteOf } from "../drawing/palette";
import { lossText } from "../format";
import { sharedStyles } from "./shared-styles";

/** Milliseconds until what is new is drawn, with all that is new by then. */
const PAUSE = 40;
/** The other run's curve is beads, so many pixels apart, on the thread of the first. */
const BEADS = 12;

/**
 * Loss and accuracy of every step so far.
 *
 * @fires {CustomEvent<number>} pick - a step on the curve was clicked
 */
@customElement("loss-chart")
export class LossChart extends LitElement {
  static override styles = [
    sharedStyles,
    unsafeCSS(uPlotStyles),
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 12rem;
      }

      .chart {
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }

      .u-over {
        cursor: crosshair;
      }

      .u-cursor-x {
        border-color: var(--faint);
      }

      .key {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        min-height: 1.4em;
        font-variant-numeric: tabular-nums;
      }

      .key svg {
        width: 1.4rem;
        height: 0.7rem;
        margin-right: 0.3rem;
      }

      line {
        stroke: var(--ink);
        stroke-width: 2;
      }

      .key > * {
        white-space: nowrap;
      }

      .others svg {
        overflow: visible;
      }

      @container (max-width: 26rem) {
        .key {
          gap: 0 0.6rem;
        }

        .key svg {
          width: 1.1rem;
        }

        .others ~ .readout {
          order: 1;
          flex-basis: 100%;
          min-height: 1.4em;
          text-align: center;
        }
      }

      .others line {
        stroke: var(--accent);
        stroke-width: 5;
        stroke-dasharray: 0 7.5;
        stroke-linecap: round;
      }

      .accuracy line {
        stroke: var(--accent);
        stroke-dasharray: 4 3;
      }
    `,
  ];

  /** Loss and accuracy; the index is the step. The arrays may grow in place. */
  @property({ attribute: false }) losses: readonly number[] = [];
  @property({ attribute: false }) accuracies: readonly number[] = [];
  /** The losses of another run, to compare with; `losses` are then the reader's own. */
  @property({ attribute: false }) others: readonly number[] | undefined;
  /** How many steps of the arrays to draw: says when they have grown. */
  @property({ type: Number }) length = 0;
  /** The step shown now. */
  @property({ type: Number }) step = 0;
  /** Steps at which a setting changed. */
  @property({ attribute: false }) changes: readonly number[] = [];

  private chart: uPlot | undefined;
  private curve: Curve = [[], [], [], []];
  private timer: number | undefined;
  private stopTheme = () => {};
  private readonly resizes = new ResizeObserver(() => this.fit());

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.chart?.redraw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme();
    this.resizes.disconnect();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.chart?.destroy();
    this.chart = undefined;
  }

  private get frame(): HTMLElement {
    return this.renderRoot.querySelector(".chart") as HTMLElement;
  }

  /** Draw soon: a chart need not be redrawn as often as the map beside it. */
  protected override updated(): void {
    if (this.chart) this.timer ??= window.setTimeout(() => this.draw(), PAUSE);
    else this.draw();
  }

  private draw(): void {
    this.timer = undefined;
    const { losses, accuracies, length, others } = this;
    this.curve = thinned(losses, accuracies, length, others);
    if (this.chart) {
      this.chart.setData(this.curve as uPlot.AlignedData);
    } else if (this.isConnected) {
      this.chart = new uPlot(
        this.options(),
        this.curve as uPlot.AlignedData,
        this.frame,
      );
      this.resizes.observe(this.frame);
    }
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (width > 0 && height > 0) this.chart?.setSize({ width, height });
  }

  private options(): uPlot.Options {
    const colour = (name: "ink" | "faint" | "line" | "accent") => () =>
      paletteOf(this)[name];
    const font = `12px ${getComputedStyle(this).fontFamily}`;
    const axis = { stroke: colour("faint"), font, ticks: { show: false } };
    return {
      width: Math.max(this.frame.clientWidth, 100),
      height: Math.max(this.frame.clientHeight, 100),
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 7 },
      },
      scales: {
        x: { time: false, range: (_, low, high) => [low, Math.max(high, low + 20)] },
        loss: { range: (_, __, high) => [0, 1.05 * Math.max(high, 0.1)] },
        accuracy: { range: [0, 1.05] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 26,
          values: (_, ticks) => ticks.map(wholeStep),
        },
        {
          ...axis,
          scale: "loss",
          grid: { stroke: colour("line"), width: 1 },
          size: 44,
          space: 50,
        },
        {
          ...axis,
          scale: "accuracy",
          side: 1,
          grid: { show: false },
          size: 46,
          splits: [0, 0.25, 0.5, 0.75, 1],
          values: (_, ticks) => ticks.map((tick) => `${Math.round(100 * tick)}%`),
        },
      ],
      series: [
        {},
        { scale: "loss", stroke: colour("ink"), width: 2, points: { show: false } },
        {
          scale: "accuracy",
          stroke: colour("accent"),
          width: 1.5,
          dash: [5, 4],
          points: { show: false },
        },
        {
          scale: "loss",
          paths: () => null,
          points: {
            show: true,
            size: 5,
            width: 0,
            fill: colour("accent"),
            filter: beads,
          },
        },
      ],
      hooks: {
        ready: [
          (chart) =>
            chart.over.addEventListener("click", (event) => this.clicked(event)),
        ],
        setCursor: [() => this.showReadout()],
        draw: [(chart) => this.drawMarks(chart)],
      },
    };
  }

  private clicked(event: MouseEvent): void {
    const at = this.chart?.posToIdx(event.offsetX);
    const step = at === undefined ? undefined : this.curve[0][at];
    if (step !== undefined)
      this.dispatchEvent(new CustomEvent("pick", { detail: step }));
  }

  /** Where settings changed, and where we are. */
  private drawMarks(chart: uPlot): void {
    const { ctx: context, bbox } = chart;
    const { faint, ink } = paletteOf(this);
    const vertical = (step: number, colour: string, dash: number[]) => {
      const x = Math.round(chart.valToPos(step, "x", true)) + 0.5;
      context.strokeStyle = colour;
      context.lineWidth = devicePixelRatio;
      context.setLineDash(dash.map((length) => length * devicePixelRatio));
      context.beginPath();
      context.moveTo(x, bbox.top);
      context.lineTo(x, bbox.top + bbox.height);
      context.stroke();
    };
    context.save();
    for (const step of this.changes) vertical(step, faint, [2, 3]);
    if (this.step < this.length - 1) vertical(this.step, ink, []);
    context.restore();
  }

  /** The numbers under the pointer; written directly, as this follows every move. */
  private showReadout(): void {
    const at = this.chart?.cursor.idx;
    const readout = this.renderRoot.querySelector(".readout") as HTMLElement;
    const [steps, losses, accuracies] = this.curve;
    const step = at == null ? undefined : steps[at];
    if (at == null || step === undefined) {
      readout.textContent = "";
      return;
    }
    const loss = lossText(losses[at] as number, 4);
    const accuracy = (100 * (accuracies[at] as number)).toFixed(1);
    readout.textContent = `step ${wholeStep(step)}: ${loss}, ${accuracy}%`;
  }

  override render() {
    const stroke = html`<svg viewBox="0 0 20 10" aria-hidden="true">
      <line x1="0" y1="5" x2="20" y2="5"></line>
    </svg>`;
    return html`
      <div class="key">
        <span class="loss">${stroke}${this.others ? "your loss" : "loss"}</span>
        ${this.others ? html`<span class="others">${stroke}the package’s</span>` : nothing}
        <span class="readout quiet" aria-hidden="true"></span>
        <span class="accuracy">${stroke}accuracy</span>
      </div>
      <div class="chart" aria-hidden="true"></div>
    `;
  }
}

/** Which entries to draw: some evenly along the steps, however much the loss swings. */
function beads(chart: uPlot, series: number): number[] {
  const [steps, values] = [chart.data[0], chart.data[series]];
  const drawn: number[] = [];
  let next = Number.NEGATIVE_INFINITY;
  steps.forEach((step, i) => {
    const x = chart.valToPos(step, "x");
    if (x < next || values?.[i] == null) return;
    drawn.push(i);
    next = x + BEADS;
  });
  return drawn;
}

function wholeStep(step: number): string {
  return Number.isInteger(step) ? step.toLocaleString("en") : "";
}

declare global {
  interface HTMLElementTagNameMap {
    "loss-chart": LossChart;
  }
}
