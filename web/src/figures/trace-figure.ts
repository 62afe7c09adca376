import { html } from "lit";
import { state } from "lit/decorators.js";
import { latest } from "../lab/latest";
import type { DecisionMapReply, NumericArray, TraceReply } from "../lab/messages";
import type { Arrays } from "../parts/arithmetic";
import { EXTENT, type Point } from "../parts/point-plane";
import {
  heldName,
  hold,
  onPointing,
  placeOf,
  pointed,
  valueName,
} from "../parts/pointing";
import "../parts/point-plane";
import { SmallNetworkFigure, type Subject, TRAINED } from "./small-network-figure";

const RESOLUTION = 60;

/**
 * A figure that follows a point, or all points, through a small network in stages.
 *
 * The words, the formula and the lines of code of each stage stand inside the element,
 * in slots: they come from Python, and are there without JavaScript too.
 */
export abstract class TraceFigure extends SmallNetworkFigure {
  @state() protected point: Point = this.pointAsWritten;
  /** The stage shown, counted from 1. */
  @state() protected stage = 1;
  @state() protected arrays: Arrays = new Map();
  @state() protected reply: TraceReply | undefined;
  @state() protected pointedName: string | undefined;
  @state() private map: DecisionMapReply | undefined;
  /** The value under the pointer, if it is one of this figure's. */
  @state() private hovered: string | undefined;
  /** The value that was clicked or had the focus last, as long as this stage lasts. */
  @state() private chosen: string | undefined;

  /** The arrays that each stage makes. */
  protected abstract readonly stages: readonly (readonly string[])[];

  /** The points and labels to trace, and their regularisation. */
  protected abstract batch(subject: Subject): {
    readonly X: NumericArray;
    readonly y: NumericArray | null;
  };

  private stopPointing = () => {};
  private readonly follow = latest((point: Point) => {
    this.point = point;
    return this.refresh();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopPointing = onPointing((name, by) => {
      this.pointedName = name;
      // Who follows the numbers of an equation does not want another equation.
      if (by?.localName !== "value-arithmetic") {
        this.hovered = name !== undefined && this.has(name) ? name : undefined;
      }
      const held = heldName();
      if (held !== undefined && this.has(held)) {
        this.chosen = held;
        this.remember();
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPointing();
  }

  protected get pointAsWritten(): Point {
    return pointFrom(this.getAttribute("point")) ?? [0.3, -0.5];
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    this.point = pointFrom(fields.get("point")) ?? this.pointAsWritten;
    const stage = Number(fields.get("stage") ?? 1);
    this.stage = stage >= 1 && stage <= this.stages.length ? Math.floor(stage) : 1;
    this.chosen = valueName(fields.get("at"));
    super.open(fields);
  }

  protected override link(): ReadonlyMap<string, string> {
    const fields = new Map(super.link());
    const point = this.point.join(",");
    if (point !== this.pointAsWritten.join(",")) fields.set("point", point);
    if (this.stage !== 1) fields.set("stage", String(this.stage));
    if (this.chosen) fields.set("at", this.chosen);
    return fields;
  }

  protected override async ask(subject: Subject): Promise<() => void> {
    const { params, settings } = subject;
    const { X, y } = this.batch(subject);
    const known = this.map && this.moment?.params === params;
    const [reply, map] = await Promise.all([
      this.lab.trace({ params, X, y, reg: settings.reg }),
      known
        ? this.map
        : this.lab.decision_map({ params, resolution: RESOLUTION, extent: EXTENT }),
    ]);
    return () => {
      this.map = map;
      this.reply = reply;
      this.arrays = arraysOf(subject, X, y, reply);
      if (this.chosen && !this.has(this.chosen)) this.chosen = undefined;
    };
  }

  /** Whether a name is that of an entry computed by now. */
  protected has(name: string): boolean {
    const { array, index } = placeOf(name) ?? {};
    const shape = array === undefined ? undefined : this.arrays.get(array)?.shape;
    return (
      shape !== undefined &&
      index?.length === 2 &&
      index.every((i, axis) => i < (shape[axis] as number)) &&
      !this.isAhead(array as string)
    );
  }

  /** Whether a later stage makes an array. */
  protected isAhead(array: string): boolean {
    return this.stages.findIndex((makes) => makes.includes(array)) >= this.stage;
  }

  /** The arrays computed by now. */
  protected get known(): Arrays {
    return new Map([...this.arrays].filter(([name]) => !this.isAhead(name)));
  }

  /** The value whose arithmetic is shown. */
  protected get subject(): string {
    return this.hovered ?? this.chosen ?? this.standard;
  }

  /** The arrays that this stage makes. */
  protected get makes(): readonly string[] {
    return this.stages[this.stage - 1] ?? [];
  }

  /** Which stage this is, for screen readers. */
  protected get stageInWords(): string {
    const text = this.querySelector(`[slot=stage-${this.stage}] .stage-title`);
    return `${this.stage} of ${this.stages.length}: ${text?.textContent ?? ""}.`;
  }

  /** What came out at this stage, in a sentence. */
  protected abstract get outcome(): string;

  /** The value that a stage begins with. */
  protected abstract get standard(): string;

  /** Let go of the value that was pointed at. */
  protected forget(): void {
    this.chosen = undefined;
    this.hovered = undefined;
    hold(undefined);
  }

  protected goTo(stage: number): void {
    this.stage = stage;
    this.forget();
    this.changed();
  }

  protected reset(): void {
    this.point = this.pointAsWritten;
    this.stage = 1;
    this.forget();
    void this.load(this.asWritten, TRAINED);
  }

  protected stageBar() {
    const { stage, stages } = this;
    // Not `disabled`: the button that was just pressed should keep the focus.
    const button = (to: number, label: string, kind = "") => {
      const possible = to >= 1 && to <= stages.length;
      return html`<button
        class=${kind}
        aria-disabled=${!possible}
        @click=${() => possible && this.goTo(to)}
      >${label}</button>`;
    };
    return html`<div class="stage-bar">
      <div class="lead">
        <div class="buttons">
          ${button(stage - 1, "Back")} ${button(stage + 1, "Next", "primary")}
        </div>
        <p class="count">${stage} of ${stages.length}</p>
      </div>
      <div class="stages">
        ${stages.map(
          (_, i) => html`<div class="stage ${i + 1 === stage ? "current" : ""}">
            <slot name="stage-${i + 1}"></slot>
          </div>`,
        )}
      </div>
      <p class="outcome">${this.reply ? this.outcome : "Training the network …"}</p>
    </div>`;
  }

  /** The point that the plane marks. */
  protected get marked(): Point | undefined {
    return this.point;
  }

  protected plane(fixed = false) {
    return html`<point-plane
      class="plane"
      .data=${this.data}
      .map=${this.map}
      .point=${this.point}
      .marked=${this.marked}
      .fixed=${fixed}
      @pick=${({ detail }: CustomEvent<Point>) => this.follow(detail)}
    ></point-plane>`;
  }

  protected get made(): string {
    const name = this.pointedName ?? pointed();
    return name !== undefined && placeOf(name)?.index ? name : this.subject;
  }

  protected resetButton() {
    return html`<button class="reset" @click=${this.reset}>Reset</button>`;
  }
}

function pointFrom(text: string | null | undefined): Point | undefined {
  const numbers = (text ?? "").split(",").map((part) => Number(part.trim() || "?"));
  const [x1, x2] = numbers;
  const good = numbers.length === 2 && numbers.every(Number.isFinite);
  return good ? [x1 as number, x2 as number] : undefined;
}

/** Every array of a trace, by its name. */
function arraysOf(
  { params, settings }: Subject,
  X: NumericArray,
  y: NumericArray | null,
  { forward, loss, backward }: TraceReply,
): Arrays {
  const arrays = new Map<string, NumericArray>([["X", X]]);
  const one = (value: number): NumericArray => ({
    shape: [1, 1],
    data: Float64Array.of(value),
  });
  if (y) arrays.set("y", y);
  if (loss) arrays.set("loss", one(loss.loss));
  arrays.set("reg", one(settings.reg));
  for (const part of [params, forward, backward ?? {}]) {
    for (const [name, value] of Object.entries(part)) {
      if (typeof value !== "string") arrays.set(name, value as NumericArray);
    }
  }
  return arrays;
}
