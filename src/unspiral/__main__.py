"""`python -m unspiral` is the command line."""

from unspiral.apps.command_line import app

app(prog_name="unspiral")
