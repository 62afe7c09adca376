import { beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "./lab";
import {
  DEFAULT_SETTINGS,
  type LinearParams,
  type MomentsRequest,
  type Settings,
  type TrainReply,
  type TrainRequest,
} from "./messages";
import { type Change, type Hyperparameters, type Moment, Run } from "./run";

const SLOW = { learning_rate: 1, reg: 0 };
const FAST = { learning_rate: 2, reg: 0 };
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, ...SLOW };

/** Where the fake network's weight is too large to go on from. */
const LIMIT = 1000;

/** Steps that the lab was asked to take, a request each. */
let asked: number[];
/** How many numbers each network has. */
let size: number;

beforeEach(() => {
  asked = [];
  size = 1;
});

/**
 * A lab that is arithmetic: a step takes the weight w to w / 2 + learning_rate, and the
 * loss is w + reg. So the order of steps matters, and so do all hyperparameters.
 */
const lab = {
  moments: async ({ count, ...request }: MomentsRequest) => {
    const moments: TrainReply[] = [];
    let { params, step } = request;
    for (let i = 0; i < count; i++) {
      const reply = await lab.train({ ...request, params, step });
      moments.push(reply);
      ({ params, step } = reply);
    }
    return { moments };
  },
  initialize: async ({ settings: { reg } }: { settings: Settings }) => ({
    params: paramsOf(8),
    loss: 8 + reg,
    accuracy: 0,
    dead_units: 0,
    diagnosis: null,
  }),
  train: async ({ settings, params, step, steps }: TrainRequest) => {
    expect(Object.keys(settings)).toEqual(Object.keys(DEFAULT_SETTINGS));
    asked.push(steps);
    const { learning_rate, reg } = settings;
    let weight = weightOf(params as LinearParams);
    const losses: number[] = [];
    while (losses.length < steps && weight / 2 + learning_rate < LIMIT) {
      weight = weight / 2 + learning_rate;
      losses.push(weight + reg);
    }
    const reached = step + losses.length;
    const diverged = losses.length < steps;
    return {
      params: paramsOf(weight),
      step: reached,
      losses: { shape: [losses.length], data: Float64Array.from(losses) },
      accuracies: {
        shape: [losses.length],
        data: Float64Array.from(losses, (loss) => 1 / loss),
      },
      dead_units: 0,
      diverged_at: diverged ? reached + 1 : null,
      diagnosis: diverged
        ? { kind: "diverged", sentence: "It diverged.", advice: "Be slow." }
        : null,
    };
  },
} as unknown as Lab;

function paramsOf(weight: number): LinearParams {
  const data = new Float64Array(size).fill(weight);
  return {
    model: "linear",
    W: { shape: [1, size], data },
    b: { shape: [1, 0], data: new Float64Array() },
  };
}

function weightOf({ W }: LinearParams): number {
  return W.data[0] as number;
}

/** What the losses must be, without the Run: `rates[i]` leads from step i to i + 1. */
function lossesWith(rates: readonly Hyperparameters[]): number[] {
  let weight = 8;
  const losses = [8];
  for (const { learning_rate, reg } of rates) {
    weight = weight / 2 + learning_rate;
    losses.push(weight + reg);
  }
  return losses;
}

function times<T>(count: number, value: T): T[] {
  return new Array<T>(count).fill(value);
}

async function train(
  run: Run,
  steps: number,
  hyperparameters: Hyperparameters = SLOW,
  from: Moment = run.last,
): Promise<void> {
  const reply = await run.trainFrom(from, steps, hyperparameters);
  run.append(from, hyperparameters, reply);
}

/** All that a reader can see of a run: equal for two runs that are alike. */
function seen({ losses, accuracies, changes, last }: Run) {
  return { losses, accuracies, changes, last };
}

async function replayed(step: number, changes: readonly Change[] = []): Promise<Run> {
  const run = await Run.start(lab, SETTINGS);
  await run.replay(step, changes, () => true);
  return run;
}

describe("going on", () => {
  test("keeps loss and accuracy of every step", async () => {
    const run = await Run.start(lab, SETTINGS);
    expect(run.losses).toEqual([8]);
    await train(run, 1);
    await train(run, 4);
    expect(run.losses).toEqual(lossesWith(times(5, SLOW)));
    expect(run.accuracies).toEqual([0, ...run.losses.slice(1).map((loss) => 1 / loss)]);
    expect(run.last).toMatchObject({ step: 5, loss: run.losses[5] });
    expect(run.first).toMatchObject({ step: 0, loss: 8 });
  });

  test("never asks for more than the lab takes at a time", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, Number.POSITIVE_INFINITY);
    expect(asked).toEqual([1000]);
    expect(run.last.step).toBe(1000);
  });

  test("several moments at a time lead where one does after the other", async () => {
    const one = await Run.start(lab, SETTINGS);
    for (let i = 0; i < 3; i++) await train(one, 5);
    const several = await Run.start(lab, SETTINGS);
    for (const reply of await several.momentsFrom(several.first, 5, SLOW, 3.9)) {
      several.append(several.last, SLOW, reply);
    }
    expect(seen(several)).toEqual(seen(one));
  });

  test("several moments are no more steps than the lab takes at a time", async () => {
    const run = await Run.start(lab, SETTINGS);
    for (const [steps, most] of [
      [300, 3],
      [1000, 1],
      [Number.POSITIVE_INFINITY, 1],
    ] as const) {
      expect(await run.momentsFrom(run.last, steps, SLOW, 4)).toHaveLength(most);
    }
    expect(asked).toEqual([300, 300, 300, 1000, 1000]);
  });

  test("asking for steps does not change the run", async () => {
    const run = await Run.start(lab, SETTINGS);
    const before = structuredClone(seen(run));
    await run.trainFrom(run.last, 10, FAST);
    expect(seen(run)).toEqual(before);
  });
});

describe("changes", () => {
  test("hold from the step on at which they were made", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 3);
    await train(run, 2, FAST);
    await train(run, 2, { ...FAST, reg: 0.5 });
    expect(run.changes).toEqual([
      { step: 0, ...SLOW },
      { step: 3, ...FAST },
      { step: 5, ...FAST, reg: 0.5 },
    ]);
    expect(run.hyperparametersAt(2)).toEqual(SLOW);
    expect(run.hyperparametersAt(3)).toEqual(FAST);
    expect(run.hyperparametersAt(100)).toEqual({ ...FAST, reg: 0.5 });
    expect(run.losses).toEqual(
      lossesWith([
        ...times(3, SLOW),
        ...times(2, FAST),
        ...times(2, { ...FAST, reg: 0.5 }),
      ]),
    );
  });

  test("before the first step take the place of the settings", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 2, FAST);
    expect(run.changes).toEqual([{ step: 0, ...FAST }]);
  });

  test("that are taken back leave no trace", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 3);
    const three = run.last;
    await train(run, 2, FAST);
    await train(run, 2, SLOW, three);
    expect(run.changes).toEqual([{ step: 0, ...SLOW }]);
  });
});

describe("going back", () => {
  test("finds every step as it was", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 7);
    await train(run, 30, FAST);
    await train(run, 5);
    for (let step = 0; step <= 42; step++) {
      const moment = await run.momentAt(step);
      expect(moment).toMatchObject({
        step,
        loss: run.losses[step],
        accuracy: run.accuracies[step],
      });
    }
  });

  test("changes nothing", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 20);
    const before = structuredClone(seen(run));
    await run.momentAt(13);
    expect(seen(run)).toEqual(before);
  });

  test("starts from the nearest network that was kept", async () => {
    const run = await Run.start(lab, SETTINGS);
    for (let i = 0; i < 10; i++) await train(run, 10);
    asked = [];
    await run.momentAt(57);
    await run.momentAt(60);
    expect(asked).toEqual([7]);
  });

  test("and on from there forgets what came later", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 5);
    await train(run, 20, FAST);
    await train(run, 2, SLOW, await run.momentAt(9));
    expect(run.losses).toEqual(
      lossesWith([...times(5, SLOW), ...times(4, FAST), ...times(2, SLOW)]),
    );
    expect(run.accuracies).toHaveLength(12);
    expect(run.last.step).toBe(11);
    expect(run.changes.map(({ step }) => step)).toEqual([0, 5, 9]);
    for (const step of [0, 4, 5, 8, 9, 10, 11]) {
      expect((await run.momentAt(step)).loss).toBe(run.losses[step]);
    }
  });

  test("to the start and on is a run of its own", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 5);
    await train(run, 3, FAST, await run.momentAt(0));
    expect(run.losses).toEqual(lossesWith(times(3, FAST)));
    expect(run.first).toMatchObject({ step: 0, loss: 8 });
  });
});

describe("a long run", () => {
  test("keeps fewer networks, and finds every step all the same", async () => {
    size = 500_000; // so few networks are kept
    const run = await Run.start(lab, SETTINGS);
    for (let i = 0; i < 40; i++) await train(run, 5, i < 20 ? SLOW : FAST);
    expect(run.first.step).toBe(0);
    expect(run.last.step).toBe(200);
    for (const step of [0, 1, 62, 100, 101, 133, 199, 200]) {
      expect((await run.momentAt(step)).loss).toBe(run.losses[step]);
    }
    const kept = new Set<Moment>();
    for (let step = 0; step <= 200; step++) {
      asked = [];
      const moment = await run.momentAt(step);
      if (asked.length === 0) kept.add(moment);
    }
    expect(kept.size).toBeGreaterThan(2);
    expect(kept.size * size).toBeLessThanOrEqual(4_000_000);
  });
});

describe("replay", () => {
  test("leads to the same run, and is asked for in parts", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 30);
    await train(run, 220, FAST);
    await train(run, 7);
    asked = [];
    const again = await replayed(257, run.changes.slice(1));
    expect(seen(again)).toEqual(seen(run));
    expect(asked).toEqual([30, 100, 100, 20, 7]);
  });

  test("ends with the change made at its last step", async () => {
    const run = await replayed(10, [{ step: 10, ...FAST }]);
    expect(run.losses).toEqual(lossesWith(times(10, SLOW)));
    expect(run.changes.at(-1)).toEqual({ step: 10, ...FAST });
    await train(run, 1, run.hyperparametersAt(10));
    expect(run.losses.at(-1)).toBe(lossesWith([...times(10, SLOW), FAST]).at(-1));
  });

  test("leaves out what lies beyond its last step", async () => {
    const run = await replayed(10, [{ step: 11, ...FAST }]);
    expect(run.changes).toEqual([{ step: 0, ...SLOW }]);
  });

  test("takes changes in any order", async () => {
    const changes = [
      { step: 4, ...FAST },
      { step: 8, ...SLOW },
    ];
    expect(seen(await replayed(12, changes.toReversed()))).toEqual(
      seen(await replayed(12, changes)),
    );
  });

  test("ends when it is no longer wanted", async () => {
    const run = await Run.start(lab, SETTINGS);
    const steps: number[] = [];
    await run.replay(1000, [], (step) => {
      steps.push(step);
      return step < 300;
    });
    expect(steps).toEqual([100, 200, 300]);
    expect(run.last.step).toBe(300);
  });

  test("ends where the run diverges", async () => {
    const run = await replayed(500, [{ step: 150, learning_rate: 600, reg: 0 }]);
    expect(run.last.step).toBeGreaterThan(150);
    expect(run.last.step).toBeLessThan(160);
    expect(run.last.diagnosis?.kind).toBe("diverged");
  });
});

describe("divergence", () => {
  const TOO_FAST = { learning_rate: 600, reg: 0 };

  test("ends the run at the last step that has a loss", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 5);
    await train(run, 20, TOO_FAST);
    expect(run.last.diagnosis?.kind).toBe("diverged");
    expect(run.losses).toHaveLength(run.last.step + 1);
    expect(run.losses.every(Number.isFinite)).toBe(true);
  });

  test("at once leaves the step, and says what is wrong there", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 5);
    await train(run, 20, { learning_rate: 2 * LIMIT, reg: 0 });
    expect(run.last).toMatchObject({ step: 5, diagnosis: { kind: "diverged" } });
    expect(run.losses).toHaveLength(6);
    expect(await run.momentAt(5)).toBe(run.last);
  });

  test("is left behind by going back and on with other settings", async () => {
    const run = await Run.start(lab, SETTINGS);
    await train(run, 5);
    await train(run, 20, TOO_FAST);
    await train(run, 3, SLOW, await run.momentAt(4));
    expect(run.losses).toEqual(lossesWith(times(7, SLOW)));
    expect(run.last.diagnosis).toBeNull();
  });
});
