/** The server's part in the exercises: it runs the code. */

import { fromBytes, toBytes } from "../lab/wire";
import type {
  CheckRequest,
  NetworkFile,
  NetworkParts,
  Report,
  TrainMineReply,
  TrainMineRequest,
} from "./messages";

interface Operations {
  check: { request: CheckRequest; reply: Report };
  put_together: { request: NetworkParts; reply: NetworkFile };
  take_apart: { request: NetworkFile; reply: NetworkParts };
  train_mine: { request: TrainMineRequest; reply: TrainMineReply };
}

/** Why there is no reply, in a sentence for the reader. Markdown. */
export class NoReplyError extends Error {}

const NO_ANSWER =
  "The server does not answer. Your work is kept: try again when it runs.";
const NO_SERVER =
  "There is no server here that could run code. Check your function in a terminal: `unspiral check network.py`.";

/** Why this page may not have code run; `undefined` if it may. */
export function whyNot(): string | undefined {
  return note("unspiral-token")
    ? undefined
    : (note("unspiral-runs-no-code") ?? NO_SERVER);
}

/**
 * Ask the server.
 *
 * @throws NoReplyError when it does not answer, or refuses.
 * @throws AbortError when `signal` says so.
 */
export async function ask<Name extends keyof Operations>(
  operation: Name,
  request: Operations[Name]["request"],
  signal?: AbortSignal,
): Promise<Operations[Name]["reply"]> {
  let response: Response;
  let body: ArrayBuffer;
  try {
    response = await fetch(`/api/exercises/${operation}`, {
      method: "POST",
      body: toBytes(request),
      headers: {
        "Content-Type": "application/msgpack",
        "X-Unspiral-Token": note("unspiral-token") ?? "",
      },
      signal: signal ?? null,
    });
    body = await response.arrayBuffer();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NoReplyError(NO_ANSWER);
  }
  if (!response.ok) throw new NoReplyError(new TextDecoder().decode(body));
  return fromBytes(body) as Operations[Name]["reply"];
}

/** What the server has noted in the page for us. */
function note(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}
