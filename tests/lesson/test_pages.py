"""The real chapters as pages: whole, valid, and without anything inline."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from unspiral.lesson import chapters, contents_page, page, render
from unspiral.lesson.render import rendered

CHAPTERS = chapters()
SLUGS = [chapter.slug for chapter in CHAPTERS]
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Reader(HTMLParser):
    """Notes what a page has, and fails at tags that do not fit together."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]

    def count(self, tag: str) -> int:
        return sum(each == tag for each, _ in self.tags)


PAGES = {slug: page(slug) for slug in SLUGS} | {"contents": contents_page()}
each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_pages_are_well_formed(name: str) -> None:
    reader = Reader(PAGES[name])
    assert PAGES[name].startswith("<!doctype html>\n<html lang=")
    for once in ["html", "head", "body", "title", "h1", "main", "article", "footer"]:
        assert reader.count(once) == 1, once
    ids = reader.all("id")
    assert len(set(ids)) == len(ids)
    within = [href[1:] for href in reader.all("href") if href[0] == "#"]
    assert {link for link in within if "=" not in link} <= set(ids)
    assert set(reader.all("for")) <= set(ids)
    assert reader.count("figure") == reader.count("figcaption")


@each_page
def test_nothing_is_inline_or_from_elsewhere(name: str) -> None:
    reader = Reader(PAGES[name])
    assert reader.count("style") == 0
    assert reader.count("script") == 1
    assert "script type=" in PAGES[name]
    for tag, attributes in reader.tags:
        for attribute in attributes:
            assert attribute != "style", tag
            assert not attribute.startswith("on"), tag
    sources = reader.all("src") + [
        attrs["href"] or "" for tag, attrs in reader.tags if tag == "link"
    ]
    for source in sources:
        assert re.match(r"\.\.?/", source)


@each_page
def test_headings_go_down_by_one_level_at_a_time(name: str) -> None:
    levels = [
        int(tag[1])
        for tag, _ in Reader(PAGES[name]).tags
        if tag[0] == "h" and tag[1:].isdigit()
    ]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1


@each_page
def test_links_to_chapters_lead_somewhere(name: str) -> None:
    links = [href for href in Reader(PAGES[name]).all("href") if "chapters/" in href]
    assert {link.rpartition("/")[2] for link in links} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_links_in_the_text_lead_to_chapters_and_their_parts(slug: str) -> None:
    text = PAGES[slug].partition("<article")[2].partition("</article>")[0]
    for href in Reader(text).all("href"):
        page, _, part = href.partition("#")
        if not page.startswith("https:"):
            assert page in ("", *SLUGS)
            if "=" not in part and part:  # else it is a figure's state
                assert f'id="{part}"' in PAGES[page or slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_says_which_chapter_it_is(slug: str) -> None:
    chapter = CHAPTERS[SLUGS.index(slug)]
    html = PAGES[slug]
    assert f"<title>{chapter.title} · Unspiral</title>" in html
    assert f"<h1>{chapter.title}</h1>" in html
    assert html.count('aria-current="page"') == 1
    assert f'{slug}" aria-current="page"' in html
    assert ('rel="prev"' in html) == (slug != SLUGS[0])
    assert ('rel="next"' in html) == (slug != SLUGS[-1])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_ends_with_a_question(slug: str) -> None:
    assert "<quiz-question" in PAGES[slug]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=SLUGS)
def test_a_chapter_comes_out_the_same_every_time(chapter: object) -> None:
    assert chapter in CHAPTERS
    before = [render(each) for each in CHAPTERS if each == chapter]
    rendered.cache_clear()
    assert [render(each) for each in CHAPTERS if each == chapter] == before


def test_there_is_no_page_of_a_chapter_that_there_is_not() -> None:
    with pytest.raises(LookupError, match=r"no chapter '\.\./secret'"):
        page("../secret")
