"""Numbers of a small network, as tables."""

from html import escape
from typing import Any

import numpy as np

from unspiral.lab.gradient_check import gradient_check as gradient_check_of
from unspiral.lab.listings import listings
from unspiral.lab.losses import losses
from unspiral.lab.messages import (
    GradientCheckRequest,
    ListingsRequest,
    LossesRequest,
    ParityReply,
    Settings,
    SoftmaxRequest,
    TraceReply,
    TraceRequest,
)
from unspiral.lab.parity.recorded import recorded
from unspiral.lab.probabilities import softmax
from unspiral.lab.trace import trace
from unspiral.lesson.highlighting import highlighted
from unspiral.lesson.stills.learned import trained

STEPS = 1000
"""Steps that the networks of these tables were trained for."""
POINT = "0.3,-0.5"
SHOWN = 8
"""Most numbers to write out in a row."""


def forward_trace(point: str = POINT, **settings: Any) -> str:
    """Write the arrays that a point becomes on its way forward."""
    forward = traced(point, settings).forward
    names = ["out", "hidden", "scores", "probs"]
    return arrays({name: getattr(forward, name) for name in names}) + text(
        f"The point ({point}) in a network trained for {STEPS:,} steps. "
        f"It answers class {forward.prediction[0]}."
    )


def backward_trace(point: str = POINT, label: int = 0, **settings: Any) -> str:
    """Write the gradients of a point on their way back."""
    reply = traced(point, settings, label)
    assert reply.backward
    assert reply.loss
    names = ["dscores", "dW2", "db2", "dhidden", "dout", "dW1", "db1"]
    return arrays({name: getattr(reply.backward, name) for name in names}) + text(
        f"The way back for the point ({point}), as one of class {label}: "
        f"its loss is {reply.loss.data_loss:.4f}. Here dout is dhidden after the gate."
    )


def traced(point: str, settings: dict[str, Any], label: int = 0) -> TraceReply:
    """Send a point of some class through a trained network and back."""
    X = np.array([[float(x) for x in point.split(",")]])
    params = trained(STEPS, **settings).params
    y = np.array([label], np.int32)
    reg = Settings(**settings).reg
    return trace(TraceRequest(params=params, X=X, y=y, reg=reg))


def softmax_scores(scores: str = "1,2,-1") -> str:
    """Write what softmax makes of some scores."""
    row = np.array([[float(score) for score in scores.split(",")]])
    reply = softmax(SoftmaxRequest(scores=row))
    return arrays(
        {
            "scores": row,
            "exp_scores": reply.exp_scores,
            "probs": reply.probs,
            "-log(probs)": reply.costs,
        }
    ) + text("The largest score is subtracted before exp.")


def regularisation_loss(**settings: Any) -> str:
    """Write the parts of the loss for some strengths of the regularisation."""
    params = trained(STEPS, **settings).params
    rows = []
    for reg in [0, 1e-4, 1e-3, 1e-2]:
        reply = losses(
            LossesRequest(settings=Settings(**settings | {"reg": reg}), params=params)
        )
        numbers = [reply.data_loss, reply.reg_loss, reply.loss]
        rows.append([f"{reg:g}", *(f"{number:.4f}" for number in numbers)])
    return table(["reg", "data loss", "reg loss", "loss"], rows) + text(
        f"One network, trained for {STEPS:,} steps; only reg differs."
    )


def gradient_check(**settings: Any) -> str:
    """Write how well the backward pass agrees with measured slopes."""
    params = trained(10, **settings).params
    reply = gradient_check_of(
        GradientCheckRequest(settings=Settings(**settings), params=params)
    )
    rows = []
    for name in reply.checks.__struct_fields__:
        check = getattr(reply.checks, name)
        worst = check.worst
        rows.append(
            [
                name,
                str(check.compared),
                f"{worst.analytic:.6f}",
                f"{worst.numerical:.6f}",
                f"{worst.relative_error:.0e}",
            ]
        )
    header = ["array", "entries", "analytic", "numerical", "relative error"]
    return table(header, rows) + text("The entry of each array that agrees least.")


def framework_listings(**settings: Any) -> str:
    """Write the program in NumPy."""
    reply = listings(ListingsRequest(settings=Settings(**settings)))
    return highlighted(reply.exact.numpy.rstrip("\n"), "python")


def framework_parity() -> str:
    """Write what the comparison of the frameworks gave when it was recorded."""
    return "".join(parity_table(recorded(dtype)) for dtype in ("float64", "float32"))


def parity_table(reply: ParityReply) -> str:
    """Write the largest differences, with a column for each framework."""
    columns = {
        "PyTorch": reply.torch,
        "JAX": reply.jax,
        "TensorFlow": reply.tensorflow,
        "NumPy, reordered": reply.rounding,
        "NumPy": reply.numpy,
    }
    found = {heading: each for heading, each in columns.items() if each}
    each = found.values()
    rows = [["version", *(of.version for of in each)]]
    rows += [
        [f"d{name} at step 0", *(power(of.gradients[i]) for of in each)]
        for i, name in enumerate(["W1", "b1", "W2", "b2"])
    ]
    rows += [
        [
            f"parameters, step {moment:,}",
            *(power(of.parameters[k].max()) for of in each),
        ]
        for k, moment in enumerate(reply.moments)
    ]
    rows += [
        ["loss at the end", *(f"{of.loss:.6f}" for of in each)],
        ["accuracy at the end", *(f"{of.accuracy:.1%}" for of in each)],
        ["a step takes", *(f"{of.step_time * 1e6:.0f} µs" for of in each)],
    ]
    return table([reply.settings.dtype, *found], rows) + text(
        f"Largest differences from NumPy in {reply.moments[-1]:,} steps, recorded on "
        f"{reply.date} with {reply.machine}."
    )


def power(number: float) -> str:
    """Write a small number, in short."""
    return f"{number:.0e}" if number else "0"


def arrays(named: dict[str, np.ndarray]) -> str:
    """Write arrays with their shapes and their numbers, or the first of them."""
    rows = []
    for name, array in named.items():
        numbers = [f"{number:z.3f}" for number in array.ravel()[:SHOWN]]
        more = " …" if array.size > SHOWN else ""
        shape = ", ".join(str(length) for length in array.shape)
        rows.append([name, f"({shape})", "  ".join(numbers) + more])
    return table(["array", "shape", "numbers"], rows)


def table(header: list[str], rows: list[list[str]]) -> str:
    """Write a table."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table still-table" tabindex="0"><table>\n<thead><tr>{head}</tr>'
        f"</thead>\n<tbody>\n{body}\n</tbody>\n</table></div>\n"
    )


def text(words: str) -> str:
    """Write a line below a picture."""
    return f'<p class="still-text">{escape(words)}</p>'
