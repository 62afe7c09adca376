import { expect, test } from "vitest";
import { changedLines, splitComment } from "./code";

test.each([
  ["x = 1", "x = 1", ""],
  ["x = 1  # one", "x = 1  ", "# one"],
  ["# all of it", "", "# all of it"],
  [`print("no # here")  # but here`, `print("no # here")  `, "# but here"],
  [`print('it\\'s # quoted')`, `print('it\\'s # quoted')`, ""],
  ["", "", ""],
])("splits %j", (line, code, comment) => {
  expect(splitComment(line)).toEqual([code, comment]);
});

test.each([
  ["a\nb\nc", "a\nb\nc", []],
  ["a\nb\nc", "a\nB\nc", [1]],
  ["a\nb\nc\nd", "A\nb\nc\nD", [0, 3]],
  ["a\nc", "a\nb\nc", [1]],
  ["a\nb\nc", "a\nc", []],
  ["", "a", [0]],
])("from %j to %j", (before, after, lines) => {
  expect([...changedLines(before, after)]).toEqual(lines);
});
