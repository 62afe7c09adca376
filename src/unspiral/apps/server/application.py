"""What the server answers: the lesson's pages, their files, and the lab."""

import logging
import mimetypes
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from unspiral import __version__, lesson
from unspiral.apps.server.api import Operation, api
from unspiral.apps.server.exercises import exercises, notes
from unspiral.apps.server.guards import (
    SECURITY_HEADERS,
    Guard,
    HostRule,
    WithHeaders,
    host_rule,
)
from unspiral.lab import OPERATIONS

ASSETS = Path(__file__).parents[2] / "assets"
FAVICON = Path(__file__).with_name("favicon.svg")

HEADERS = SECURITY_HEADERS | {"unspiral-version": __version__}
"""Of every answer. A page of another version may not understand it."""

logger = logging.getLogger(__name__)


def application(
    allowed_hosts: HostRule = host_rule("localhost", "127.0.0.1"),  # noqa: B008
    *,
    assets: Path = ASSETS,
    operations: Mapping[str, Operation] = OPERATIONS,
    token: str | None = None,
) -> Starlette:
    """Put the application together.

    Parameters
    ----------
    allowed_hosts
        Which hosts it answers for; see `guards.host_rule`.
    assets
        Folder of the built front end.
    operations
        What the lab can do, by name.
    token
        Secret of the pages, with which they may have code run; None if nobody may.
    """
    # The system's settings say which type a file has, and may be wrong for scripts.
    mimetypes.add_type("text/javascript", ".js")

    told = {"unspiral-version": __version__} | notes(token)

    def contents(_: Request) -> Response:
        check_built(assets)
        return HTMLResponse(lesson.contents_page(told))

    def chapter(request: Request) -> Response:
        check_built(assets)
        slug = request.path_params["slug"]
        if slug not in {chapter.slug for chapter in lesson.chapters()}:
            raise HTTPException(404, f"There is no chapter “{slug}”.")
        return HTMLResponse(lesson.page(slug, told))

    return Starlette(
        routes=[
            Route("/", contents),
            Route("/chapters/{slug}", chapter),
            Route("/api/{operation}", api(operations), methods=["POST"]),
            Route("/api/exercises/{operation}", exercises(token), methods=["POST"]),
            Mount("/assets", Assets(directory=assets, check_dir=False)),
            Route("/favicon.ico", favicon),
            Route("/favicon.svg", favicon),
        ],
        middleware=[
            Middleware(WithHeaders, headers=HEADERS),
            Middleware(Guard, allows=allowed_hosts),
        ],
        exception_handlers={HTTPException: refused, Exception: failed},
    )


class Assets(StaticFiles):
    """The files of the built front end; building may come after the start."""

    async def check_config(self) -> None:
        """Take a folder that is not there yet."""


def check_built(assets: Path) -> None:
    """Raise HTTPException unless the front end is there."""
    if not (assets / "unspiral.js").is_file():
        raise HTTPException(503, "The front end is not built yet: run “make lesson”.")


async def favicon(_: Request) -> Response:
    """Send the icon of the page; browsers also look for it unasked."""
    return FileResponse(FAVICON)


SENTENCES = {
    404: "There is nothing at this address.",
    405: "Nothing at this address takes that method; allowed is {Allow}.",
}


async def refused(request: Request, error: Exception) -> Response:
    """Say in a sentence what is wrong: people get a page, scripts plain text."""
    assert isinstance(error, HTTPException)
    status, sentence, headers = error.status_code, error.detail, error.headers
    if sentence == HTTPStatus(status).phrase:  # Starlette's own
        sentence = SENTENCES.get(status, sentence).format(**(headers or {}))
    if request.url.path.startswith(("/api/", "/assets/")):
        return PlainTextResponse(sentence, status, headers)
    return HTMLResponse(problem_page(sentence), status, headers)


async def failed(request: Request, error: Exception) -> Response:
    """Log a mistake of ours, and answer; the answer passes no middleware."""
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    sentence = "The server made a mistake; what it was is in the server's log."
    return PlainTextResponse(sentence, 500, HEADERS)


def problem_page(sentence: str) -> str:
    """Make a page that says one sentence and leads back to the lesson."""
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Unspiral</title>
<link rel="stylesheet" href="/assets/unspiral.css">
</head>
<body>
<main id="main">
<article>
<h1>Unspiral</h1>
<p>{escape(sentence)}</p>
<p><a href="/">To the contents of the lesson</a></p>
</article>
</main>
</body>
</html>
"""
