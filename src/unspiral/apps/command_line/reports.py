"""How the report of an exercise looks in the terminal."""

from rich.padding import Padding
from rich.text import Text

from unspiral.apps.command_line.terminal import out
from unspiral.lesson.exercises.exercise import exercise
from unspiral.lesson.exercises.plain import plain
from unspiral.lesson.exercises.report import Error, Found, Report


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
