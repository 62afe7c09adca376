"""`unspiral check`: is the network that you wrote right, and if not, why?"""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.padding import Padding
from rich.text import Text

from unspiral.apps.command_line.terminal import err, out
from unspiral.lesson.exercises.check import check as check_one
from unspiral.lesson.exercises.check import check_file
from unspiral.lesson.exercises.exercise import exercise, exercises
from unspiral.lesson.exercises.plain import plain
from unspiral.lesson.exercises.report import Error, Found, Report
from unspiral.lesson.exercises.standing_in import alone


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


def check_only(name: str, source: str) -> list[Report]:
    """Check one function, or refuse a name that no exercise has."""
    names = [each.function for each in exercises()]
    if name not in names:
        raise typer.BadParameter(
            f"--exercise is {name}; allowed is one of {', '.join(names)}."
        )
    return [check_one(name, alone(exercise(name), source))]


def show(reports: list[Report]) -> None:
    """Print how each exercise does, and what is wrong."""
    first = reports[0]
    if first.error and not first.error.case and len(reports) > 1:
        out.print("Python cannot read the file.", style="red")
        show_error(first.error)
        return
    for report in reports:
        number = exercise(report.exercise).number
        word, style = verdict(report)
        out.print(Text(f"{number}  {report.exercise:<24}") + Text(word, style))
        if report.started and not report.right:
            show_report(report)
        for note in report.notes:
            paragraph(note)
    if len(reports) > 1:
        count = sum(report.right for report in reports)
        out.print()
        out.print(f"{count} of {len(reports)} exercises are right.")


def verdict(report: Report) -> tuple[str, str]:
    """Say in a word how an exercise does, and in which style."""
    if report.right:
        return "right", "green"
    return ("wrong", "red") if report.started else ("open", "yellow")


def show_report(report: Report) -> None:
    """Print what is wrong with one exercise."""
    if report.sentence not in [found.sentence for found in report.mistakes]:
        case = report.difference.case if report.difference else ""
        paragraph(f"{report.sentence}{case and f' ({case})'}")
    if report.error:
        show_error(report.error)
    for found in report.mistakes:
        show_found(found)
    if report.maybe:
        paragraph("Any one of these mistakes explains it:")
        for found in report.maybe:
            show_found(found)
    if report.output:
        paragraph("It printed:")
        paragraph(report.output, indent=5)


def show_error(error: Error) -> None:
    """Print an exception, its line and what it means."""
    if error.line:
        paragraph(f"line {error.line}: {error.text}", indent=5, style="bold")
    paragraph(f"{error.type}: {error.message}", indent=5)
    if error.meaning:
        paragraph(error.meaning)


def show_found(found: Found) -> None:
    """Print a mistake, the formula that it breaks and the line to look at."""
    where = f" in {', '.join(found.arrays)}" if found.arrays else ""
    out.print()
    paragraph(f"{found.name}{where}", style="bold")
    paragraph(found.sentence)
    if found.tex:
        paragraph(plain(found.tex), indent=5)
    if found.line:
        paragraph(f"line {found.line}: {found.text}", indent=5, style="bold")


def paragraph(text: str, indent: int = 3, style: str = "") -> None:
    """Print a paragraph, indented."""
    out.print(Padding(Text(text, style), (0, 0, 0, indent), expand=False))
