"""`unspiral reproduce`: cs231n's published figures, computed again."""

import typer
from rich.progress import track
from rich.table import Table

from unspiral.apps.command_line.terminal import err, out
from unspiral.lab.cs231n import LINEAR, TOLERANCE, TWO_LAYER, Figure, Published, figures


def reproduce() -> None:
    """Compute cs231n's published figures again, and compare.

    Exits with 1 when any differs by more than 0.00001.
    """
    total = len(LINEAR.losses) + len(TWO_LAYER.losses) + 2
    computed = list(
        track(
            figures(),
            "Training both models",
            total=total,
            console=err,
            transient=True,
            disable=not err.is_terminal,
        )
    )
    for run in (LINEAR, TWO_LAYER):
        out.print(comparison(run, [figure for figure in computed if figure.run is run]))
        out.print()

    worst = max(computed, key=lambda figure: abs(figure.difference))
    where = f"{worst.run.model}, {worst.name} at step {worst.step:,}"
    out.print(f"Largest difference: {abs(worst.difference):.6f} ({where}).")
    if abs(worst.difference) > TOLERANCE:
        err.print(f"That is more than {TOLERANCE:.6f}: not reproduced.", style="red")
        raise typer.Exit(1)
    out.print(f"All {total} figures are reproduced to within {TOLERANCE:.6f}.")


def comparison(run: Published, of_run: list[Figure]) -> Table:
    """Show the figures of one run side by side."""
    table = Table(title=run.model, title_justify="left", box=None)
    for column in ("step", "", "published", "computed", "difference"):
        table.add_column(column, justify="left" if column == "" else "right")
    for figure in of_run:
        numbers = (figure.published, round(figure.computed, figure.digits))
        table.add_row(
            f"{figure.step:,}",
            figure.name,
            *(f"{number:.{figure.digits}f}" for number in numbers),
            f"{figure.difference:+.6f}" if figure.difference else "0",
        )
    return table
