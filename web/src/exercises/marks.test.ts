import { expect, test } from "vitest";
import { marksOf, spoken } from "./marks";
import type { Found, Report } from "./messages";

const RIGHT: Report = {
  exercise: "softmax",
  right: true,
  started: true,
  sentence: "`softmax` is right.",
  error: null,
  stopped: null,
  difference: null,
  mistakes: [],
  maybe: [],
  notes: [],
  output: "",
};

function found(sentence: string, line: number | null): Found {
  const none = { tex: "", mathml: "", text: "", arrays: [] };
  return { name: "some-mistake", sentence, line, ...none };
}

test("a right function has nothing to mark", () => {
  expect(marksOf(RIGHT)).toEqual([]);
  expect(spoken({ ...RIGHT, notes: ["It is `float32`."] })).toBe(
    "softmax is right. It is float32.",
  );
});

test("lines are marked with what is wrong there, as far as a line is known", () => {
  const report: Report = {
    ...RIGHT,
    right: false,
    sentence: "`softmax` stops with a ValueError in line 6.",
    error: {
      type: "ValueError",
      message: "shapes",
      line: 6,
      column: null,
      text: "",
      meaning: "",
      case: "",
    },
    mistakes: [found("No `max`.", 4), found("Nowhere.", null)],
    maybe: [found("Perhaps.", 5)],
  };
  expect(marksOf(report)).toEqual([
    { line: 6, message: "ValueError: shapes", sure: true },
    { line: 4, message: "No max.", sure: true },
    { line: 5, message: "Perhaps.", sure: false },
  ]);
  expect(spoken(report)).toBe(
    "softmax stops with a ValueError in line 6. No max. Look at line 4. Nowhere. " +
      "It may be one of these. Perhaps. Look at line 5.",
  );
});

test("where code was stopped is marked", () => {
  const sentence = "Your code was still running.";
  const stopped = { reason: "time", sentence, line: 3 };
  const report = { ...RIGHT, right: false, sentence, stopped };
  expect(marksOf(report)).toEqual([{ line: 3, message: sentence, sure: true }]);
  expect(spoken(report)).toBe("Your code was still running. Look at line 3.");
});

test("a mistake that is the whole report is read out once", () => {
  const sentence = "The function returns nothing.";
  const report = { ...RIGHT, right: false, sentence, mistakes: [found(sentence, 2)] };
  expect(spoken(report)).toBe(`${sentence} Look at line 2.`);
});
