import { expect, test } from "vitest";
import { plainText, spans } from "./markdown";

test.each([
  ["", []],
  ["plain", [["text", "plain"]]],
  [
    "`W1` is *not* **so** `b`",
    [
      ["code", "W1"],
      ["text", " is "],
      ["em", "not"],
      ["text", " "],
      ["strong", "so"],
      ["text", " "],
      ["code", "b"],
    ],
  ],
  ["`a * b * c`", [["code", "a * b * c"]]],
  ["`` `b` ``", [["code", "`b`"]]],
  ["`` a`b ``", [["code", "a`b"]]],
])("%j has its spans", (text, expected) => {
  expect(spans(text).map(({ kind, text }) => [kind, text])).toEqual(expected);
});

test.each([
  "2 * 3 * 4",
  "a ` alone",
  "e^1000, x_1 and x_2",
  "<b>no HTML</b> &amp; [no](link)",
  "* *",
])("%j is only text", (text) => {
  expect(spans(text)).toEqual([{ kind: "text", text }]);
});

test("is read out without its signs", () => {
  expect(plainText("`hidden` is *off* at `[0, 7]`.")).toBe("hidden is off at [0, 7].");
});
