"""Formulas as plain text."""

import pytest

from unspiral.lesson.exercises.plain import plain


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\text{scores} = X \, W + b", "scores = X W + b"),
        (r"\text{hidden} = \max(0, \; X \, W_1 + b_1)", "hidden = max(0, X W1 + b1)"),
        (r"p_k = \frac{e^{s_k}}{\sum_c e^{s_c}}", "p_k = e^(s_k)/(Σ_c e^(s_c))"),
        (r"-\frac{1}{n} \sum_i \ln p_{i, y_i}", "-1/n Σ_i ln p_(i, y_i)"),
        (r"\text{dW2} = \text{hidden}^\top \; \text{dscores}", "dW2 = hiddenᵀ dscores"),
        (
            r"x_1 = r \sin t, \qquad x_2 = r \cos t",
            "x_1 = r sin t,   x_2 = r cos t",
        ),
    ],
)
def test_it_reads_well_on_one_line(tex: str, text: str) -> None:
    assert plain(tex) == text


def test_a_command_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\\alpha"):
        plain(r"\alpha + 1")
