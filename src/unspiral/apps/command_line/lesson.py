"""`unspiral lesson`: open the lesson in the browser."""

import atexit
import os
from typing import Annotated

import typer

from unspiral.apps.command_line.terminal import err, out


def lesson(
    *,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="0..65535", help="Default: 8314, or the next free one. 0: any."
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Where to listen.")
    ] = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only say where it is.")
    ] = False,
) -> None:
    """Open the lesson in the browser."""
    # A thread that is in PyTorch's code while Python ends would abort the process. What
    # is registered first is called last, when nothing is left to do.
    atexit.register(os._exit, 0)
    from unspiral.apps.server import DEFAULT_PORT, ServeError, serve

    try:
        serve(
            host,
            DEFAULT_PORT if port is None else port,
            not no_browser,
            say=lambda line: out.print(line, soft_wrap=True),
        )
    except KeyboardInterrupt:
        pass  # came before the server was up; it is how one stops the lesson
    except Exception as error:
        atexit.unregister(os._exit)
        if not isinstance(error, ServeError):
            raise
        err.print(f"Error: {error}", style="red", soft_wrap=True)
        raise typer.Exit(1) from error
