import { beforeEach, expect, test, vi } from "vitest";
import { isLink, readLink, writeLink } from "./link";

/** The address after the figures have written to it. */
let address: string;

beforeEach(() => {
  open("");
  vi.stubGlobal("history", {
    state: null,
    replaceState: (_state: unknown, _title: string, url: string) => open(url),
  });
});

function open(url: string): void {
  address = url;
  const at = url.indexOf("#");
  vi.stubGlobal("location", {
    pathname: "/chapters/7",
    hash: at < 0 ? "" : url.slice(at),
  });
}

test("reads the fields of one figure", () => {
  const hash = "#a.hidden=20&b.hidden=30&a.changes=5:1:0;9:0.5:0.001&ab.step=1";
  expect(readLink("a", hash)).toEqual(
    new Map([
      ["hidden", "20"],
      ["changes", "5:1:0;9:0.5:0.001"],
    ]),
  );
});

test("finds nothing where there is nothing", () => {
  for (const hash of ["", "#", "#things-to-try", "#=", "#a", "#a.", "#&&", "#%"]) {
    expect([...readLink("a", hash).values()].join("")).toBe("");
  }
});

test("reads an address that another program has encoded", () => {
  expect(readLink("a", "#a.changes=5%3A1%3A0%3B9%3A0.5%3A0.001")).toEqual(
    new Map([["changes", "5:1:0;9:0.5:0.001"]]),
  );
});

test("reads what it wrote", () => {
  const fields = new Map([
    ["learning_rate", "1e-7"],
    ["reg", "1e+21"],
    ["speed", "Infinity"],
    ["changes", "5:1:0;9:0.5:0.001"],
    ["init", "50 % & more = #1"],
  ]);
  writeLink("a", fields);
  expect(readLink("a")).toEqual(fields);
});

test("writes an address that people can read", () => {
  writeLink("live-training", new Map([["changes", "5:1:0;9:0.5:0.001"]]));
  expect(address).toBe("#live-training.changes=5:1:0;9:0.5:0.001");
});

test("leaves the other figures' fields as they are", () => {
  open("#b.hidden=30&a.hidden=20&b.step=5");
  writeLink("a", new Map([["step", "7"]]));
  expect(address).toBe("#b.hidden=30&b.step=5&a.step=7");
});

test("tells a link to a figure from one to a part of the page", () => {
  expect(isLink("#a.step=7")).toBe(true);
  expect(isLink("")).toBe(true); // to the figures as the chapter has them
  expect(isLink("#things-to-try")).toBe(false);
});

test("takes the place of an anchor", () => {
  open("#things-to-try");
  writeLink("a", new Map([["step", "7"]]));
  expect(address).toBe("#a.step=7");
});

test("leaves no # when there is nothing to say", () => {
  open("#a.step=7");
  writeLink("a", new Map());
  expect(address).toBe("/chapters/7");
});
