"""The Markdown of chapters: CommonMark, tables, TeX, boxes, figures and values."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from unspiral.lesson.mistakes import ChapterError

VALUE = re.compile(r"\{\{([^{}]+)\}\}")
"""A computed value, in prose and in formulas: ``{{ accuracy:.0% }}``."""

TAG = re.compile(r"<([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\b")
"""How a figure begins: a tag with a hyphen in its name."""

FIGURE = re.compile(
    r'<(?P<tag>[a-z0-9-]+)(?P<attributes>(?:\s+[a-z0-9-]+="[^"]*")*)\s*>'
    r"(?P<caption>.*)</(?P=tag)>",
    re.DOTALL,
)


def markdown() -> MarkdownIt:
    """Make the parser of chapters. A parse's env has the file as ``path``."""
    options = {"html": True, "xhtmlOut": False, "typographer": True}
    md = MarkdownIt("commonmark", options)
    md.enable(["table", "smartquotes"])  # which leaves code, formulas and HTML alone
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_blank_lines=False,
    )
    md.use(container_plugin, name="note")
    md.block.ruler.before(
        "html_block",
        "figure",
        figure,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.inline.ruler.before("escape", "value", value)
    md.core.ruler.after("inline", "places", places)
    return md


def figure(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a figure: a tag on lines of its own, with its caption inside or none."""
    text = state.getLines(start, start + 1, state.blkIndent, False).strip()
    if state.is_code_block(start) or not (tag := TAG.match(text)):
        return False
    if silent:
        return True
    stop = start + 1
    while stop < end and not state.isEmpty(stop) and f"</{tag[1]}>" not in text:
        text = state.getLines(start, stop + 1, state.blkIndent, False).strip()
        stop += 1
    match = FIGURE.fullmatch(text)
    if not match:
        sentence = f'a figure is written <{tag[1]} name="value">caption</{tag[1]}>'
        raise ChapterError(state.env["path"], start + 1, f"{sentence}, and no more")
    token = state.push("figure", "", 0)
    token.map = [start, stop]
    attributes = re.findall(r'([a-z0-9-]+)="([^"]*)"', match["attributes"])
    token.meta = {
        "tag": match["tag"],
        "attributes": dict(attributes),
        "caption": match["caption"].strip(),
    }
    state.line = stop
    return True


def value(state: StateInline, silent: bool) -> bool:
    """Parse a computed value."""
    match = VALUE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("value", "", 0).content = match[1]
    state.pos = match.end()
    return True


def places(state: StateCore) -> None:
    """Note each inline token's line and each heading's text; find what is left over."""
    lines = state.src.split("\n")
    for token, following in zip(state.tokens, [*state.tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            token.meta["text"] = "".join(
                child.content for child in following.children or []
            )
        if token.type in {"fence", "container_note_open"}:
            check_closed(token, lines, state)
        if token.type != "inline" or not token.map:
            continue
        line = token.map[0] + state.env.get("first_line", 0)
        for child in token.children or []:
            child.map = [line, line + 1]
            check_text(child, state)
            is_break = child.type in {"softbreak", "hardbreak"}
            line += is_break or child.content.count("\n")


def check_closed(block: Token, lines: list[str], state: StateCore) -> None:
    """Refuse a block whose closing line was forgotten: it goes on to the end."""
    assert block.map
    start, end = block.map
    last = end - 1 if block.type == "fence" else min(end, len(lines) - 1)
    if last == start or not lines[last].lstrip("> ").startswith(block.markup):
        sentence = f"this {block.markup} block is never closed"
        raise ChapterError(state.env["path"], start + 1, sentence)


def check_text(token: Token, state: StateCore) -> None:
    """Refuse text that was meant to be something else."""
    if token.type != "text":
        return
    sentence = None
    if token.content.startswith(":::"):
        sentence = "a box is opened by `::: note Its title` and closed by `:::`"
    elif "$" in token.content:
        sentence = r"a $ without its partner; a dollar sign is written \$"
    elif "{{" in token.content:
        sentence = r"a value is written {{ expression }}, with no { inside; braces, \{{"
    if sentence:
        assert token.map
        raise ChapterError(state.env["path"], token.map[0] + 1, sentence)
