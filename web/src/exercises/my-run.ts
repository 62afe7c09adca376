/** A run of the reader's own network, with the package's beside it from the same start. */

import { type Lab, type Params, RefusedError } from "../lab/lab";
import type { Settings, TrainReply, TwoLayerParams } from "../lab/messages";
import { type Hyperparameters, MOST_STEPS, type Moment, Run } from "../lab/run";
import { plainText } from "./markdown";
import type { NetworkParts, TrainMineReply } from "./messages";
import { ask, NoReplyError } from "./server";

export class MyRun extends Run {
  /** The package's loss at every step so far. */
  readonly packageLosses: number[];
  /** Their networks at the reader's own. */
  private readonly packages = new WeakMap<Params, TwoLayerParams>();
  private parted: { readonly step: number; readonly sentence: string } | undefined;
  private sentence = "Your network and the package’s start from the same weights.";

  private constructor(
    lab: Lab,
    settings: Settings,
    start: Moment,
    private readonly source: string,
  ) {
    super(lab, settings, start);
    this.packageLosses = [start.loss];
  }

  /** Start one; the functions are those of now, whatever the reader does to them later. */
  static async begin(
    lab: Lab,
    settings: Settings,
    parts: NetworkParts,
  ): Promise<MyRun> {
    const [{ source }, start] = await Promise.all([
      answered(ask("put_together", parts)),
      lab.initialize({ settings }),
    ]);
    return new MyRun(lab, settings, { ...start, step: 0 }, source);
  }

  /** How the two runs compare, in a sentence. Markdown. */
  get compared(): string {
    return this.parted?.sentence ?? this.sentence;
  }

  get isParted(): boolean {
    return this.parted !== undefined;
  }

  override async trainFrom(
    moment: Moment,
    steps: number,
    { learning_rate, reg }: Hyperparameters,
  ): Promise<TrainMineReply> {
    const request = {
      settings: { ...this.settings, learning_rate, reg },
      params: moment.params,
      step: moment.step,
      steps: Math.min(steps, MOST_STEPS),
      source: this.source,
      package: this.packages.get(moment.params) ?? null,
    };
    const reply = await answered(ask("train_mine", request));
    this.packages.set(reply.params, reply.package);
    return reply;
  }

  /** One only: to start a process takes longer than to ask again. */
  override async momentsFrom(
    moment: Moment,
    steps: number,
    hyperparameters: Hyperparameters,
  ): Promise<readonly TrainReply[]> {
    return [await this.trainFrom(moment, steps, hyperparameters)];
  }

  override append(
    from: Moment,
    hyperparameters: Hyperparameters,
    reply: TrainReply & Partial<TrainMineReply>,
  ): void {
    super.append(from, hyperparameters, reply);
    const { package_losses, parted_at, sentence } = reply;
    this.packageLosses.length = Math.min(this.packageLosses.length, from.step + 1);
    for (const loss of package_losses?.data ?? []) this.packageLosses.push(loss);
    if (this.parted && from.step <= this.parted.step) this.parted = undefined;
    this.sentence = sentence ?? this.sentence;
    if (parted_at != null) this.parted ??= { step: parted_at, sentence: this.sentence };
  }
}

/** Refusals as a figure knows them. */
async function answered<Reply>(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (error) {
    if (!(error instanceof NoReplyError)) throw error;
    throw new RefusedError(plainText(error.message));
  }
}
