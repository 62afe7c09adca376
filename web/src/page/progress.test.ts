import { beforeEach, expect, test, vi } from "vitest";

let kept: string | null;

beforeEach(() => {
  kept = null;
  vi.resetModules();
  vi.stubGlobal("localStorage", {
    getItem: () => kept,
    setItem: (_: string, text: string) => {
      kept = text;
    },
  });
});

/** The module as a page loads it. */
function load() {
  return import("./progress");
}

const NONE = { read: [], answers: {}, stop: undefined };

test("begins with nothing", async () => {
  expect((await load()).progress()).toEqual(NONE);
});

test("is still there on the next page", async () => {
  const { answer, markRead, stopAt } = await load();
  markRead("a");
  markRead("a");
  answer("a", "q", "2");
  answer("a", "q", "1");
  answer("b", "q", "3");
  stopAt({ chapter: "b", heading: { id: "x", text: "X" } });
  vi.resetModules();
  expect((await load()).progress()).toEqual({
    read: ["a"],
    answers: { a: { q: "1" }, b: { q: "3" } },
    stop: { chapter: "b", heading: { id: "x", text: "X" } },
  });
});

test("adds to what another page has kept meanwhile", async () => {
  const { markRead, progress } = await load();
  kept = JSON.stringify({ read: ["b"], answers: {} });
  markRead("a");
  expect(progress().read).toEqual(["b", "a"]);
});

test("is forgotten for good", async () => {
  const { clearProgress, markRead, progress } = await load();
  markRead("a");
  clearProgress();
  expect(progress()).toEqual(NONE);
  vi.resetModules();
  expect((await load()).progress()).toEqual(NONE);
});

test.each([
  "",
  "{",
  "null",
  "7",
  "[]",
  '{"read":5}',
  '{"read":[5],"answers":[],"stop":7}',
  '{"answers":{"a":7,"b":{"q":5}},"stop":{"chapter":5}}',
])("makes the best of %j", async (text) => {
  kept = text;
  const { progress } = await load();
  const { read, stop } = progress();
  expect([read, stop]).toEqual([[], undefined]);
  expect(Object.values(progress().answers).flatMap(Object.values)).toEqual([]);
});

test("works without storage, until the page is left", async () => {
  vi.stubGlobal("localStorage", undefined);
  const { markRead, progress } = await load();
  markRead("a");
  expect(progress().read).toEqual(["a"]);
});

test("works with storage that is full, until the page is left", async () => {
  kept = JSON.stringify({ read: ["b"], answers: {} });
  vi.stubGlobal("localStorage", {
    getItem: () => kept,
    setItem: () => {
      throw new Error("full");
    },
  });
  const { answer, markRead, progress } = await load();
  markRead("a");
  answer("a", "q", "1");
  expect(progress().read).toEqual(["b", "a"]);
  expect(progress().answers).toEqual({ a: { q: "1" } });
});

test("tells who listens", async () => {
  const { markRead, onProgress } = await load();
  const heard = vi.fn();
  const stop = onProgress(heard);
  markRead("a");
  stop();
  markRead("b");
  expect(heard).toHaveBeenCalledTimes(1);
});
