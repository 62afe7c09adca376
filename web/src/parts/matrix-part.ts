import { LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import { decimal } from "../format";
import type { NumericArray } from "../lab/messages";
import { placesOf, type Slice } from "./arithmetic";
import {
  hold,
  nameOf,
  onPointing,
  placeOf,
  pointAt,
  pointed,
  shownName,
} from "./pointing";

/** What is special about an entry: 0 by the gate, found wrong, or not compared. */
export interface Note {
  readonly kind: "off" | "wrong" | "kink";
  /** Is read out after the value. */
  readonly words: string;
}

export type Notes = (row: number, column: number) => Note | undefined;

/**
 * The entries of an array.
 *
 * It points at what is hovered or has the focus, and marks what is pointed at elsewhere.
 * One entry can be tabbed to; arrow keys, Home and End move on from there.
 */
export abstract class MatrixPart extends LitElement {
  /** The name its values have, see pointing.ts. */
  @property() name = "";
  @property({ attribute: false }) array!: NumericArray;
  @property({ attribute: false }) note: Notes = () => undefined;
  /** Slices, of this array or others, that made what is pointed at. */
  @property({ attribute: false }) made: readonly Slice[] = [];
  /** The value that is explained now. */
  @property() subject = "";

  @state() protected pointedName: string | undefined;
  /** The entry that can be tabbed to. */
  @state() protected cursor: readonly [number, number] = [0, 0];

  private stopPointing = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.pointedName = pointed();
    this.stopPointing = onPointing((name) => {
      this.pointedName = name;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPointing();
  }

  protected override willUpdate(): void {
    const [rows, columns] = this.shape;
    const [row, column] = this.place ?? this.cursor;
    this.cursor = [Math.min(row, rows - 1), Math.min(column, columns - 1)];
  }

  protected get shape(): readonly [number, number] {
    return this.array.shape as unknown as readonly [number, number];
  }

  /** Where in this array the reader points, if in it at all. */
  protected get place(): readonly [number, number] | undefined {
    const { array, index } = placeOf(this.pointedName) ?? {};
    const [row, column] = index ?? [];
    if (array !== this.name || row === undefined || column === undefined) {
      return undefined;
    }
    return row < this.shape[0] && column < this.shape[1] ? [row, column] : undefined;
  }

  protected value(row: number, column: number): number {
    return this.array.data[row * this.shape[1] + column] as number;
  }

  /** An entry in writing; a 0 that nobody rounded is a bare 0. */
  protected written(row: number, column: number): string {
    const value = this.value(row, column);
    return value === 0 ? "0" : decimal(value, placesOf(this.name, this.array));
  }

  protected spoken(row: number, column: number): string {
    const note = this.note(row, column);
    const name = shownName(nameOf(this.name, row, column));
    const what = `${name} is ${this.written(row, column)}`;
    return note ? `${what}, ${note.words}` : what;
  }

  protected get described(): string {
    const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
    const [rows, columns] = this.shape;
    return `${shownName(this.name)}, ${count(rows, "row")}, ${count(columns, "column")}`;
  }

  /** Move the focus to an entry, which points at it. */
  protected async focusAt(row: number, column: number): Promise<void> {
    this.cursor = [row, column];
    hold(nameOf(this.name, row, column));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  protected pressed(event: KeyboardEvent): void {
    const [rows, columns] = this.shape;
    const [row, column] = this.cursor;
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [row, 0],
      End: [row, columns - 1],
      PageUp: [row - 10, column],
      PageDown: [row + 10, column],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const clamp = (i: number, length: number) => Math.min(Math.max(i, 0), length - 1);
    void this.focusAt(clamp(move[0], rows), clamp(move[1], columns));
  }

  protected over(event: Event): void {
    const name = nameUnder(event);
    if (name !== undefined) pointAt(name);
  }

  protected left(): void {
    pointAt(undefined);
  }

  protected chosen(event: Event): void {
    const name = nameUnder(event);
    if (name !== undefined) hold(name);
  }
}

/** The name of what an event is about. */
export function nameUnder(event: Event): string | undefined {
  const found = (event.target as Element).closest<HTMLElement>("[data-name]");
  return found?.dataset["name"];
}
