import re
from xml.etree import ElementTree

import pytest

from unspiral.lesson import stills
from unspiral.lesson.figures import FIGURES, figure_html
from unspiral.lesson.stills.plane import MARKERS

DESIGN = """spiral-data spiral-generator linear-classifier network-diagram forward-trace
loss-curve softmax-scores regularisation-loss backward-trace gradient-check
live-training hidden-tiles score-space framework-listings framework-parity"""


def test_every_figure_of_the_lesson_is_known() -> None:
    assert list(FIGURES) == DESIGN.split()


@pytest.mark.parametrize("tag", FIGURES)
def test_every_figure_shows_something_without_javascript(tag: str) -> None:
    html = figure_html(tag, {}, "an-id")
    figure = ElementTree.fromstring(html)
    still = figure.find(f"{tag}/*")
    assert still is not None
    assert still.tag in {"svg", "div", "pre"}  # a drawing, a table, a listing
    assert figure.findtext("figcaption")


@pytest.mark.parametrize("tag", FIGURES)
def test_no_attribute_means_something_else_in_html(tag: str) -> None:
    assert not {"hidden", "title", "lang", "dir", "style"} & set(
        FIGURES[tag].attributes
    )


def test_a_still_has_each_point_inside_the_picture_and_a_class_for_each_arm() -> None:
    svg = ElementTree.fromstring(stills.spiral(points=30, classes=10, seed=3))
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    paths = list(svg)
    assert [p.attrib["class"] for p in paths] == [
        f"points class-{k}" for k in range(10)
    ]
    for path in paths:
        starts = re.findall(r"M(\S+) ([-.0-9]+)m", path.attrib["d"])
        assert len(starts) == 30
        for x, y in starts:
            assert left < float(x) < left + width
            assert top < float(y) < top + height


def test_every_class_has_a_marker_of_its_own() -> None:
    assert len(set(MARKERS)) == 10
