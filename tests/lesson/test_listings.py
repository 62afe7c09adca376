"""Listings of the real package; `test_rendering.py` has how they look."""

import inspect

import pytest

from unspiral.core import layers, network
from unspiral.lesson.listings import listing


def test_a_listing_is_the_source_that_runs() -> None:
    cut = listing("unspiral.core.layers:relu_backward", docstring=True)
    lines, first = inspect.getsourcelines(layers.relu_backward)
    assert cut.code + "\n" == "".join(lines)
    assert cut.file == "core/layers.py"
    assert cut.numbers[0] == first


def test_lines_keep_their_numbers_where_a_docstring_was() -> None:
    cut = listing("unspiral.core.layers:relu")
    source = inspect.getsource(layers).split("\n")
    assert cut.code.split("\n") == [source[number - 1] for number in cut.numbers]
    assert '"""' not in cut.code


def test_a_method_is_moved_to_the_left_margin() -> None:
    cut = listing("unspiral.core.network:TwoLayerNet.forward", body=True)
    in_class = [f"        {line}" for line in cut.code.split("\n")]
    source = inspect.getsource(network.TwoLayerNet.forward)
    assert "\n".join(in_class) in source
    assert cut.code.startswith("hidden = relu(")
    assert cut.code.endswith("return hidden, scores")


@pytest.mark.parametrize("name", ["TwoLayerNet", "Network", "LinearClassifier"])
def test_a_class_is_listed_without_the_docstrings_of_its_methods(name: str) -> None:
    cut = listing(f"unspiral.core.network:{name}")
    docstrings = [line for line in cut.code.split("\n") if '"""' in line]
    methods_that_are_only_docstring = {"Network": 2}.get(name, 0)
    assert len(docstrings) == methods_that_are_only_docstring
    compile(cut.code, name, "exec")
