import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { httpLab, OutdatedError, RefusedError } from "./lab";
import { DEFAULT_SETTINGS } from "./messages";
import { fromBytes, toBytes } from "./wire";

const REQUEST = { settings: DEFAULT_SETTINGS };
const REPLY = {
  X: { shape: [1, 2], data: Float64Array.of(0.5, -0.25) },
  y: { shape: [1], data: Int32Array.of(0) },
};

/** What the server will answer, one after the other. */
let answers: (() => Promise<Response>)[];
/** What it was asked. */
let asked: { url: string; init: RequestInit }[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const answer = answers.shift();
    if (!answer) throw new Error("asked once too often");
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
});

async function reply() {
  return new Response(toBytes(REPLY));
}

function refusal(status: number, sentence: string) {
  return async () => new Response(sentence, { status });
}

/** The server is gone. */
async function nobody(): Promise<Response> {
  throw new TypeError("Failed to fetch");
}

/** The server goes while it answers. */
async function cutShort() {
  return new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(toBytes(REPLY).slice(0, 10));
      },
      pull(controller) {
        controller.error(new TypeError("network error"));
      },
    }),
  );
}

test("asks in MessagePack, and reads the answer", async () => {
  answers = [reply];
  const lab = httpLab("http://127.0.0.1:8314");
  expect(await lab.spiral(REQUEST)).toStrictEqual(REPLY);
  const [{ url, init }] = asked as [(typeof asked)[0]];
  expect(url).toBe("http://127.0.0.1:8314/api/spiral");
  expect(init.headers).toEqual({ "Content-Type": "application/msgpack" });
  expect(fromBytes((init.body as Uint8Array).slice().buffer)).toEqual(REQUEST);
});

test.each([
  ["is gone", nobody],
  ["goes while it answers", cutShort],
  ["is just stopping", refusal(503, "The server is stopping; ask again.")],
])("asks again, the very same, when the server %s", async (_, trouble) => {
  answers = [trouble, trouble, trouble, reply];
  const said: boolean[] = [];
  const answer = httpLab("", (answering) => said.push(answering)).spiral(REQUEST);
  await vi.runAllTimersAsync();
  expect(await answer).toStrictEqual(REPLY);
  expect(said).toEqual([false, false, false, true]);
  expect(new Set(asked.map(({ init }) => init.body)).size).toBe(1);
});

test("does not give up, and asks every other second in the end", async () => {
  answers = [...new Array(1000).fill(nobody), reply];
  const answer = httpLab("").spiral(REQUEST);
  await vi.advanceTimersByTimeAsync(60_000);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length - before).toBe(30);
  await vi.runAllTimersAsync();
  expect(await answer).toStrictEqual(REPLY);
});

test("asks in one request for what is wanted in one go", async () => {
  const answer = [
    [true, REPLY],
    [false, "settings.hidden is 900; allowed is less."],
  ];
  answers = [async () => new Response(toBytes(answer)), reply];
  const lab = httpLab("");
  const spiral = lab.spiral(REQUEST);
  const refused = lab.initialize(REQUEST).catch((reason: unknown) => reason);
  expect(await spiral).toStrictEqual(REPLY);
  expect(await refused).toStrictEqual(
    new RefusedError("settings.hidden is 900; allowed is less."),
  );
  await lab.spiral(REQUEST); // later, and so by itself
  const [first, second] = asked as [(typeof asked)[0], (typeof asked)[0]];
  expect(first.url).toBe("/api/batch");
  expect(fromBytes((first.init.body as Uint8Array).slice().buffer)).toEqual([
    ["spiral", REQUEST],
    ["initialize", REQUEST],
  ]);
  expect(second.url).toBe("/api/spiral");
});

test("tells what the lab refused, in its words", async () => {
  answers = [refusal(422, "settings.hidden is 900; allowed is less.")];
  const error: unknown = await httpLab("")
    .spiral(REQUEST)
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RefusedError);
  expect((error as RefusedError).message).toBe(
    "settings.hidden is 900; allowed is less.",
  );
  expect((error as RefusedError).setting).toBe("hidden");
});

/** An answer of a server that says its version. */
function answeredBy(version: string, status = 200) {
  const headers = { "Unspiral-Version": version };
  return async () => new Response(toBytes(REPLY), { status, headers });
}

test.each([200, 422])("uses no answer of another version: %i", async (status) => {
  answers = [answeredBy("2", status)];
  const lab = httpLab("", () => {}, "1");
  await expect(lab.spiral(REQUEST)).rejects.toBeInstanceOf(OutdatedError);
});

test.each([
  ["the same", "1", answeredBy("1")],
  ["one that does not say", "1", reply],
  ["any, when the page has none", undefined, answeredBy("1")],
])("uses an answer of %s", async (_, version, answer) => {
  answers = [answer];
  const lab = httpLab("", () => {}, version);
  expect(await lab.spiral(REQUEST)).toStrictEqual(REPLY);
});

test("names no setting when it is about something else", () => {
  expect(new RefusedError("params.W1 holds NaN.").setting).toBeUndefined();
  expect(new RefusedError("The body is not MessagePack.").setting).toBeUndefined();
});
