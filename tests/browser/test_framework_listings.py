"""The programs of chapter 9 in both forms, with the reader's settings."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from unspiral.lab.listings import listings
from unspiral.lab.messages import ListingsRequest, Settings

CHAPTER = "/chapters/9-from-scratch-to-frameworks"
LABELS = {
    "numpy": "NumPy",
    "pytorch": "PyTorch",
    "jax": "JAX",
    "tensorflow": "TensorFlow",
}


def program(
    framework: str, steps: int = 1000, *, form: str = "exact", **settings: Any
) -> str:
    """Have a program written in Python."""
    chosen = Settings(**settings)
    reply = listings(ListingsRequest(settings=chosen, steps=steps))
    text: str = getattr(getattr(reply, form), framework)
    return text


class Listings:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("framework-listings")

    def open(self, link: str = "") -> None:
        self.page.goto(f"{CHAPTER}#{link}")
        self.root.scroll_into_view_if_needed()
        expect(self.root.get_by_role("button", name="Copy")).to_be_enabled()

    def expect_program(self, text: str) -> None:
        """Compare line by line, spaces included."""
        expect(self.root.locator("[role=tabpanel] .line")).to_have_count(
            text.rstrip().count("\n") + 1
        )
        expect(self.root.locator("[role=tabpanel] pre")).to_have_js_property(
            "textContent", text.rstrip() + "\n"
        )

    def enter(self, label: str, value: object) -> None:
        field = self.root.get_by_role("textbox", name=f"{label}, exact value")
        field.fill(str(value))
        field.press("Enter")


@pytest.fixture
def figure(page: Page) -> Listings:
    return Listings(page)


def test_a_tab_for_each_framework(figure: Listings) -> None:
    figure.open()
    for framework, label in LABELS.items():
        tab = figure.root.get_by_role("tab", name=label, exact=True)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(figure.root.get_by_role("tabpanel", name=label)).to_be_visible()
        figure.expect_program(program(framework))


def test_tabs_by_keyboard(figure: Listings) -> None:
    figure.open()
    figure.root.get_by_role("tab", selected=True).focus()
    keys = ["ArrowRight", "ArrowRight", "ArrowLeft", "Home", "ArrowLeft", "End"]
    for key, label in zip(
        keys,
        ["PyTorch", "JAX", "PyTorch", "NumPy", "TensorFlow", "TensorFlow"],
        strict=True,
    ):
        figure.page.keyboard.press(key)
        expect(figure.root.get_by_role("tab", name=label, exact=True)).to_be_focused()
        expect(figure.root.get_by_role("tab", selected=True)).to_have_text(label)


def test_programs_follow_the_settings(figure: Listings) -> None:
    figure.open()
    figure.enter("Hidden units", 42)
    figure.expect_program(program("numpy", hidden=42))
    expect(figure.root.locator(".changed")).to_have_count(1)
    figure.enter("Learning rate", 0.25)
    figure.enter("Regularisation", 0.01)
    figure.enter("Seed", 7)
    figure.enter("Steps", 250)
    chosen: dict[str, Any] = {
        "hidden": 42,
        "learning_rate": 0.25,
        "reg": 0.01,
        "seed": 7,
    }
    figure.expect_program(program("numpy", 250, **chosen))
    figure.root.get_by_role("tab", name="JAX").click()
    figure.expect_program(program("jax", 250, **chosen))
    expect(figure.page).to_have_url(re.compile("framework=jax"))
    figure.open(figure.page.url.partition("#")[2])
    figure.page.reload()
    figure.root.scroll_into_view_if_needed()
    figure.expect_program(program("jax", 250, **chosen))
    figure.root.get_by_role("button", name="Reset").click()
    figure.expect_program(program("jax"))


def test_programs_as_usually_written(figure: Listings) -> None:
    figure.open("framework-listings.framework=pytorch")
    note = figure.root.locator("#note")
    expect(note).to_have_text("It trains the very network of this lesson.")
    figure.root.get_by_role("radio", name="exact").focus()
    figure.page.keyboard.press("ArrowRight")
    usual = figure.root.get_by_role("radio", name="as usually written")
    expect(usual).to_be_checked()
    expect(usual).to_be_focused()
    figure.expect_program(program("pytorch", form="usual"))
    expect(note).to_contain_text("It trains another network")
    expect(figure.root.locator(".changed")).to_have_count(0)
    figure.enter("Hidden units", 42)
    figure.expect_program(program("pytorch", form="usual", hidden=42))
    expect(figure.root.locator(".changed")).to_have_count(1)
    for framework, label in list(LABELS.items())[2:]:
        figure.root.get_by_role("tab", name=label, exact=True).click()
        figure.expect_program(program(framework, form="usual", hidden=42))
    figure.root.get_by_role("tab", name="NumPy", exact=True).click()
    figure.expect_program(program("numpy", hidden=42))
    expect(note).to_have_text("In NumPy, from scratch, both are one program.")


def test_a_link_keeps_the_form(figure: Listings) -> None:
    figure.open("framework-listings.framework=jax&framework-listings.form=usual")
    figure.expect_program(program("jax", form="usual"))
    figure.root.get_by_role("radio", name="exact").check()
    figure.expect_program(program("jax"))
    expect(figure.page).not_to_have_url(re.compile("form="))
    figure.root.get_by_role("radio", name="as usually written").check()
    expect(figure.page).to_have_url(re.compile(r"framework-listings\.form=usual"))


@pytest.mark.parametrize(("label", "value"), [("Hidden units", 0), ("Steps", 0)])
def test_what_is_refused_is_said(
    label: str, value: int, figure: Listings, problems: list[str]
) -> None:
    figure.open()
    figure.enter(label, value)
    refusal = figure.root.get_by_role("alert").filter(
        has_text=f"is {value}; allowed is"
    )
    expect(refusal).to_be_visible()
    figure.expect_program(program("numpy"))
    assert [problem for problem in problems if "422" not in problem] == []
    problems.clear()


@pytest.mark.parametrize("form", ["exact", "usual"])
def test_copy(form: str, figure: Listings) -> None:
    figure.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fields = {"framework": "pytorch", "form": form}
    figure.open("&".join(f"framework-listings.{k}={v}" for k, v in fields.items()))
    figure.root.get_by_role("button", name="Copy").click()
    expect(figure.root.get_by_role("button", name="Copied")).to_be_visible()
    expect(figure.root.get_by_role("status")).to_have_text("The program is copied.")
    copied = figure.page.evaluate("navigator.clipboard.readText()")
    assert copied == program("pytorch", form=form).rstrip() + "\n"
    expect(figure.root.get_by_role("button", name="Copy", exact=True)).to_be_visible()


@pytest.mark.parametrize(("form", "ending"), [("exact", ""), ("usual", "_usual")])
def test_download(form: str, ending: str, figure: Listings, tmp_path: Path) -> None:
    fields = {"framework": "tensorflow", "hidden": 9, "form": form}
    figure.open("&".join(f"framework-listings.{k}={v}" for k, v in fields.items()))
    with figure.page.expect_download() as download:
        figure.root.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == f"unspiral_tensorflow{ending}.py"
    path = tmp_path / "program.py"
    download.value.save_as(path)
    assert (
        path.read_text() == program("tensorflow", form=form, hidden=9).rstrip() + "\n"
    )
