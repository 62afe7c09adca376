"""The bars of results.svg."""

from benchmarks.measure import Measured
from benchmarks.peers import PEERS

LEFT, WIDTH, ROW = 220, 420, 36
COLOURS = {"float64": "#4477aa", "float32": "#ddaa33"}


def chart(steps: dict[str, dict[str, Measured]]) -> str:
    """Draw a pair of bars for each peer, the quickest first."""
    order = sorted(PEERS, key=lambda name: steps["float64"][name].best)
    longest = max(found.best for peers in steps.values() for found in peers.values())
    height = 40 + ROW * len(order)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" '
        f'viewBox="0 0 720 {height}" role="img" font-family="sans-serif" '
        'font-size="13">',
        "<title>Microseconds a training step takes on one core</title>",
        "<style>text { fill: #222 } @media (prefers-color-scheme: dark) "
        "{ text { fill: #ddd } }</style>",
    ]
    for x, (dtype, colour) in zip((LEFT, LEFT + 90), COLOURS.items(), strict=True):
        lines.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{colour}"/>')
        lines.append(f'<text x="{x + 18}" y="21">{dtype}</text>')
    lines.append(f'<text x="{LEFT + 180}" y="21">µs a step</text>')
    for row, name in enumerate(order):
        top = 36 + ROW * row
        lines.append(
            f'<text x="{LEFT - 10}" y="{top + 19}" text-anchor="end">'
            f"{PEERS[name]}</text>"
        )
        for y, (dtype, colour) in zip((top, top + 14), COLOURS.items(), strict=True):
            found = steps[dtype][name].best
            width = WIDTH * found / longest
            lines.append(
                f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="12" '
                f'fill="{colour}"/>'
            )
            lines.append(
                f'<text x="{LEFT + width + 6:.1f}" y="{y + 11}" font-size="11">'
                f"{found:.0f}</text>"
            )
    return "\n".join([*lines, "</svg>", ""])
