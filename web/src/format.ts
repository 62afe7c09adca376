/** Numbers as the page writes them. */

/** A whole number, its thousands apart. */
export function whole(value: number): string {
  return value.toLocaleString("en");
}

/** A fraction as a percentage. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** A number with so many decimals, and a real minus sign; nothing is written as −0.00. */
export function decimal(value: number, places: number): string {
  const written = Math.abs(value).toFixed(places);
  return value < 0 && Number(written) !== 0 ? `−${written}` : written;
}

/** Decimals for an array: two, or more where even its largest number is small. */
export function placesFor(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    largest = Math.max(largest, Math.abs(values[i] as number));
  }
  if (largest === 0 || !Number.isFinite(largest) || largest >= 0.1) return 2;
  return Math.min(2 - Math.floor(Math.log10(largest)), 7);
}

/** Some things with commas between them, and an "and" before the last. */
export function list(things: readonly (string | number)[]): string {
  if (things.length < 2) return String(things[0] ?? "");
  return `${things.slice(0, -1).join(", ")} and ${things.at(-1)}`;
}

/** A small number by its power of ten, 3.2 · 10⁻¹⁰; one that is not so small as it is. */
export function powerOfTen(value: number): string {
  if (value === 0 || value >= 0.01) return value === 0 ? "0" : value.toFixed(2);
  return scientific(value);
}

/** A loss with so many decimals; one that runs away by its power of ten, 6.3 · 10⁸⁶. */
export function lossText(loss: number, places: number): string {
  return loss < 1e6 ? loss.toFixed(places) : scientific(loss);
}

function scientific(value: number): string {
  const [digits, power] = value.toExponential(1).split("e") as [string, string];
  const raised = `10${power.replace(/./g, (sign) => SUPERSCRIPTS[sign] ?? "")}`;
  return digits === "1.0" ? raised : `${digits}\u00a0·\u00a0${raised}`;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."-0123456789"].map((sign, i) => [sign, [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"][i] as string]),
);
