"""`unspiral check-gradients`: is the backward pass right?"""

from typing import Annotated

import msgspec
import numpy as np
import typer
from rich.table import Table

from unspiral.apps.command_line.options import RunSettings, takes
from unspiral.apps.command_line.run import Run
from unspiral.apps.command_line.terminal import err, out
from unspiral.core import GradientCheck
from unspiral.core import check_gradients as compare
from unspiral.lab.data import data_of
from unspiral.lab.messages import StepNumber, network_of

TOLERANCE = 1e-6
MEASURABLE = 1e6
"""Slopes measured on a larger loss are too rough to tell anything."""


class CheckSettings(RunSettings, frozen=True):
    """Settings of the run whose gradients are checked where it ends."""

    steps: StepNumber = 10


@takes(CheckSettings, without=("weights_seed", "dtype", "engine"))
def check_gradients(
    settings: CheckSettings,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, nothing else.")
    ] = False,
) -> None:
    """Compare each gradient with slopes measured on the loss.

    First some training steps are taken. Before them all biases are 0, and the
    first point of each arm, the origin, is on the kink of every hidden unit's
    ReLU: there the loss has no slope to compare with. Exits with 1 when a
    relative error is above 1e-6.
    """
    run = Run(settings)
    while not run.ended:
        run.go_on()
    if run.diverged_at is not None or run.losses[-1] > MEASURABLE:
        err.print(
            f"At step {run.step} the loss is {run.losses[-1]:.1e}, too large to "
            "measure slopes on. Take fewer --steps, or a smaller --learning-rate "
            "or --reg.",
            style="red",
        )
        raise typer.Exit(1)

    with err.status("Measuring slopes"):
        X, y = data_of(settings)
        check = compare(network_of(run.params), X, y, reg=settings.reg)
    worst = check.worst_entry
    agree = worst.relative_error <= TOLERANCE
    if as_json:
        typer.echo(msgspec.json.encode({"agree": agree} | record(check, run)))
    else:
        out.print(table_of(check))
        out.print()
        if any(at_kink.any() for at_kink in check.at_kink.values()):
            out.print(
                "Entries at a kink are not compared: the loss has no slope there."
            )
        if agree:
            out.print(f"All gradients agree: no relative error is above {TOLERANCE}.")
        else:
            out.print(f"The gradients do not agree: {worst}.", style="red")
    if not agree:
        raise typer.Exit(1)


def table_of(check: GradientCheck) -> Table:
    """Show how each gradient does, one a line, with its worst entry."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for heading in ("shape", "compared", "at kink", "entry", "analytic", "numerical"):
        table.add_column(heading, justify="right")
    table.add_column("error", justify="right")
    for name, at_kink in check.at_kink.items():
        compared = int(np.sum(~at_kink))
        worst = check.worst(name)
        entry = (
            "{}, {}".format(*worst.index),
            f"{worst.analytic:.6e}",
            f"{worst.numerical:.6e}",
            f"{worst.relative_error:.1e}",
        )
        table.add_row(
            f"d{name}",
            "{} x {}".format(*at_kink.shape),
            f"{compared}",
            f"{at_kink.size - compared}",
            *(entry if compared else ()),
        )
    return table


def record(check: GradientCheck, run: Run) -> dict[str, object]:
    """Return what --json prints."""
    return {
        "worst": check.worst_entry,
        "gradients": {
            f"d{name}": {
                "shape": at_kink.shape,
                "compared": int(np.sum(~at_kink)),
                "worst": check.worst(name),
            }
            for name, at_kink in check.at_kink.items()
        },
        "tolerance": TOLERANCE,
        "steps": run.step,
        "settings": run.settings.of_lab(),
    }
