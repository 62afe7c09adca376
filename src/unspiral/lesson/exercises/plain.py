"""Formulas for the terminal: TeX as plain text."""

import re

SIGNS = {
    "cdot": "· ",
    "partial": "∂",
    "sum": "Σ",
    "top": "ᵀ",
    "dots": "… ",
    "qquad": "   ",
    "quad": "  ",
    "left": "",
    "right": "",
    "max": "max",
    "sin": "sin",
    "cos": "cos",
    "ln": "ln",
    ",": "",
    ";": " ",
    "!": "",
}


def plain(tex: str) -> str:
    """Write a formula as text that reads well on one line.

    Raises
    ------
    ValueError
        When it has a command that is not known here.
    """
    text, rest = group(tex)
    assert not rest
    text = re.sub(r"([Wb])_(\d)", r"\1\2", text)
    text = text.replace("^ᵀ", "ᵀ").replace("^2", "²")
    text = re.sub(r" +", lambda spaces: " " if len(spaces[0]) < 4 else "   ", text)
    return text.replace("( ", "(").replace(" )", ")").replace(" ,", ",").strip()


def group(tex: str) -> tuple[str, str]:
    """Read up to a closing brace; return what was read, and what comes after it."""
    text = ""
    while tex:
        if tex[0] == "}":
            return text, tex[1:]
        part, tex = item(tex)
        text += part
    return text, ""


def item(tex: str) -> tuple[str, str]:
    """Read a character, a group or a command."""
    if tex[0] == "{":
        inner, tex = group(tex[1:])
        return (inner if inner.isalnum() else f"({inner})"), tex
    if tex[0] != "\\":
        return tex[0], tex[1:]
    match = re.match(r"\\([a-zA-Z]+ ?|.)", tex)
    assert match
    name, tex = match[1].rstrip(), tex[match.end() :]
    if name == "text":
        return group(tex[1:])
    if name == "frac":
        above, tex = group(tex[1:])
        below, tex = group(tex[1:])
        return f"{bracketed(above)}/{bracketed(below)}", tex
    if name not in SIGNS:
        raise ValueError(f"the formula has \\{name}, which is not known in plain text")
    is_name = SIGNS[name].isalpha() and tex[:1] not in ("(", "_")
    return SIGNS[name] + (" " if is_name else ""), tex


def bracketed(text: str) -> str:
    """Put what has several parts into brackets."""
    text = text.strip()
    return f"({text})" if re.search(r"(?<!∂) ", text) else text
