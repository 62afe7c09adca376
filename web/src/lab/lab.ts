/** The lab: all mathematics a figure asks for. Every call is a pure function. */

import type { Operations, TrainRequest } from "./messages";
import { fromBytes, toBytes } from "./wire";

/** One method for each operation. Behind it stands a carrier, here `httpLab`. */
export type Lab = {
  readonly [Name in keyof Operations]: (
    request: Operations[Name]["request"],
  ) => Promise<Operations[Name]["reply"]>;
};

export type Params = TrainRequest["params"];

/** The lab did not take a request; `message` says which field it minds, and why. */
export class RefusedError extends Error {
  /** Name of the setting it minds, if it is one. */
  get setting(): string | undefined {
    return /^settings\.(\w+)/.exec(this.message)?.[1];
  }
}

/** The server is of another version than the page: what it answers may not fit. */
export class OutdatedError extends RefusedError {
  constructor() {
    super("The server has been updated: reload the page.");
  }
}

const VERSION_HEADER = "Unspiral-Version";
const MEDIA_TYPE = "application/msgpack";
const FIRST_PAUSE = 250; // ms
const LONGEST_PAUSE = 2000; // ms

/** What is asked for: an operation and its request. */
type Call = readonly [name: keyof Operations, request: unknown];
/** What a batch answers to a call: its reply, or why it was refused. */
type Answer = readonly [ok: true, reply: unknown] | readonly [ok: false, why: string];

interface Waiting {
  readonly call: Call;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The lab behind a web server.
 *
 * What is asked for in one go travels together: a request costs the page a millisecond,
 * which a figure drawn 60 times a second does not have twice.
 *
 * When the server does not answer, a call waits and asks again until it does: no
 * request depends on an earlier one, so nothing is lost. `onAnswering` hears of it.
 *
 * `version` is that of the server the page came from. An answer of another one is not
 * used; where either does not say its version, nothing is compared.
 */
export function httpLab(
  origin: string,
  onAnswering: (answering: boolean) => void = () => {},
  version?: string,
): Lab {
  const ask = async (path: string, message: unknown): Promise<unknown> => {
    const body = toBytes(message);
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const answer = await post(`${origin}/api/${path}`, body);
      onAnswering(answer !== undefined);
      if (answer && version !== undefined && (answer.version ?? version) !== version) {
        throw new OutdatedError();
      }
      if (answer?.ok) return fromBytes(answer.body);
      if (answer) throw new RefusedError(new TextDecoder().decode(answer.body));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };

  const askAll = async (calls: readonly Call[]): Promise<readonly Answer[]> => {
    const [only] = calls;
    if (calls.length > 1) return (await ask("batch", calls)) as Answer[];
    return only ? [[true, await ask(...only)]] : [];
  };

  let waiting: Waiting[] = [];
  const send = async () => {
    const sent = waiting;
    waiting = [];
    try {
      const answers = await askAll(sent.map(({ call }) => call));
      sent.forEach(({ resolve, reject }, i) => {
        const [ok, reply] = answers[i] as Answer;
        if (ok) resolve(reply);
        else reject(new RefusedError(reply));
      });
    } catch (error) {
      for (const { reject } of sent) reject(error);
    }
  };

  const operation =
    <Name extends keyof Operations>(name: Name) =>
    (request: Operations[Name]["request"]): Promise<Operations[Name]["reply"]> =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) queueMicrotask(() => void send());
        const settle = resolve as Waiting["resolve"]; // the server keeps to the types
        waiting.push({ call: [name, request], resolve: settle, reject });
      });
  return {
    spiral: operation("spiral"),
    initialize: operation("initialize"),
    train: operation("train"),
    moments: operation("moments"),
    decision_map: operation("decision_map"),
    sides: operation("sides"),
    rays: operation("rays"),
    collapse: operation("collapse"),
    trace: operation("trace"),
    softmax: operation("softmax"),
    cross_entropy_curve: operation("cross_entropy_curve"),
    losses: operation("losses"),
    gradient_check: operation("gradient_check"),
    features: operation("features"),
    score_space: operation("score_space"),
    listings: operation("listings"),
    parity: operation("parity"),
  };
}

const STOPPING = 503;

/**
 * Send a request; `undefined` when nobody answers, or not to the end, or the server is
 * just stopping.
 */
async function post(
  url: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<{ ok: boolean; body: ArrayBuffer; version: string | null } | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": MEDIA_TYPE },
    });
    if (response.status === STOPPING) return undefined;
    const version = response.headers.get(VERSION_HEADER);
    return { ok: response.ok, body: await response.arrayBuffer(), version };
  } catch {
    return undefined;
  }
}
