import { expect, test } from "vitest";
import { changedLines, type Token, tokensOf } from "./code";

test.each<[string, Token[]]>([
  ["", []],
  ["x1 = W2", [["plain", "x1 = W2"]]],
  ["# all of it", [["comment", "# all of it"]]],
  [
    "reg = 1e-3  # not 0.5",
    [
      ["plain", "reg = "],
      ["number", "1e-3"],
      ["plain", "  "],
      ["comment", "# not 0.5"],
    ],
  ],
  [
    "for j in range(3):",
    [
      ["keyword", "for"],
      ["plain", " j "],
      ["keyword", "in"],
      ["plain", " range("],
      ["number", "3"],
      ["plain", "):"],
    ],
  ],
  [
    `print(f"no # {here}")  # but here`,
    [
      ["plain", "print("],
      ["string", `f"no # {here}"`],
      ["plain", ")  "],
      ["comment", "# but here"],
    ],
  ],
  [`'it\\'s # quoted'`, [["string", `'it\\'s # quoted'`]]],
  [`"""A program."""`, [["string", `"""A program."""`]]],
  [
    "format(1.5, 10_000)",
    [
      ["plain", "format("],
      ["number", "1.5"],
      ["plain", ", "],
      ["number", "10_000"],
      ["plain", ")"],
    ],
  ],
])("parts of %j", (line, tokens) => {
  expect(tokensOf(line)).toEqual(tokens);
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
