"""Drawings that need no data: the network as a graph, and the curve of -log p."""

import numpy as np

from unspiral.lab.messages import Settings

MOST_NODES = 12
"""More units than this are drawn as a few with a gap between them."""


def network_diagram(hidden: int = Settings().hidden) -> str:
    """Draw inputs, hidden units and scores, all joined to all of the next layer."""
    names = [["x₁", "x₂"], [], ["s₀", "s₁", "s₂"]]
    layers = [heights(2), heights(min(hidden, MOST_NODES)), heights(3)]
    edges = "".join(
        f"M{100 * i:g} {a:g}L{100 * (i + 1):g} {b:g}"
        for i in range(2)
        for a in layers[i]
        for b in layers[i + 1]
    )
    nodes = "".join(
        f'<circle class="node" cx="{100 * i}" cy="{y:g}" r="7"/>'
        for i, layer in enumerate(layers)
        for y in layer
    )
    labels = "".join(
        f'<text x="{100 * i}" y="{y + 3:g}" text-anchor="middle">{name}</text>'
        for i, layer in enumerate(layers)
        for name, y in zip(names[i], layer, strict=False)
    )
    numbers = 2 * hidden + hidden + 3 * hidden + 3
    few = f"{hidden} hidden units" if hidden > 1 else "one hidden unit"
    drawn = f" ({MOST_NODES} of them drawn)" if hidden > MOST_NODES else ""
    return (
        f'<svg class="still" viewBox="-20 -110 240 220" role="img" aria-label="2 '
        f'inputs, {few}{drawn}, 3 scores, each joined to all of the next layer">\n'
        f'<path class="edge" d="{edges}"/>\n{nodes}\n{labels}\n</svg>\n'
        f'<p class="still-text">2 inputs, {few}{drawn}, 3 scores: {numbers} '
        "parameters in all.</p>"
    )


def heights(count: int) -> np.ndarray:
    """Spread nodes over the height of the picture."""
    gap = min(30, 200 / count)
    return gap * (np.arange(count) - (count - 1) / 2)


def loss_curve(p: float = 0.5) -> str:
    """Draw -log p, with one probability marked."""
    ps = np.linspace(0.005, 1, 120)
    height = 34 * np.log(ps)  # SVG's second axis points down
    curve = "L".join(f"{200 * x:.1f} {y:.1f}" for x, y in zip(ps, height, strict=True))
    ticks = "".join(
        f'<text x="{200 * x:g}" y="12" text-anchor="middle">{x:g}</text>'
        for x in (0, 0.5, 1)
    ) + "".join(
        f'<text x="-5" y="{3 - 34 * y:g}" text-anchor="end">{y}</text>'
        for y in range(6)
    )
    x, y, cost = 200 * p, 34 * np.log(p), -np.log(p)
    return (
        '<svg class="still" viewBox="-24 -190 240 210" role="img" '
        'aria-label="The curve of the loss, -log p, falling from far up at p near 0 '
        f'to 0 at p = 1">\n<path class="axis" d="M0-185V0H205"/>\n'
        f'<path class="boundary" d="M{curve}"/>\n{ticks}\n'
        f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="4"/>\n</svg>\n'
        f'<p class="still-text">At p = {p:g} the loss is −log p = {cost:.3f}.</p>'
    )
