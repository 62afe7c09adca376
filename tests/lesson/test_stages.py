"""The stages of the trace figures show the code that runs."""

import re
from html import unescape
from pathlib import Path

import pytest

from unspiral import core
from unspiral.lesson import stages
from unspiral.lesson.mistakes import Mistake
from unspiral.lesson.stages import Line, Stage

ALL = {
    "forward": stages.forward_stages(),
    "backward": stages.backward_stages(),
    "left out": stages.lines_left_out(),
}


@pytest.mark.parametrize("name", ALL)
def test_each_line_of_code_stands_there_in_its_file(name: str) -> None:
    listings = re.findall(r"<figure.*?</figure>", ALL[name], re.DOTALL)
    assert listings
    for html in listings:
        file = re.findall(r"<figcaption>core/(\w+\.py)", html)[0]
        lines = (Path(core.__file__).parent / file).read_text().split("\n")
        shown = re.findall(r'data-line="(\d+)"[^>]*>(.*)\n', html)
        for number, code in shown:
            text = unescape(re.sub("<.*?>", "", code))
            assert text == lines[int(number) - 1].strip()


def test_each_stage_has_its_slot_and_each_line_what_it_makes_there() -> None:
    slots = re.findall('slot="(.*?)"', ALL["forward"])
    assert slots == [f"stage-{i}" for i in range(1, 6)]
    makes = re.findall('data-makes="(.*?)"', ALL["forward"])
    assert makes == ["out", "hidden", "hidden", "scores", "prediction", "probs"]
    assert re.findall('slot="(.*?)"', ALL["left out"]) == ["gate", "mean", "reg"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (Line(stages.FORWARD, "nothing =", "out"), "has 0 lines beginning"),
        (Line(stages.BACKWARD, "dW", "dW1"), "has 4 lines beginning"),
        (Line(stages.FORWARD, "hidden =", "hidden", mark="max"), "is not once in"),
    ],
)
def test_a_line_that_is_not_there_is_refused(line: Line, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        stages.stage_html(1, Stage("Title", "Words.", "x", (line,)))
