/**
 * Work on one thing at a time: on what came in while it went on, only on the last.
 *
 * For what follows a pointer: it moves more often than the lab can answer, and each
 * answer should still be seen.
 */
export function latest<Value>(
  work: (value: Value) => Promise<void>,
): (value: Value) => void {
  let busy = false;
  let waiting: { value: Value } | undefined;
  return async (value) => {
    waiting = { value };
    if (busy) return;
    busy = true;
    try {
      while (waiting) {
        const next = waiting;
        waiting = undefined;
        await work(next.value);
      }
    } finally {
      busy = false;
    }
  };
}
