"""TeX to MathML, with everything refused that a browser would not show as meant."""

import re
from xml.etree import ElementTree

from latex2mathml.commands import MATRICES
from latex2mathml.converter import convert

from unspiral.lesson.mistakes import Mistake

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"

SHOWN = re.compile(
    "math|m(frac|i|n|o|over|padded|phantom|root|row|space|sqrt|style|sub|subsup|sup"
    "|table|td|text|tr|under|underover)"
)
"""The elements of MathML that every browser knows."""

BESIDE_FUNCTION = re.compile(
    "(?<=<mi>ln</mi>)(?=<m(?:[ins]|frac))"
    "|(?<=<mi>(?:cos|exp|log|sin)</mi>)(?=<m(?:[ins]|frac))"
    "|(?<=</m[in]>)(?=<mi>(?:cos|exp|ln|log|sin)</mi>)"
)
"""Where TeX leaves a thin space and latex2mathml does not: as in r sin t."""

SIGN = re.compile(
    r"(<m(?:row|td|style)[^>]*>"
    r"|<mo[^>]*>(?!&#x00029;|&#x0005D;|&#x0007D;|&#x0007C;|\)|\]|\}|\|)[^<]*</mo>)"
    "<mo>(?=&#x02212;</mo>)"
)
"""Where a minus is a sign, with no space around it: not after a value or a bracket."""

NO_OPERATOR = re.compile("<mo>(?=(?:&#x0002E;|&#x0002F;)</mo>)")
"""A full stop at the end and the line of a fraction, as in 1/n: there is no space."""

ENVIRONMENTS = {command.removeprefix("\\") for command in MATRICES}


def formula(tex: str, *, display: bool = False) -> str:
    """Convert TeX to MathML.

    latex2mathml lets much pass in silence that it does not understand, so its
    result is checked.

    Raises
    ------
    Mistake
        When it could not be shown as it was meant.
    """
    what = f"the formula ${tex.strip()}$"
    bare = re.sub(r"\\[\\{}]", "", tex)
    if bare.count("{") != bare.count("}"):
        raise Mistake(f"{what} has braces that are not closed, or not opened")
    for environment in re.findall(r"\\begin\{(.*?)\}", tex):
        if environment not in ENVIRONMENTS:
            hint = "; write align*" if environment == "aligned" else ""
            raise Mistake(f"{what} has an unknown environment {environment}{hint}")
    try:
        mathml = convert(tex, display="block" if display else "inline")
    except Exception as error:  # its exceptions have no base class of their own
        reason = f"{type(error).__name__} {error}".strip()
        raise Mistake(f"{what} cannot be read ({reason})") from error
    mathml = re.sub("<mo>(max|min)</mo>", r"<mi>\1</mi>", mathml)
    mathml = SIGN.sub(r'\1<mo form="prefix">', mathml)
    mathml = NO_OPERATOR.sub('<mo lspace="0" rspace="0">', mathml)
    mathml = BESIDE_FUNCTION.sub('<mspace width="0.167em" />', mathml)
    try:
        elements = list(ElementTree.fromstring(mathml).iter())
    except ElementTree.ParseError as error:
        raise Mistake(f"{what} has a stray & or < in it") from error
    for element in elements:
        check(element, what)
    return mathml


def check(element: ElementTree.Element, what: str) -> None:
    """Refuse an element that shows that something was not understood."""
    tag = element.tag.removeprefix(NAMESPACE)
    text = element.text or ""
    if re.match(r"\\.", text):
        raise Mistake(f"{what} has an unknown command {text}")
    if "\\" in text and tag == "mtext":
        raise Mistake(f"{what} has a backslash in its text: {text}")
    if not SHOWN.fullmatch(tag):
        raise Mistake(f"{what} needs <{tag}>, which browsers do not show")
    if tag == "mo" and not text and not element.attrib:
        raise Mistake(f"{what} has an operator without a name (\\operatorname*?)")
    if element.get("mathvariant", "normal") != "normal":
        variant = element.get("mathvariant")
        raise Mistake(f"{what} asks for {variant} letters, which browsers do not show")
    if "style" in element.attrib:
        raise Mistake(f"{what} has a \\style; use \\class and the stylesheet")
