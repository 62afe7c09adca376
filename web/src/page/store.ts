/** What the browser keeps under one name, the same on all open pages of the lesson. */

import { keep, kept } from "./storage";

export class Store<T extends object> {
  private readonly listeners = new Set<() => void>();
  /** What the browser had when we last looked. */
  private seen: string | undefined;
  private current: T;

  /** `read` makes sense of what was kept; someone may have changed it by hand. */
  constructor(
    private readonly name: string,
    private readonly read: (text: string | undefined) => T,
  ) {
    this.seen = kept(name);
    this.current = read(this.seen);
  }

  get value(): T {
    return this.current;
  }

  /** Call back whenever it changes. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Change some of it; another page of the lesson may have changed it meanwhile. */
  change(changes: (now: T) => Partial<T>): void {
    this.refresh();
    this.current = { ...this.current, ...changes(this.current) };
    keep(this.name, JSON.stringify(this.current));
    this.seen = kept(this.name); // what we wrote, if the browser let us
    this.tell();
  }

  /** Hear of what other pages change, also while this one sleeps in the history. */
  follow(): void {
    const refreshed = () => {
      this.refresh();
      this.tell();
    };
    addEventListener("storage", refreshed);
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) refreshed();
    });
  }

  /** Take over what is kept, if it is another text: else, what we have may be newer. */
  private refresh(): void {
    const text = kept(this.name);
    if (text === this.seen) return;
    this.seen = text;
    this.current = this.read(text);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
