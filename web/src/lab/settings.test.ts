import { describe, expect, test } from "vitest";
import type { Lab } from "./lab";
import { DEFAULT_SETTINGS, type Settings } from "./messages";
import { type Hyperparameters, Run } from "./run";
import { linkOf, settingsFrom, settingsOf, startOf } from "./settings";

const PLAIN = { learning_rate: 0.32, reg: 0.001 };
const QUICK = { learning_rate: 1, reg: 0.001 };
const DEFAULTS: Settings = { ...DEFAULT_SETTINGS, ...PLAIN };

function elementWith(attributes: Record<string, string>): Element {
  return {
    getAttribute: (name: string) => attributes[name] ?? null,
  } as unknown as Element;
}

/** A lab whose numbers do not matter here. */
const lab = {
  initialize: async () => ({ params: {}, loss: 1, accuracy: 0.5 }),
  train: async ({ step, steps }: { step: number; steps: number }) => {
    const numbers = { shape: [steps], data: new Float64Array(steps) };
    return { params: {}, step: step + steps, losses: numbers, accuracies: numbers };
  },
} as unknown as Lab;

/** A run: so many steps with these hyperparameters, then so many with those. */
async function runOf(
  settings: Settings,
  ...parts: [steps: number, hyperparameters: Hyperparameters][]
): Promise<Run> {
  const run = await Run.start(lab, settings);
  for (const [steps, hyperparameters] of parts) {
    const reply = await run.trainFrom(run.last, steps, hyperparameters);
    run.append(run.last, hyperparameters, reply);
  }
  return run;
}

/** What someone who opens the link gets. */
async function reopened(fields: ReadonlyMap<string, string>) {
  const settings = settingsFrom(fields, DEFAULTS);
  const { step, changes } = startOf(fields);
  const run = await Run.start(lab, settings);
  await run.replay(step, changes, () => true);
  return run;
}

describe("a tag's attributes", () => {
  test("are settings, under HTML's names", () => {
    const element = elementWith({
      "learning-rate": "0.32",
      "hidden-units": "8",
      "weights-seed": "3",
      init: "he",
    });
    expect(settingsOf(element)).toEqual({
      ...DEFAULT_SETTINGS,
      learning_rate: 0.32,
      hidden: 8,
      weights_seed: 3,
      init: "he",
    });
  });

  test("`hidden` only hides the element", () => {
    expect(settingsOf(elementWith({ hidden: "" }))).toEqual(DEFAULT_SETTINGS);
  });
});

describe("settings from a link", () => {
  test("replace those that the tag gives", () => {
    const fields = new Map([
      ["noise", "0"],
      ["dtype", "float32"],
    ]);
    expect(settingsFrom(fields, DEFAULTS)).toEqual({
      ...DEFAULTS,
      noise: 0,
      dtype: "float32",
    });
  });

  test("that are no numbers go to the lab as they are, to be refused in words", () => {
    for (const text of ["many", "", " ", "1,5", "NaN"]) {
      expect(settingsFrom(new Map([["hidden", text]]), DEFAULTS).hidden).toBe(text);
    }
  });

  test("that do not exist are left out", () => {
    const fields = new Map([
      ["step", "5"],
      ["__proto__", "1"],
      ["depth", "3"],
    ] as const);
    expect(settingsFrom(fields, DEFAULTS)).toEqual(DEFAULTS);
  });
});

describe("where a link starts", () => {
  test("at step 0, if it does not say", () => {
    expect(startOf(new Map())).toEqual({
      step: 0,
      changes: [],
      speed: undefined,
      auto: false,
    });
  });

  test("is all in the link", () => {
    const fields = new Map([
      ["step", "300"],
      ["changes", "100:1:0.001;200:0.5:0"],
      ["speed", "Infinity"],
      ["auto", "1"],
    ]);
    expect(startOf(fields)).toEqual({
      step: 300,
      changes: [
        { step: 100, learning_rate: 1, reg: 0.001 },
        { step: 200, learning_rate: 0.5, reg: 0 },
      ],
      speed: Number.POSITIVE_INFINITY,
      auto: true,
    });
  });

  test("what makes no sense is left out", () => {
    const fields = new Map([
      ["step", "-3"],
      ["changes", "1:2;;a:1:1;0.5:1:1;100:1:0.001"],
      ["speed", "fast"],
      ["auto", "yes"],
    ]);
    expect(startOf(fields)).toEqual({
      step: 0,
      changes: [{ step: 100, learning_rate: 1, reg: 0.001 }],
      speed: undefined,
      auto: false,
    });
    for (const step of ["1.5", "NaN", "Infinity", ""]) {
      expect(startOf(new Map([["step", step]])).step).toBe(0);
    }
  });
});

describe("a link", () => {
  test("is empty when all is as the chapter has it", async () => {
    const run = await runOf(DEFAULTS);
    expect(linkOf(DEFAULTS, run, 0, PLAIN, 5)).toEqual(new Map());
  });

  test("says how the figure differs from how the chapter has it", async () => {
    const run = await runOf({ ...DEFAULTS, hidden: 20, weights_seed: 4 }, [30, QUICK]);
    expect(linkOf(DEFAULTS, run, 30, QUICK, 50)).toEqual(
      new Map([
        ["hidden", "20"],
        ["weights_seed", "4"],
        ["learning_rate", "1"],
        ["step", "30"],
        ["speed", "50"],
      ]),
    );
  });

  test("reopens a run whose settings changed on the way", async () => {
    const run = await runOf(
      DEFAULTS,
      [30, QUICK],
      [20, { ...QUICK, reg: 0 }],
      [5, PLAIN],
    );
    const fields = linkOf(DEFAULTS, run, 55, PLAIN, 5);
    expect(fields.get("changes")).toBe("30:1:0;50:0.32:0.001");
    const again = await reopened(fields);
    expect(again.last.step).toBe(55);
    expect(again.changes).toEqual(run.changes);
  });

  test("to an older step says nothing of what came later", async () => {
    const run = await runOf(DEFAULTS, [30, QUICK], [20, PLAIN]);
    const fields = linkOf(DEFAULTS, run, 10, QUICK, 5);
    expect(fields).toEqual(
      new Map([
        ["learning_rate", "1"],
        ["step", "10"],
      ]),
    );
  });

  test("keeps a change that no step was taken with yet", async () => {
    const run = await runOf(DEFAULTS, [30, PLAIN]);
    const again = await reopened(linkOf(DEFAULTS, run, 30, QUICK, 5));
    expect(again.hyperparametersAt(30)).toEqual(QUICK);
    expect(again.hyperparametersAt(29)).toEqual(PLAIN);
  });

  test("to the first step tells the loss there from the regularisation from there on", async () => {
    const run = await runOf({ ...DEFAULTS, reg: 0.5 });
    const fields = linkOf(DEFAULTS, run, 0, { learning_rate: 1, reg: 0 }, 5);
    const again = await reopened(fields);
    expect(again.settings.reg).toBe(0.5);
    expect(again.hyperparametersAt(0)).toEqual({ learning_rate: 1, reg: 0 });
  });

  test("has every digit", async () => {
    const exact = { learning_rate: 0.1 + 0.2, reg: 1e-7 };
    const run = await runOf(DEFAULTS, [3, PLAIN], [3, exact]);
    const again = await reopened(linkOf(DEFAULTS, run, 6, exact, 5));
    expect(again.hyperparametersAt(6)).toEqual(exact);
  });
});
