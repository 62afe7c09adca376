"""The stages of the trace figures: words, a formula and lines of code for each.

They stand inside the figure's element, which shows one at a time in a slot. Without
JavaScript all of them are there, one below the other.
"""

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

from unspiral.lesson.formulas import formula
from unspiral.lesson.highlighting import highlighted
from unspiral.lesson.listings import Listing, listing
from unspiral.lesson.mistakes import Mistake

FORWARD = "unspiral.core.network:TwoLayerNet.forward"
BACKWARD = "unspiral.core.network:TwoLayerNet.backward"
LOSS_BACKWARD = "unspiral.core.loss:cross_entropy_backward"


@dataclass(frozen=True)
class Line:
    """A line of a definition, and what it makes here."""

    target: str
    """As in a chapter's ``source`` block."""
    begin: str
    """How the line begins."""
    makes: str
    """Names of the arrays it makes, with spaces between them."""
    mark: str = ""
    """The part of the line that this stage is about."""


@dataclass(frozen=True)
class Stage:
    """One stage of a pass through the network."""

    title: str
    words: str
    tex: str
    code: tuple[Line, ...]


FORWARD_STAGES = (
    Stage(
        "The weighted sums",
        "Each hidden unit has its own two weights, a column of W1, and its own bias.",
        r"\text{out} = X \; W_1 + b_1",
        (Line(FORWARD, "hidden =", "out", mark="affine"),),
    ),
    Stage(
        "The bend",
        "What is negative becomes 0. Those units are off for this point.",
        r"\text{hidden} = \max(0, \, \text{out})",
        (
            Line(FORWARD, "hidden =", "hidden", mark="relu"),
            Line("unspiral.core.layers:relu", "return", "hidden"),
        ),
    ),
    Stage(
        "The scores",
        "Each class adds up the hidden units, each times its weight in W2. "
        "Units that are off add nothing.",
        r"\text{scores} = \text{hidden} \; "
        r"W_2 + b_2",
        (Line(FORWARD, "scores =", "scores"),),
    ),
    Stage(
        "The prediction",
        "The class with the largest score. If several share it, the code takes the "
        "first of them.",
        r"\text{prediction} = \text{argmax}_k \, \text{scores}_k",
        (
            Line(
                "unspiral.core.training:gradient_descent",
                "accuracy =",
                "prediction",
                mark="scores.argmax",
            ),
        ),
    ),
    Stage(
        "The probabilities",
        "The next chapter turns scores into probabilities like this. The order stays "
        "the same, so the prediction does too.",
        r"\text{probs}_k = \frac{e^{\text{scores}_k}}"
        r"{\sum_j e^{\text{scores}_j}}",
        (Line("unspiral.core.loss:softmax", "return", "probs"),),
    ),
)

BACKWARD_STAGES = (
    Stage(
        "The scores",
        "How the loss answers to each score: the probabilities, with 1 taken off "
        "at each point’s own class.",
        r"\text{dscores} = \frac{1}{n} "
        r"\left( \text{probs} - \text{one-hot}(y) \right)",
        (
            Line(LOSS_BACKWARD, "dscores =", "dscores"),
            Line(LOSS_BACKWARD, "dscores[", "dscores"),
            Line(LOSS_BACKWARD, "dscores /=", "dscores"),
        ),
    ),
    Stage(
        "The last layer",
        "A weight multiplies a hidden activation on its way to a score. So its slope "
        "is that activation times the slope on the score, added up over the points.",
        r"\text{dW2} = \text{hidden}^\top \, "
        r"\text{dscores} + \text{reg} \; W_2",
        (
            Line(BACKWARD, "dW2, db2 =", "dW2 db2"),
            Line(BACKWARD, "dW2 +=", "dW2"),
        ),
    ),
    Stage(
        "The hidden layer",
        "A hidden unit reaches the loss through every score, and the ways add up.",
        r"\text{dhidden} = \text{dscores} \; "
        r"W_2^\top",
        (Line(BACKWARD, "dhidden = affine", "dhidden"),),
    ),
    Stage(
        "The gate",
        "Where a unit was off, the ReLU let nothing through, and now it lets "
        "nothing back.",
        r"\class{dout}{\text{dhidden}} \leftarrow 0 "
        r"\text{ where } \text{hidden} \le 0",
        (
            Line(BACKWARD, "dhidden = relu", "dout"),
            Line("unspiral.core.layers:relu_backward", "dhidden *=", "dout"),
        ),
    ),
    Stage(
        "The first layer",
        "Step 2 again, with X as what went in. There is no gradient on X: nobody "
        "changes the data.",
        r"\text{dW1} = X^\top \, "
        r"\class{dout}{\text{dhidden}} + \text{reg} \; W_1",
        (
            Line(BACKWARD, "dW1, db1 =", "dW1 db1"),
            Line(BACKWARD, "dW1 +=", "dW1"),
        ),
    ),
)


LEFT_OUT = {
    "gate": (Line(BACKWARD, "dhidden = relu", "dout"),),
    "mean": (Line(LOSS_BACKWARD, "dscores /=", "dscores"),),
    "reg": (Line(BACKWARD, "dW1 +=", "dW1"), Line(BACKWARD, "dW2 +=", "dW2")),
}
"""Lines that the gradient check can do without, by the lab's names."""


def forward_stages() -> str:
    """Write the stages of the forward pass."""
    return "\n".join(stage_html(i, each) for i, each in enumerate(FORWARD_STAGES, 1))


def backward_stages() -> str:
    """Write the stages of the backward pass."""
    return "\n".join(stage_html(i, each) for i, each in enumerate(BACKWARD_STAGES, 1))


def lines_left_out() -> str:
    """Write the lines that the gradient check can leave out, each with its slot."""
    return "\n".join(
        f'<div class="stage-text" slot="{broken}">\n'
        f"{listing_html(lines[0].target, list(lines))}\n</div>"
        for broken, lines in LEFT_OUT.items()
    )


def stage_html(number: int, stage: Stage) -> str:
    """Write one stage for the slot with its number."""
    mathml = formula(stage.tex, display=True)
    by_target = groupby(stage.code, key=lambda line: line.target)
    code = "\n".join(listing_html(target, list(lines)) for target, lines in by_target)
    return (
        f'<div class="stage-text" slot="stage-{number}">\n'
        f'<p class="stage-title">{escape(stage.title)}</p>\n'
        f"<p>{escape(stage.words)}</p>\n"
        f'<div class="formula" tabindex="0">{mathml}</div>\n{code}\n</div>'
    )


def listing_html(target: str, lines: list[Line]) -> str:
    """Write some lines of a definition, each with what it makes here."""
    cut = listing(target, body=True)
    found = [find(line, cut) for line in lines]
    numbers = [number for number, _ in found]
    html = highlighted("\n".join(code for _, code in found), "python", numbers)
    for number, line in zip(numbers, lines, strict=True):
        html = re.sub(
            f'(data-line="{number}")[^>]*', rf'\1 data-makes="{line.makes}"', html
        )
        if line.mark:
            html = marked(html, line.mark)
    which = "line" if len(numbers) == 1 else "lines"
    return (
        f'<figure class="listing" data-source="{target}">\n{html}\n'
        f"<figcaption>{cut.file}, {which} {', '.join(map(str, numbers))}</figcaption>\n"
        "</figure>"
    )


def find(line: Line, cut: Listing) -> tuple[int, str]:
    """Find the one line that begins so, and its number."""
    code = [text.strip() for text in cut.code.split("\n")]
    found = [i for i, text in enumerate(code) if text.startswith(line.begin)]
    if len(found) != 1:
        raise Mistake(f"{line.target} has {len(found)} lines beginning {line.begin!r}")
    return cut.numbers[found[0]], code[found[0]]


def marked(html: str, part: str) -> str:
    """Mark a part of highlighted code: some of its tokens, next to each other."""
    found = re.search(r"data-line[^>]*>(.*)\n", highlighted(part, "python"))
    assert found
    if html.count(found[1]) != 1:
        raise Mistake(f"{part!r} is not once in the line that it should be marked in")
    return html.replace(found[1], f"<mark>{found[1]}</mark>")
