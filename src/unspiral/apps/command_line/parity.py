"""`unspiral parity`: do the frameworks do what the code written by hand does?"""

from typing import Annotated, Any

import msgspec
import numpy as np
import typer
from rich.table import Table

from unspiral.apps.command_line.options import RunSettings, takes
from unspiral.apps.command_line.terminal import err, out
from unspiral.engines import installed
from unspiral.engines.registry import how_to_install
from unspiral.lab.messages import ParityReply
from unspiral.lab.parity import FRAMEWORKS, compare
from unspiral.lab.parity.verdict import unexplained
from unspiral.lab.wire import RequestError

HEADINGS = {
    "torch": "PyTorch",
    "jax": "JAX",
    "tensorflow": "TensorFlow",
    "rounding": "NumPy, reordered",
}

TIMED = 100
"""With fewer steps, what a run begins with is much of their time."""


@takes(RunSettings, without=("engine",))
def parity(
    settings: RunSettings,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, nothing else.")
    ] = False,
) -> None:
    """Train in PyTorch, JAX and TensorFlow, and compare with NumPy.

    All start from the same weights; each framework finds the gradients by itself.
    Shown are the largest differences. Exits with 1 when one is no rounding, or no
    framework is installed.
    """
    if settings.steps == 0:
        raise typer.BadParameter("--steps is 0; allowed is a whole number from 1 on.")
    if not set(FRAMEWORKS) & set(installed()):
        for name in FRAMEWORKS:
            err.print(f"{how_to_install(name)}.", style="yellow", soft_wrap=True)
        raise typer.Exit(1)
    try:
        with err.status("Training") as status:
            reply = compare(
                settings.of_lab(),
                settings.steps,
                show=lambda name: status.update(f"Training in {name}"),
            )
    except RequestError as error:
        err.print(str(error), style="red")
        raise typer.Exit(1) from error
    if reply.missing:
        err.print(reply.missing, style="yellow", soft_wrap=True)
    if not any(getattr(reply, name) for name in FRAMEWORKS):  # none starts
        raise typer.Exit(1)
    problems = list(unexplained(reply))
    if as_json:
        typer.echo(msgspec.json.encode(reply, enc_hook=np.ndarray.tolist))
    else:
        out.print(table_of(reply))
        out.print()
        if not problems:
            out.print(explanation(reply))
    for problem in problems:
        err.print(problem, style="red")
    if problems:
        raise typer.Exit(1)


def table_of(reply: ParityReply) -> Table:
    """Show the frameworks side by side."""
    shown: dict[str, Any] = {
        name: getattr(reply, name) for name in HEADINGS if getattr(reply, name)
    }
    table = Table(box=None, pad_edge=False)
    table.add_column(f"{reply.settings.dtype}: largest difference")
    for name in shown:
        table.add_column(HEADINGS[name], justify="right")
    names = ["W1", "b1", "W2", "b2"]
    if reply.settings.model == "linear":
        names = ["W", "b"]

    def row(title: str, cells: list[str]) -> None:
        table.add_row(title, *cells)

    row("version", [each.version for each in shown.values()])
    for i, name in enumerate(names):
        cells = [f"{each.gradients[i]:.1e}" for each in shown.values()]
        row(f"d{name} at step 0", cells)
    for k, moment in enumerate(reply.moments):
        for i, name in enumerate(names):
            cells = [f"{each.parameters[k, i]:.1e}" for each in shown.values()]
            row(f"{name} after {moment:,} step{'s' if moment > 1 else ''}", cells)
    row("loss at the end", [f"{each.loss:.6f}" for each in shown.values()])
    row("accuracy", [f"{each.accuracy:.1%}" for each in shown.values()])
    if reply.moments[-1] >= TIMED:
        row("µs a step", [f"{each.step_time * 1e6:,.0f}" for each in shown.values()])
    return table


def explanation(reply: ParityReply) -> str:
    """Say what the differences are."""
    ours = reply.numpy
    time = kink = ""
    if reply.moments[-1] >= TIMED:
        time = f", {ours.step_time * 1e6:,.0f} µs a step"
    if reply.settings.model == "two-layer":
        kink = (
            ", and once a point falls on the other side of a hidden unit's kink, the "
            "difference is no longer in the last digit"
        )
    return (
        f"NumPy {ours.version}: loss {ours.loss:.6f}, accuracy {ours.accuracy:.1%}"
        f"{time}.\n\n"
        "All these differences are rounding, and what training makes of it: a sum "
        "that is rounded otherwise moves a weight in its last digit, and each step "
        f"works on what the one before has moved{kink}. The column on the right shows "
        "that nothing else is needed: it is NumPy against NumPy, trained on the same "
        "points in other orders."
    )
