/** Bars: lengths in percent of a picture's width. */

import { html, nothing, svg } from "lit";

/** The cost at the right end of its bar. */
const MOST_COST = 6;

/** Parts of a bar of length 1; the right class's is outlined. */
export function shares(probs: ArrayLike<number>, right: number) {
  let start = 0;
  const parts = Array.from(probs, (p, k) => {
    const part = { k, start, p };
    start += p;
    return part;
  });
  const chosen = parts[right];
  return html`<svg class="bar" aria-hidden="true">
    ${parts.map(
      ({ k, start, p }) =>
        svg`<rect x="${100 * start}%" width="${100 * p}%" height="100%" fill="var(--class-${k})"></rect>`,
    )}
    ${
      chosen
        ? svg`<rect class="outline" x="${100 * chosen.start}%" width="${100 * chosen.p}%" height="100%"></rect>`
        : nothing
    }
  </svg>`;
}

/** A cost as a length, over a scale. */
export function costBar(cost: number) {
  const ticks = Array.from({ length: MOST_COST + 1 }, (_, i) => i);
  return html`<svg class="bar scaled" aria-hidden="true">
    ${ticks.map((tick) => {
      const x = `${(100 * tick) / MOST_COST}%`;
      return svg`<line x1=${x} x2=${x} y2="1.75rem"></line>
        <text x=${x} y="2.6rem" text-anchor=${anchorAt(tick)}>${tick}</text>`;
    })}
    <rect width="${Math.min(100, (100 * cost) / MOST_COST)}%" y="0.4rem" height="0.95rem" fill="var(--ink)"></rect>
  </svg>`;
}

/** Numbers at both ends stay within the picture. */
function anchorAt(tick: number): string {
  if (tick === 0) return "start";
  return tick === MOST_COST ? "end" : "middle";
}

/** Right ends for the bar of a loss: the smallest that will do is taken. */
const SCALES = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** The two parts of a loss, end to end, over a scale that begins at 0. */
export function lossBar(dataLoss: number, regLoss: number) {
  const most = SCALES.find((scale) => dataLoss + regLoss <= scale) ?? 1e4;
  const at = (loss: number) => `${(100 * loss) / most}%`;
  const ticks = Array.from({ length: 6 }, (_, i) => (i * most) / 5);
  return html`<svg class="bar" aria-hidden="true">
    ${ticks.map(
      (tick, i) => svg`<line x1=${at(tick)} x2=${at(tick)} y2="1.9rem"></line>
        <text x=${at(tick)} y="2.8rem" text-anchor=${["start", "middle", "middle", "middle", "middle", "end"][i] ?? "middle"}>${Number(tick.toFixed(1))}</text>`,
    )}
    <rect y="0.3rem" height="1.3rem" width=${at(dataLoss)} fill="var(--ink)"></rect>
    <rect x=${at(dataLoss)} y="0.3rem" height="1.3rem" width=${at(regLoss)} fill="var(--accent)"></rect>
  </svg>`;
}
