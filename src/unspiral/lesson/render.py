"""A chapter's Markdown to HTML; formulas, listings and so on have their own files."""

import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from unspiral.lesson.chapter import Chapter, read
from unspiral.lesson.exercise_html import NETWORK_TAG as NETWORK
from unspiral.lesson.exercise_html import TAG as EXERCISE
from unspiral.lesson.exercise_html import asked_for, exercise_html, id_of, network_html
from unspiral.lesson.figures import figure_html
from unspiral.lesson.formulas import formula
from unspiral.lesson.highlighting import highlighted
from unspiral.lesson.links import SOURCE, check_link, listing_address
from unspiral.lesson.listings import listing_html, listing_id
from unspiral.lesson.mistakes import Mistake, located
from unspiral.lesson.quizzes import quiz_html, read_quiz
from unspiral.lesson.running import Session
from unspiral.lesson.syntax import TAG, VALUE, markdown

LONGEST_UNBROKEN = 24
"""Characters of code that stay on one line: more would leave gaps on a phone."""


def render(chapter: Chapter) -> str:
    """Make a chapter into the HTML of an article, once for each state of its file.

    Raises
    ------
    ChapterError
        When something in it is wrong: file, line and a sentence.
    """
    return rendered(chapter.path, chapter.path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def rendered(path: Path, changed: int) -> str:  # noqa: ARG001 - part of the cache's key
    """Render a file, or remember it."""
    return render_markdown(read(path)[1], path)


def render_markdown(text: str, path: Path) -> str:
    """Make Markdown into HTML; `path` is named in errors."""
    return Writer(path).write(text)


class Writer:
    """Writes one chapter, token by token from top to bottom."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.session = Session()
        self.ids: set[str] = set()
        self.figures: dict[str, str] = {}
        """The tag of each figure, by its id."""
        self.md = markdown()
        for kind, write in {
            "heading_open": self.heading_open,
            "heading_close": lambda token: f"</a></{token.tag}>\n",
            "table_open": lambda _: '<div class="table" tabindex="0">\n<table>\n',
            "table_close": lambda _: "</table>\n</div>\n",
            "th_open": self.cell_open,
            "td_open": self.cell_open,
            "link_open": self.link_open,
            "code_inline": self.code,
            "math_inline": self.formula,
            "math_block": self.display_formula,
            "value": lambda token: escape(self.session.value(token.content)),
            "fence": self.fence,
            "figure": self.figure,
            "container_note_open": self.note_open,
            "container_note_close": lambda _: "</div>\n",
            "html_block": self.html,
            "html_inline": self.html,
        }.items():
            self.md.add_render_rule(kind, self.rule(write))

    def write(self, text: str) -> str:
        """Write a whole chapter."""
        env = {"path": self.path}
        tokens = self.md.parse(text, env)
        for token in tokens:
            if token.type == "figure":  # first of all: their ids are in readers' links
                figure = token.meta
                if figure["tag"] in (EXERCISE, NETWORK):
                    continue
                wanted = figure["attributes"].get("id", figure["tag"])
                figure["id"] = self.unique(wanted)
                self.figures[figure["id"]] = figure["tag"]
        return str(self.md.renderer.render(tokens, self.md.options, env))

    def rule(self, write: Callable[[Token], str]) -> Callable[..., str]:
        """Make a rule for markdown-it of a method; mistakes get the token's line."""

        def rule(_: Any, tokens: Sequence[Token], i: int, *__: Any) -> str:
            first, _ = tokens[i].map or (0, 0)
            with located(self.path, first):
                return write(tokens[i])

        return rule

    def unique(self, name: str) -> str:
        """Take an id that nothing else on the page has."""
        id_, count = name, 1
        while id_ in self.ids:
            count += 1
            id_ = f"{name}-{count}"
        self.ids.add(id_)
        return id_

    def inline(self, text: str, line: int) -> str:
        """Write a paragraph's text that begins on this line, counted from 0."""
        env = {"path": self.path, "first_line": line}
        return str(self.md.renderInline(text, env))

    def heading_open(self, token: Token) -> str:
        """Begin a heading, which is a link to itself."""
        if token.tag == "h1":
            raise Mistake("the title is in the front matter; headings begin with ##")
        words = re.findall(r"\w+", token.meta["text"].lower())
        id_ = self.unique("-".join(words) or "section")
        return f'<{token.tag} id="{id_}"><a class="anchor" href="#{id_}">'

    def cell_open(self, token: Token) -> str:
        """Align a table's cell by a class: the page allows no inline style."""
        align = str(token.attrs.get("style", "")).removeprefix("text-align:")
        return f'<{token.tag} class="{align}">' if align else f"<{token.tag}>"

    def link_open(self, token: Token) -> str:
        """Begin a link; one that sets a figure must fit it, and a listing be there."""
        href = str(token.attrs["href"])
        check_link(href, self.figures)
        if href.startswith(SOURCE):
            token.attrs["href"] = listing_address(href)
        return f"<a{RendererHTML.renderAttrs(token)}>"

    def code(self, token: Token) -> str:
        """Write code within the text: only what is long may be broken into lines."""
        length = ' class="long"' if len(token.content) > LONGEST_UNBROKEN else ""
        return f"<code{length}>{escapeHtml(token.content)}</code>"

    def formula(self, token: Token, *, display: bool = False) -> str:
        """Write a formula within the text."""
        tex = VALUE.sub(lambda match: self.session.value(match[1]), token.content)
        return formula(tex, display=display)

    def display_formula(self, token: Token) -> str:
        """Write a formula on a line of its own; a long one scrolls within it."""
        mathml = self.formula(token, display=True)
        return f'<div class="formula" tabindex="0">{mathml}</div>\n'

    def figure(self, token: Token) -> str:
        """Write a figure, with the caption in the chapter or its own."""
        assert token.map
        figure = token.meta
        if figure["tag"] == EXERCISE:
            return self.exercise(token)
        if figure["tag"] == NETWORK:
            return network_html()
        caption = self.inline(figure["caption"], token.map[0])
        return figure_html(figure["tag"], figure["attributes"], figure["id"], caption)

    def exercise(self, token: Token) -> str:
        """Write an exercise."""
        assert token.map
        line = token.map[0]
        chapter = int(self.path.stem.partition("-")[0])
        asked = asked_for(token.meta["attributes"], token.meta["caption"], chapter)
        id_ = self.unique(id_of(asked))
        return exercise_html(asked, id_, lambda text: self.inline(text, line))

    def note_open(self, token: Token) -> str:
        """Begin a box, with its title."""
        title = token.info.strip().removeprefix("note").strip()
        if not title:
            raise Mistake("a box needs a title: `::: note Its title`")
        assert token.map
        title = self.inline(title, token.map[0])
        return f'<div class="note" role="note">\n<p class="note-title">{title}</p>\n'

    def html(self, token: Token) -> str:
        """Let HTML through, without comments, scripts and styles."""
        html = re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL)
        if tag := TAG.search(html):
            raise Mistake(f"<{tag[1]}> is within other text; give it lines of its own")
        if found := re.search(r"<script|\s(style|on\w+)=", html):
            raise Mistake(
                f"{found[0].strip()}: scripts and styles have their own files"
            )
        return html

    def fence(self, token: Token) -> str:
        """Write a block by its first word: source, python run, quiz, or a language."""
        try:
            kind, *words = shlex.split(token.info) or ["text"]
        except ValueError as error:
            raise Mistake(f"```{token.info}: {str(error).lower()}") from error
        options = dict(word.partition("=")[::2] for word in words)
        code = token.content.removesuffix("\n")
        if kind == "source":
            return self.listing(code, options)
        if kind == "quiz":
            return self.quiz(token)
        if kind == "python" and "run" in options:
            return self.run(code, options)
        allow(options)
        return highlighted(code, kind) + "\n"

    def listing(self, content: str, options: dict[str, str]) -> str:
        """Write a listing, with its file and lines."""
        if not options or content:
            raise Mistake("a listing is ```source module:name, and an empty block")
        target, *names = options
        allow(names, "part", "body", "docstring")
        return listing_html(
            target,
            id_=self.unique(listing_id(target)),
            part=options.get("part"),
            body="body" in options,
            docstring="docstring" in options,
        )

    def run(self, code: str, options: dict[str, str]) -> str:
        """Run a block; write it and what it printed, or neither if it is hidden."""
        allow(options, "run", "hidden", "raises")
        printed = self.session.run(code, raises="raises" in options)
        if "hidden" in options:
            return ""
        output = (
            f'<pre class="output" tabindex="0"><samp>{escape(printed)}</samp></pre>\n'
            if printed
            else ""
        )
        return f'<div class="run">\n{highlighted(code, "python")}\n{output}</div>\n'

    def quiz(self, token: Token) -> str:
        """Write a quiz."""
        assert token.map
        start, source = token.map[0] + 1, token.content
        with located(self.path, start):
            quiz = read_quiz(source)

        def inline(text: str) -> str:
            before = source[: source.find(text.split("\n")[0])]
            return self.inline(text, start + before.count("\n"))

        return quiz_html(quiz, self.unique(quiz.id), inline)


def allow(options: Iterable[str], *known: str) -> None:
    """Refuse options that a block does not have."""
    if unknown := [option for option in options if option not in known]:
        may = f"it has {', '.join(known)}" if known else "it has none"
        raise Mistake(f"this block has no option {unknown[0]}; {may}")
