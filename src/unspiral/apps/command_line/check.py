"""`unspiral check`: is the network that you wrote right, and if not, why?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from unspiral.apps.command_line.terminal import err

if TYPE_CHECKING:
    from unspiral.lesson.exercises.report import Report


def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.py", help="A file with your functions.")
    ],
    *,
    only: Annotated[
        str | None,
        typer.Option("--exercise", metavar="NAME", help="Check this function alone."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, nothing else.")
    ] = False,
) -> None:
    """Check the functions of the exercises, and say what is wrong with them.

    They run in a process of their own. Each function is checked by itself: a
    mistake is reported where it is made. Exits with 1 when any is not right yet.
    """
    # The lesson takes longer to import than some commands to run.
    from unspiral.apps.command_line.reports import show
    from unspiral.lesson.exercises.check import check_file

    source = read(file)
    with err.status("Checking"):
        reports = check_only(only, source) if only else check_file(source)
    right = all(report.right for report in reports)
    if as_json:
        typer.echo(msgspec.json.encode({"right": right, "exercises": reports}))
    else:
        show(reports)
    if not right:
        raise typer.Exit(1)


def read(path: Path) -> str:
    """Read the learner's file, or refuse what cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{path} is no text in UTF-8.") from error
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}.") from error


def check_only(name: str, source: str) -> "list[Report]":
    """Check one function, or refuse a name that no exercise has."""
    from unspiral.lesson.exercises.check import check
    from unspiral.lesson.exercises.exercise import exercise, exercises
    from unspiral.lesson.exercises.standing_in import alone

    names = [each.function for each in exercises()]
    if name not in names:
        raise typer.BadParameter(
            f"--exercise is {name}; allowed is one of {', '.join(names)}."
        )
    return [check(name, alone(exercise(name), source))]
