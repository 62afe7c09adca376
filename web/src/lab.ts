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

const MEDIA_TYPE = "application/msgpack";
const FIRST_PAUSE = 250; // ms
const LONGEST_PAUSE = 2000; // ms

/**
 * The lab behind a web server.
 *
 * When the server does not answer, a call waits and asks again until it does: no
 * request depends on an earlier one, so nothing is lost. `onAnswering` hears of it.
 */
export function httpLab(
  origin: string,
  onAnswering: (answering: boolean) => void = () => {},
): Lab {
  const operation =
    <Name extends keyof Operations>(name: Name) =>
    async (
      request: Operations[Name]["request"],
    ): Promise<Operations[Name]["reply"]> => {
      const body = toBytes(request);
      for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        const answer = await post(`${origin}/api/${name}`, body);
        onAnswering(answer !== undefined);
        if (answer?.ok) return fromBytes(answer.body) as Operations[Name]["reply"];
        if (answer) throw new RefusedError(new TextDecoder().decode(answer.body));
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
  return {
    spiral: operation("spiral"),
    initialize: operation("initialize"),
    train: operation("train"),
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
): Promise<{ ok: boolean; body: ArrayBuffer } | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": MEDIA_TYPE },
    });
    if (response.status === STOPPING) return undefined;
    return { ok: response.ok, body: await response.arrayBuffer() };
  } catch {
    return undefined;
  }
}
