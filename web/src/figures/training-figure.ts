import { html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { lossText, percent, whole } from "../format";
import type { Settings, SpiralReply, TrainReply } from "../lab/messages";
import {
  type Change,
  type Hyperparameters,
  type Moment,
  momentAfter,
  Run,
} from "../lab/run";
import { linkOf, settingsFrom, settingsOf, startOf } from "../lab/settings";
import { calm, FigureElement, nextFrame } from "./figure-element";

/** Milliseconds of training for a picture when it goes as fast as it can. */
const FRAME = 200;
/** Fewest steps for a picture then: to ask for less would hardly take less time. */
const LEAST_PACE = 20;
/** Answers asked for and not yet drawn. One that is late costs no frame. */
const AHEAD = 3;
/** Most moments in one answer, and how many milliseconds they may take all together. */
const MOST_MOMENTS = 3;
const ROUND = 50;
/** Milliseconds between two readings to a screen reader while a run goes on. */
const SPOKEN_PAUSE = 4000;

/** A moment, and what the run needs to go there. */
interface Lead {
  readonly moment: Moment;
  readonly append: () => void;
}

/**
 * A figure in which a network learns.
 *
 * It has a run, shows one moment of it, and of that moment a picture: what the lab says
 * of the moment's parameters, such as its decision map.
 */
export abstract class TrainingFigure<Picture> extends FigureElement {
  /** What the controls say. */
  @state() protected settings: Settings = this.given();
  /** Steps of training for each picture; infinite for as many as there is time for. */
  @state() protected speed = 5;
  @state() protected data: SpiralReply | undefined;
  /** The moment shown, and its picture. */
  @state() protected moment: Moment | undefined;
  @state() protected picture: Picture | undefined;
  @state() protected running = false;
  /** Steps replayed so far, when a link asks for a later step. */
  @state() private replayed: { step: number; of: number } | undefined;

  protected run: Run | undefined;
  private spokenAt = 0;

  /** The settings that the chapter gives. */
  protected given(): Settings {
    return settingsOf(this);
  }

  /** Start a run. */
  protected start(settings: Settings): Promise<Run> {
    return Run.start(this.lab, settings);
  }

  /** Ask the lab for the picture of a moment. */
  protected abstract pictureOf(moment: Moment, data: SpiralReply): Promise<Picture>;

  protected override interrupted(): void {
    this.running = false;
    this.replayed = undefined;
  }

  protected override open(fields: ReadonlyMap<string, string>): void {
    const { step, changes, speed, auto } = startOf(fields);
    this.speed = speed ?? 5;
    const settings = settingsFrom(fields, this.given());
    void this.begin(settings, step, changes).then((begun) => {
      if (begun && auto && !calm()) void this.auto();
    });
  }

  protected override link(): ReadonlyMap<string, string> {
    if (!this.run || !this.moment) return new Map();
    const { learning_rate, reg } = this.settings;
    const now = { learning_rate, reg };
    return linkOf(this.given(), this.run, this.moment.step, now, this.speed);
  }

  /** Start a run anew, and go to a step of it. Says whether it got there. */
  protected async begin(
    settings: Settings,
    step = 0,
    changes: readonly Change[] = [],
  ): Promise<boolean> {
    let begun = false;
    await this.want(async (current) => {
      this.settings = settings;
      const [data, run] = await Promise.all([
        this.lab.spiral({ settings }),
        this.start(settings),
      ]);
      await run.replay(step, changes, (now) => {
        if (current()) this.replayed = { step: now, of: step };
        return current();
      });
      if (!current()) return;
      const picture = await this.pictureOf(run.last, data);
      if (!current()) return;
      this.settings = { ...settings, ...run.hyperparametersAt(run.last.step) };
      this.data = data;
      this.run = run;
      this.replayed = undefined;
      this.show(run.last, picture);
      begun = true;
    });
    return begun;
  }

  /**
   * Train on and on, or up to a step.
   *
   * While one moment is drawn, the next ones wait already, and the lab is busy with
   * later ones: neither the page nor the lab waits for the other. Where moments follow
   * fast, several travel in one answer, as a round trip takes longer than to compute one.
   */
  protected async auto(until = Number.POSITIVE_INFINITY): Promise<void> {
    await this.want(async (current) => {
      const { run, data } = this;
      if (!run || !data || !this.moment) return;
      this.running = true;
      let pace = LEAST_PACE;
      let count = 1;
      const ask = async (drawn: readonly Lead[]) => {
        const { moment: from } = drawn.at(-1) as Lead;
        const { learning_rate, reg } = this.settings;
        const hyperparameters = { learning_rate, reg };
        const left = Math.max(1, until - from.step);
        const steps = Math.min(this.stepsNow(pace), left);
        const asked = performance.now();
        const [replies, ...pictures] = await Promise.all([
          run.momentsFrom(from, steps, hyperparameters, Math.min(count, left / steps)),
          ...drawn.map(({ moment }) => this.pictureOf(moment, data)),
        ]);
        const took = performance.now() - asked;
        pace = Math.max(LEAST_PACE, Math.round(steps * Math.min(FRAME / took, 2)));
        count = Math.min((replies.length * ROUND) / took, MOST_MOMENTS);
        return { drawn, pictures, next: leads(run, from, hyperparameters, replies) };
      };
      const askAfter = async (answer: ReturnType<typeof ask>) => {
        const { drawn, next } = await answer;
        await this.shown();
        const done = (drawn.at(-1) as Lead).moment.step >= until || !current();
        return done ? answer : ask(next);
      };
      const answers = [ask([{ moment: this.moment, append: () => {} }])];
      while (true) {
        while (answers.length < AHEAD) {
          const next = askAfter(answers.at(-1) as ReturnType<typeof ask>);
          next.catch(() => {}); // by then the reader may want something else
          answers.push(next);
        }
        const { drawn, pictures } = await (answers.shift() as ReturnType<typeof ask>);
        for (const [i, { moment, append }] of drawn.entries()) {
          await this.shown();
          await nextFrame(); // one picture a frame: a second one would take its place
          if (!current()) return;
          append();
          const hopeless = ["diverged", "dead"].includes(moment.diagnosis?.kind ?? "");
          if (hopeless || moment.step >= until) this.stop();
          this.show(moment, pictures[i] as Picture);
        }
      }
    });
  }

  /** Steps of training before the next picture; `pace` is what there is time for. */
  protected stepsNow(pace: number): number {
    return Number.isFinite(this.speed) ? this.speed : pace;
  }

  protected pause(): void {
    this.stop();
    this.speak();
  }

  protected step(): Promise<void> {
    return this.want(async (current) => {
      const { run, moment, data } = this;
      if (!run || !moment || !data) return;
      const { learning_rate, reg } = this.settings;
      const reply = await run.trainFrom(moment, 1, { learning_rate, reg });
      const next = momentAfter(moment, reply);
      const picture = await this.pictureOf(next, data);
      if (!current()) return;
      run.append(moment, { learning_rate, reg }, reply);
      this.show(next, picture);
    });
  }

  /** Show another step of the run, with the settings it was trained with. */
  protected scrub(step: number): Promise<void> {
    return this.want(async (current) => {
      const { run, data } = this;
      if (!run || !data) return;
      const within = Math.min(Math.max(Math.round(step), 0), run.last.step);
      const moment = await run.momentAt(within);
      const picture = await this.pictureOf(moment, data);
      if (!current()) return;
      this.settings = { ...this.settings, ...run.hyperparametersAt(within) };
      this.show(moment, picture);
    });
  }

  /** Learning rate and regularisation change while the run goes on; the rest starts anew. */
  protected async set(
    name: keyof Settings,
    value: Settings[keyof Settings],
  ): Promise<void> {
    const settings = { ...this.settings, [name]: value };
    if (name !== "learning_rate" && name !== "reg") {
      await this.begin(settings);
      return;
    }
    this.settings = settings;
    this.refusal = undefined;
    this.remember();
    if (this.running) return; // the next request tells whether the value will do
    await this.want(async () => {
      await this.lab.initialize({ settings });
    });
  }

  protected newWeights(): void {
    const { weights_seed, seed } = this.settings;
    void this.begin({ ...this.settings, weights_seed: (weights_seed ?? seed) + 1 });
  }

  protected show(moment: Moment, picture: Picture): void {
    if (this.refusal && this.run) {
      const { learning_rate, reg } = this.settings;
      this.settings = { ...this.run.settings, learning_rate, reg };
    }
    this.refusal = undefined;
    this.moment = moment;
    this.picture = picture;
    this.remember();
    const long = performance.now() > this.spokenAt + SPOKEN_PAUSE;
    if (!this.running || long) this.speak();
  }

  private speak(): void {
    this.spokenAt = performance.now();
    if (this.moment) this.spoken = this.inWords(this.moment);
  }

  /** What is to be seen at a moment. */
  protected inWords({ step, loss, accuracy }: Moment): string {
    return (
      `Step ${step}. Loss ${lossText(loss, 3)}. ` +
      `${percent(accuracy)} of the points lie in the region of their own class.`
    );
  }

  /** What is to be said now: trouble first. `sliders` show their own refusals. */
  protected notice(sliders: readonly string[]) {
    const trouble = this.trouble(sliders);
    if (trouble !== nothing) return trouble;
    if (this.replayed) {
      const { step, of } = this.replayed;
      return html`<p class="notice quiet">
        Replaying the run: step ${whole(step)} of ${whole(of)}.
      </p>`;
    }
    const { moment } = this;
    if (moment?.diagnosis) {
      const { sentence, advice } = moment.diagnosis;
      return html`<p class="notice wrong" role="alert">${sentence} ${advice}</p>`;
    }
    const dead = moment?.dead_units ?? 0;
    return html`<p class="notice quiet">
      ${dead > 0 ? `${dead} of ${this.run?.settings.hidden} hidden units are dead: 0 for every point.` : nothing}
    </p>`;
  }
}

/** The moments that the lab answered, each with what led to it. */
function leads(
  run: Run,
  start: Moment,
  hyperparameters: Hyperparameters,
  replies: readonly TrainReply[],
): readonly Lead[] {
  let before = start;
  return replies.map((reply) => {
    const from = before;
    before = momentAfter(from, reply);
    return {
      moment: before,
      append: () => run.append(from, hyperparameters, reply),
    };
  });
}
