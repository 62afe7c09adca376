"""The terminal's way in: one file a command."""

import atexit
import gc
from typing import Annotated

import typer

from unspiral import __version__
from unspiral.apps.command_line.check import check
from unspiral.apps.command_line.check_gradients import check_gradients
from unspiral.apps.command_line.exercises import exercises
from unspiral.apps.command_line.lesson import lesson
from unspiral.apps.command_line.parity import parity
from unspiral.apps.command_line.reproduce import reproduce
from unspiral.apps.command_line.terminal import out
from unspiral.apps.command_line.train import train

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
COMMANDS = (lesson, train, reproduce, check_gradients, parity, exercises, check)
for command in COMMANDS:
    app.command()(command)


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        out.print(f"unspiral {__version__}")
        raise typer.Exit


@app.callback()
def unspiral(
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--version", callback=show_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """See how a neural network learns, one number at a time."""
    # Python looks for garbage once more when it ends, which takes 0.3 s with Numba.
    atexit.register(gc.freeze)
