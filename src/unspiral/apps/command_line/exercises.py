"""`unspiral exercises`: files to write the network in."""

from pathlib import Path
from typing import Annotated

import typer

from unspiral.apps.command_line.terminal import err, out


def exercises(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to put the files.")
    ],
) -> None:
    """Write the exercises into a folder, to be solved in any editor.

    There is a file for each, and `network.py` with all of them, which trains when
    they are solved. Nothing is overwritten.
    """
    from unspiral.lesson.exercises.network_file import write_exercises

    try:
        files = write_exercises(folder)
    except FileExistsError as error:
        err.print(f"{error}.", style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    except OSError as error:
        err.print(f"{folder} cannot be written: {error.strerror}.", style="red")
        raise typer.Exit(1) from error
    for path in files:
        out.print(str(path), soft_wrap=True)
    network = files[0]
    out.print()
    out.print(f"Solve them, and check: unspiral check {network}", soft_wrap=True)
