"""The table of steps as a picture: a bar for each peer, on a logarithmic axis."""

from html import escape
from math import log10

WIDTH, LEFT, ROW = 720, 190, 22
FAINT, FLOAT64, FLOAT32 = "#8886", "#4477aa", "#ee6677"  # seen on white and on black


def bars(times: dict[str, dict[str, float]], title: str) -> str:
    """Draw, for each name, a bar for each precision: microseconds."""
    numbers = [t for row in times.values() for t in row.values()]
    low, high = min(numbers) / 2, max(numbers) * 2

    def x(microseconds: float) -> float:
        return LEFT + (WIDTH - LEFT) * log10(microseconds / low) / log10(high / low)

    height = ROW * (len(times) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" fill="#777">'
        f"<title>{escape(title)}</title>"
    ]
    ticks = (t for t in (10, 20, 50, 100, 200, 500, 1000, 2000) if low < t < high)
    parts.extend(
        f'<path d="M{x(tick):.1f} 0V{ROW * len(times)}" stroke="{FAINT}"/>'
        f'<text x="{x(tick):.1f}" y="{ROW * len(times) + 14}" '
        f'text-anchor="middle">{tick}</text>'
        for tick in ticks
    )
    for i, (name, row) in enumerate(times.items()):
        y = ROW * i
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>'
        )
        for j, (colour, time) in enumerate(
            zip((FLOAT64, FLOAT32), row.values(), strict=True)
        ):
            parts.append(
                f'<rect x="{LEFT}" y="{y + 3 + 8 * j}" width="{x(time) - LEFT:.1f}" '
                f'height="7" fill="{colour}"/>'
            )
    y = ROW * (len(times) + 2)
    parts.append(
        f'<text x="{LEFT}" y="{y}">{escape(title)}: '
        f'<tspan fill="{FLOAT64}">float64</tspan>, '
        f'<tspan fill="{FLOAT32}">float32</tspan></text></svg>\n'
    )
    return "\n".join(parts)
