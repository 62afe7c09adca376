/** A run of gradient descent that one can go back in: its curve, and some of its networks. */

import type { Lab, Params } from "./lab";
import type { Diagnosis, Settings, TrainReply } from "./messages";

/** The settings that may change while a run goes on. */
export type Hyperparameters = Pick<Settings, "learning_rate" | "reg">;

/** Hyperparameters, and the step from which on they hold. */
export interface Change extends Hyperparameters {
  readonly step: number;
}

/** The network at one step, and how it does. */
export interface Moment {
  readonly step: number;
  readonly params: Params;
  readonly loss: number;
  readonly accuracy: number;
  readonly dead_units: number;
  readonly diagnosis: Diagnosis | null;
}

/** Most steps the lab takes in one request. */
export const MOST_STEPS = 1000;
/** Steps between two kept networks while a run is replayed. */
const REPLAY_STEPS = 100;
/** Most numbers to keep, over all kept networks: 32 MiB. */
const MOST_NUMBERS = 4_000_000;

export class Run {
  /** Loss and accuracy of every step so far; the index is the step. */
  readonly losses: number[] = [];
  readonly accuracies: number[] = [];
  /** Kept networks, in the order of their steps. From these every other one follows. */
  private moments: Moment[];
  private changeList: Change[];

  protected constructor(
    private readonly lab: Lab,
    readonly settings: Settings,
    start: Moment,
  ) {
    this.moments = [start];
    this.losses.push(start.loss);
    this.accuracies.push(start.accuracy);
    this.changeList = [
      { step: 0, learning_rate: settings.learning_rate, reg: settings.reg },
    ];
  }

  static async start(lab: Lab, settings: Settings): Promise<Run> {
    const reply = await lab.initialize({ settings });
    return new Run(lab, settings, { ...reply, step: 0 });
  }

  get first(): Moment {
    return this.moments[0] as Moment;
  }

  get last(): Moment {
    return this.moments.at(-1) as Moment;
  }

  get changes(): readonly Change[] {
    return this.changeList;
  }

  /** The hyperparameters that led from `step` to the step after it. */
  hyperparametersAt(step: number): Hyperparameters {
    const { learning_rate, reg } = this.changeList.findLast(
      (c) => c.step <= step,
    ) as Change;
    return { learning_rate, reg };
  }

  /** Ask the lab for the next steps after a moment. The run itself does not change. */
  trainFrom(
    moment: Moment,
    steps: number,
    { learning_rate, reg }: Hyperparameters,
  ): Promise<TrainReply> {
    return this.lab.train({
      settings: { ...this.settings, learning_rate, reg },
      params: moment.params,
      step: moment.step,
      steps: Math.min(steps, MOST_STEPS),
    });
  }

  /**
   * Ask for several moments, each `steps` after the one before: what leads to each of
   * them. There are fewer when the run diverges, or can give only one at a time.
   */
  async momentsFrom(
    moment: Moment,
    steps: number,
    { learning_rate, reg }: Hyperparameters,
    count: number,
  ): Promise<readonly TrainReply[]> {
    const each = Math.min(steps, MOST_STEPS);
    const { moments } = await this.lab.moments({
      settings: { ...this.settings, learning_rate, reg },
      params: moment.params,
      step: moment.step,
      steps: each,
      count: Math.max(1, Math.floor(Math.min(count, MOST_STEPS / each))),
    });
    return moments;
  }

  /** Go on from a moment with what the lab answered. What came after the moment is forgotten. */
  append(from: Moment, hyperparameters: Hyperparameters, reply: TrainReply): void {
    this.branch(from, hyperparameters);
    for (const loss of reply.losses.data) this.losses.push(loss);
    for (const accuracy of reply.accuracies.data) this.accuracies.push(accuracy);
    const moment = momentAfter(from, reply);
    if (moment.step === from.step) this.moments.pop(); // diverged at once
    this.moments.push(moment);
    this.thin();
  }

  /** The network at a step of this run, computed anew from the nearest one kept. */
  async momentAt(step: number): Promise<Moment> {
    let moment = this.moments.findLast((kept) => kept.step <= step) as Moment;
    while (moment.step < step) {
      const next = this.changeList.find((change) => change.step > moment.step);
      const until = Math.min(step, next?.step ?? step);
      const hyperparameters = this.hyperparametersAt(moment.step);
      const reply = await this.trainFrom(moment, until - moment.step, hyperparameters);
      if (reply.step === moment.step) break;
      moment = momentAfter(moment, reply);
    }
    return moment;
  }

  /** Run to a step, with hyperparameters that change on the way, while `goOn` says so. */
  async replay(
    step: number,
    changes: readonly Change[],
    goOn: (step: number) => boolean,
  ) {
    const due = changes
      .filter((change) => change.step <= step)
      .toSorted((a, b) => a.step - b.step);
    const ends = [...due.map((change) => change.step), step];
    let hyperparameters = this.hyperparametersAt(0);
    for (const end of ends) {
      while (this.last.step < end) {
        const from = this.last;
        const steps = Math.min(REPLAY_STEPS, end - from.step);
        const reply = await this.trainFrom(from, steps, hyperparameters);
        this.append(from, hyperparameters, reply);
        if (!goOn(this.last.step)) return;
        if (this.last.step === from.step) return; // diverged
      }
      hyperparameters = due.findLast((change) => change.step <= end) ?? hyperparameters;
    }
    this.branch(this.last, hyperparameters);
  }

  /** Forget what came after a moment, and go on with these hyperparameters. */
  private branch(from: Moment, hyperparameters: Hyperparameters): void {
    this.losses.length = this.accuracies.length = from.step + 1;
    this.moments = this.moments.filter((kept) => kept.step < from.step);
    this.moments.push(from);
    this.changeList = this.changeList.filter((change) => change.step < from.step);
    const { learning_rate, reg } = hyperparameters;
    const before = this.changeList.at(-1);
    if (before?.learning_rate !== learning_rate || before.reg !== reg) {
      this.changeList.push({ step: from.step, learning_rate, reg });
    }
  }

  /** Keep every other network when there are too many numbers. */
  private thin(): void {
    const numbers = Object.values(this.first.params)
      .map((array) => (typeof array === "string" ? 0 : array.data.length))
      .reduce((sum, length) => sum + length, 0);
    if (this.moments.length * numbers <= MOST_NUMBERS) return;
    this.moments = this.moments.filter((kept, i) => i % 2 === 0 || kept === this.last);
  }
}

/** The moment that a reply of the lab leads to. */
export function momentAfter(from: Moment, reply: TrainReply): Moment {
  const { step, params, dead_units, diagnosis } = reply;
  const loss = reply.losses.data.at(-1) ?? from.loss;
  const accuracy = reply.accuracies.data.at(-1) ?? from.accuracy;
  return { step, params, loss, accuracy, dead_units, diagnosis };
}
