"""The lesson in a browser: its pages, its files, and the lab over HTTP.

`serve` runs it; `application` is what runs, for any other ASGI server.
"""

from unspiral.apps.server.application import application
from unspiral.apps.server.listen import DEFAULT_PORT, ServeError, serve

__all__ = ["DEFAULT_PORT", "ServeError", "application", "serve"]
