"""Each feature of the chapters' Markdown, and each mistake, with what comes of it.

The cases are in `fixtures/`, as markdown-it-py writes them: a title, then what goes in
and what comes out, each ended by a line with a dot.
"""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from unspiral.lesson import ChapterError
from unspiral.lesson.render import render_markdown

FIXTURES = Path(__file__).parent / "fixtures"
CHAPTER = Path("chapters/1-fixture.md")
STILL = re.compile(
    r'(<figure class="figure wide">\n<[^>]+>\n).*?(\n</[a-z-]+>\n<figcaption>)',
    re.DOTALL,
)


def cases(name: str) -> list[object]:
    return [
        pytest.param(before, after, id=title)
        for _, title, before, after in read_fixture_file(FIXTURES / name)
    ]


@pytest.fixture(autouse=True)
def _module_for_listings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FIXTURES)


@pytest.mark.parametrize(("markdown", "html"), cases("rendering.md"))
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    written = STILL.sub(r"\1(a still picture)\2", render_markdown(markdown, CHAPTER))
    assert written.rstrip() == html.rstrip()


@pytest.mark.parametrize(("markdown", "error"), cases("errors.md"))
def test_mistakes_are_told_with_file_line_and_a_sentence(
    markdown: str, error: str
) -> None:
    with pytest.raises(ChapterError) as raised:
        render_markdown(markdown, CHAPTER)
    assert str(raised.value) == error.rstrip()


def test_an_empty_value_is_a_mistake() -> None:
    with pytest.raises(ChapterError, match=r"1-fixture.md:2: \{\{ +\}\} cannot be"):
        render_markdown("Here:\n{{ }}", CHAPTER)


def test_every_quiz_on_a_page_has_its_own_ids() -> None:
    quiz = """```quiz
question = "?"
option = [{ text = "a", why = "b", right = true }, { text = "c", why = "d" }]
```
"""
    html = render_markdown(quiz * 3, CHAPTER)
    assert html.count('id="quiz-2"') == 1
    assert html.count('name="quiz-2"') == 2


def test_a_link_can_set_a_figure_that_comes_later() -> None:
    link = "#live-training.hidden=20&live-training.init=he&live-training.auto=1"
    html = render_markdown(f"[Run]({link})\n\n<live-training></live-training>", CHAPTER)
    assert f'<a href="{link.replace("&", "&amp;")}">Run</a>' in html


def test_a_link_leads_to_the_listing_of_a_function() -> None:
    html = render_markdown("[It](source:unspiral.core.layers:relu)", CHAPTER)
    assert '<a href="4-forward-pass#listing-relu">It</a>' in html


def test_a_function_listed_twice_on_a_page_has_two_ids() -> None:
    html = render_markdown("```source tiny_net:double\n```\n\n" * 2, CHAPTER)
    assert re.findall(r'id="([^"]+)"', html) == ["listing-double", "listing-double-2"]
