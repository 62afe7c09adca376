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
  return import("./work");
}

test("begins with nothing", async () => {
  const { NO_WORK, work } = await load();
  expect(work("softmax")).toEqual(NO_WORK);
});

test("is still there on the next page", async () => {
  const { changeWork } = await load();
  changeWork("softmax", { source: "a", hints: 2 });
  changeWork("loss", { tried: true });
  changeWork("softmax", { source: "b" });
  vi.resetModules();
  const { NO_WORK, work } = await load();
  expect(work("softmax")).toEqual({ ...NO_WORK, source: "b", hints: 2 });
  expect(work("loss")).toEqual({ ...NO_WORK, tried: true });
});

test("keeps what another page has written in another exercise meanwhile", async () => {
  const { changeWork, work } = await load();
  kept = JSON.stringify({ loss: { source: "theirs" } });
  changeWork("softmax", { source: "ours" });
  expect(work("loss").source).toBe("theirs");
  expect(work("softmax").source).toBe("ours");
});

test("is right as long as it is the file that was found right", async () => {
  const { changeWork, isRight, work } = await load();
  expect(isRight(work("loss"))).toBe(false);
  changeWork("loss", { source: "a", right: "a" });
  expect(isRight(work("loss"))).toBe(true);
  changeWork("loss", { source: "b" });
  expect(isRight(work("loss"))).toBe(false);
  changeWork("loss", { source: "a" });
  expect(isRight(work("loss"))).toBe(true);
});

test.each([
  "",
  "{",
  "null",
  "7",
  "[]",
  '{"loss":7}',
  '{"loss":{"source":7,"before":[],"right":null,"tried":"yes","hints":"2","solution":1}}',
  '{"loss":{"hints":-1}}',
  '{"loss":{"hints":0.5}}',
])("makes the best of %j", async (text) => {
  kept = text;
  const { NO_WORK, work } = await load();
  expect(work("loss")).toEqual(NO_WORK);
});

test("has no more hints than there are", async () => {
  kept = '{"loss":{"hints":99}}';
  expect((await load()).work("loss").hints).toBe(3);
});

test("tells who listens", async () => {
  const { changeWork, onWork } = await load();
  const heard = vi.fn();
  const stop = onWork(heard);
  changeWork("loss", { hints: 1 });
  stop();
  changeWork("loss", { hints: 2 });
  expect(heard).toHaveBeenCalledTimes(1);
});
