import { beforeEach, expect, test, vi } from "vitest";

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.resetModules();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  });
});

/** The modules as a page loads them. */
async function load() {
  return { ...(await import("./network")), ...(await import("./work")) };
}

const FILE = {
  functions: { softmax: "theirs", loss: "theirs" },
  besides: "SCALE = 1",
  training: "if __name__: pass",
};

test("begins with nothing", async () => {
  const { network, canBringBack } = await load();
  expect(network()).toEqual({ functions: {}, besides: "", training: null });
  expect(canBringBack()).toBe(false);
});

test("a loaded file takes the place of its functions, and of no others", async () => {
  const page = await load();
  page.changeWork("softmax", { source: "mine" });
  page.changeWork("update", { source: "mine" });
  page.load(FILE);
  const functions = { softmax: "theirs", loss: "theirs", update: "mine" };
  expect(page.network()).toEqual({ ...FILE, functions });
  vi.resetModules();
  expect((await load()).network()).toEqual({ ...FILE, functions });
});

test("what was there can be brought back, and this be undone", async () => {
  const page = await load();
  page.changeWork("softmax", { source: "mine" });
  const before = page.network();
  page.load(FILE);
  const after = page.network();
  vi.resetModules();
  const next = await load();
  next.bringBack();
  expect(next.network()).toEqual(before);
  next.bringBack();
  expect(next.network()).toEqual(after);
});

test("loading keeps hints and what was found right", async () => {
  const page = await load();
  page.changeWork("softmax", { source: "mine", right: "theirs", hints: 2 });
  page.load(FILE);
  expect(page.work("softmax")).toMatchObject({ right: "theirs", hints: 2 });
  expect(page.isRight(page.work("softmax"))).toBe(true);
});

test("training needs the functions that it calls", async () => {
  const { changeWork, missing } = await load();
  const names = () => missing().map(({ name }) => name);
  const all = ["forward", "softmax", "loss", "cross_entropy_backward", "backward"];
  expect(names()).toEqual([...all, "update"]);
  for (const name of all) changeWork(name, { source: "a", right: "a" });
  expect(names()).toEqual(["update"]);
  changeWork("update", { source: "b", right: "a" });
  expect(names()).toEqual(["update"]);
  changeWork("update", { source: "a" });
  expect(names()).toEqual([]);
});

test.each([
  "",
  "[]",
  "null",
  '{"before": 1}',
  '{"besides": 7, "before": {"functions": {"loss": 3}}}',
])("makes sense of whatever is kept: %s", async (text) => {
  const { readAround } = await load();
  expect(readAround(text)).toMatchObject({ besides: "", training: null });
});
