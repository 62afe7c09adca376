from itertools import pairwise

import pytest

from unspiral.lesson.formulas import formula
from unspiral.lesson.mistakes import Mistake

# Formulas that the chapters need.
GOOD = [
    r"f(x) = W_2 \cdot \max(0, W_1 x + b_1) + b_2",
    r"p_k = \frac{e^{s_k}}{\sum_{j=1}^{K} e^{s_j}}",
    r"L = \frac{1}{n} \sum_i -\ln p_{i, y_i} + \tfrac12 \lambda \lVert W \rVert^2",
    r"\frac{\partial L}{\partial s_k} = p_k - 1[k = y]",
    r"\begin{pmatrix} 0.3 & -0.5 \end{pmatrix}",
    r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{align*} dW_2 &= h^\top ds \\ dh &= ds \, W_2^\top \end{align*}",
    r"X \in \mathbb{R}^{n \times D}",
    r"\left\{ x \mid x > 0 \right.",
    r"\{a, b\} \setminus \{b\}",
]

# Formulas that latex2mathml takes without a word, and the word that names the trouble.
BAD = [
    (r"\begin{foo} a \end{foo}", "foo"),
    (r"\operatorname*{arg\,max}_k s_k", "operatorname"),
    (r"\frac{a}{b", "braces"),
    (r"a}", "braces"),
    (r"\hidden", r"\hidden"),
    (r"\text{50\%}", "backslash"),
    (r"\text{a & b}", "&"),
    (r"\boxed{x}", "menclose"),
    (r"\mathtt{hidden}", "monospace"),
    (r"\style{color: red}{x}", "style"),
    (r"\left( x", "ExtraLeftOrMissingRight"),
    (r"x_{", "braces"),
    ("", "NoAvailableTokens"),
]


@pytest.mark.parametrize("tex", GOOD)
@pytest.mark.parametrize("display", [False, True])
def test_what_the_chapters_need_is_converted(tex: str, display: bool) -> None:
    mathml = formula(tex, display=display)
    assert f'display="{"block" if display else "inline"}"' in mathml
    assert "\\" not in mathml


@pytest.mark.parametrize(("tex", "word"), BAD)
def test_what_would_be_shown_wrong_is_refused(tex: str, word: str) -> None:
    with pytest.raises(Mistake) as raised:
        formula(tex)
    assert word in raised.value.sentence
    assert f"${tex}$" in raised.value.sentence


@pytest.mark.parametrize(
    "tex", ["(0.3, -0.5)", "x = -y", r"-\ln p", r"2 \cdot -3", "e^{-x}"]
)
def test_a_minus_that_is_a_sign_has_no_space_around_it(tex: str) -> None:
    assert '<mo form="prefix">&#x02212;</mo>' in formula(tex)


@pytest.mark.parametrize(
    "tex", ["a - b", "(a) - b", "|a| - 1", r"a_1 - b", r"\frac12 - b"]
)
def test_a_minus_between_two_values_has_space(tex: str) -> None:
    assert "<mo>&#x02212;</mo>" in formula(tex)


def test_max_is_a_function_and_no_operator() -> None:
    assert "<mi>max</mi>" in formula(r"\max(0, z)")


@pytest.mark.parametrize("tex", ["z = 1.", "1/n"])
def test_a_full_stop_and_a_slash_have_no_space_around_them(tex: str) -> None:
    assert '<mo lspace="0" rspace="0">' in formula(tex)


def test_functions_have_space_around_them_as_in_tex() -> None:
    mathml = formula(r"r \sin t = 2 \ln 3 + \exp(x)")
    spaced = ["<mi>r</mi>", "<mi>sin</mi>", "<mi>t</mi>", "<mo>", "<mn>2</mn>"]
    for before, after in pairwise(spaced):
        space = "" if after == "<mo>" else '<mspace width="0.167em" />'
        assert before + space + after in mathml or before == "<mo>"
    assert '<mi>ln</mi><mspace width="0.167em" /><mn>3</mn>' in mathml
    assert '<mi>exp</mi><mo stretchy="false">' in mathml
    assert '<mi>ln</mi><mspace width="0.167em" /><mfrac>' in formula(r"\ln \frac{p}{2}")
