"""TypeScript types of what the page says and hears about exercises.

`python -m unspiral.lesson.typescript` prints them.
"""

import sys

from msgspec import inspect

from unspiral.lab.typescript import collect, interface
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.messages import CheckRequest, NetworkFile, NetworkParts

HEADER = "// Made from src/unspiral/lesson/ by `make types`. Do not edit.\n"


def typescript() -> str:
    """Return the whole of `web/src/exercises/messages.ts`."""
    structs: dict[str, inspect.StructType] = {}
    for kind in (CheckRequest, Report, NetworkFile, NetworkParts):
        collect(inspect.type_info(kind), structs)
    return "\n".join([HEADER, *("\n".join(interface(s)) for s in structs.values())])


if __name__ == "__main__":
    sys.stdout.write(typescript())
