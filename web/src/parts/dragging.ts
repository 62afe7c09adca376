/** Dragging, with a mouse, a pen or a finger. */

/** Follow a pointer from where it went down until it goes up. */
export function drag(down: PointerEvent, move: (event: PointerEvent) => void): void {
  const handle = down.currentTarget as Element;
  if (down.button !== 0) return;
  down.preventDefault(); // no text is selected on the way
  (handle as HTMLElement | SVGElement).focus({ preventScroll: true });
  handle.setPointerCapture(down.pointerId);
  const moved = (event: Event) => move(event as PointerEvent);
  const ended = () => {
    handle.removeEventListener("pointermove", moved);
    handle.removeEventListener("pointerup", ended);
    handle.removeEventListener("pointercancel", ended);
  };
  handle.addEventListener("pointermove", moved);
  handle.addEventListener("pointerup", ended);
  handle.addEventListener("pointercancel", ended);
}

/**
 * Keeps the page from scrolling when a finger drags a handle: for its `@touchstart`.
 *
 * `touch-action: none` does that for elements of HTML; not all browsers heed it within a
 * picture.
 */
export const holdPage = {
  handleEvent: (event: TouchEvent) => event.preventDefault(),
  passive: false,
};

const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** By how many steps a key moves a slider; 0 when it is for something else. */
export function stepsOf(event: KeyboardEvent): number {
  return (KEYS[event.key] ?? 0) * (event.shiftKey ? 10 : 1);
}
