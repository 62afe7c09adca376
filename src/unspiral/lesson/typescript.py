"""TypeScript types of what the page says and hears about exercises.

`python -m unspiral.lesson.typescript` prints them.
"""

import json
import sys

from msgspec import inspect

from unspiral.lab.typescript import collect, interface
from unspiral.lesson.exercise_html import address
from unspiral.lesson.exercises.exercise import exercises
from unspiral.lesson.exercises.learner import calls
from unspiral.lesson.exercises.report import Report
from unspiral.lesson.messages import (
    CheckRequest,
    NetworkFile,
    NetworkParts,
    TrainMineReply,
    TrainMineRequest,
)

HEADER = """\
// Made from src/unspiral/lesson/ by `make types`. Do not edit.

import type {
  Diagnosis,
  LinearParams,
  NumericArray,
  Settings,
  TwoLayerParams,
} from "../lab/messages";
"""
KINDS = (
    CheckRequest,
    Report,
    NetworkFile,
    NetworkParts,
    TrainMineRequest,
    TrainMineReply,
)


def typescript() -> str:
    """Return the whole of `web/src/exercises/messages.ts`."""
    structs: dict[str, inspect.StructType] = {}
    for kind in KINDS:
        collect(inspect.type_info(kind), structs)
    own = [s for s in structs.values() if s.cls.__module__.startswith(__package__)]
    return "\n".join([HEADER, *("\n".join(interface(s)) for s in own), listed()])


def listed() -> str:
    """Write which exercises there are."""
    blocks = [
        "/** The exercises, in their order; `trains`: whether training calls it. */",
        "export const EXERCISES = [",
    ]
    for each in exercises():
        blocks += [
            "  {",
            f"    number: {each.number},",
            f"    name: {json.dumps(each.function)},",
            f"    title: {json.dumps(each.title)},",
            f"    href: {json.dumps(address(each))},",
            f"    trains: {json.dumps(calls(each.function))},",
            "  },",
        ]
    return "\n".join([*blocks, "] as const;\n"])


if __name__ == "__main__":
    sys.stdout.write(typescript())
