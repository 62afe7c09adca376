"""A figure in its chapter, as a test has it in hand."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


class ChapterFigure:
    """The first figure of a kind on one page."""

    def __init__(self, page: Page, chapter: str, tag: str) -> None:
        self.page = page
        self.address = f"/chapters/{chapter}"
        self.tag = tag
        self.root = page.locator(tag).first
        self.said = self.root.locator("p[role=status]")

    def open(self, **fields: Any) -> None:
        """Open the chapter by a link to the figure, and go to the figure."""
        parts = [f"{self.tag}.{name}={value}" for name, value in fields.items()]
        self.page.goto(f"{self.address}#{'&'.join(parts)}" if parts else self.address)
        self.root.scroll_into_view_if_needed()

    def reopen(self) -> None:
        """Open the address that the page has now, in place of it."""
        address = self.page.url
        self.page.goto("about:blank")
        self.page.goto(address)
        self.root.scroll_into_view_if_needed()

    def expect_link(self, **fields: Any) -> None:
        """Wait until the address has just these fields of the figure, in any order."""
        for name, value in fields.items():
            field = re.escape(f"{self.tag}.{name}={value}")
            expect(self.page).to_have_url(re.compile(rf"[#&]{field}(&|$)"))
        tag = re.escape(f"{self.tag}.")
        other = f"(?:(?!{tag}).)*"
        count = re.compile(f"^{other}(?:{tag}{other}){{{len(fields)}}}$")
        expect(self.page).to_have_url(count)

    def button(self, name: str) -> Locator:
        """Find a button."""
        return self.root.get_by_role("button", name=name, exact=True)

    def slider(self, label: str) -> Locator:
        """Find a slider."""
        return self.root.get_by_role("slider", name=label, exact=True)

    def enter(self, label: str, value: object) -> None:
        """Type a value into the field beside a slider."""
        field = self.root.get_by_role("textbox", name=f"{label}, exact value")
        field.fill(str(value))
        field.press("Enter")

    def row(self, name: str) -> Locator:
        """Find the row of a table by its heading."""
        heading = self.page.get_by_role("rowheader", name=name, exact=True)
        return self.root.get_by_role("row").filter(has=heading)


def numbers(text: str) -> list[float]:
    """Read the numbers in a text; a minus sign belongs to its number."""
    plain = text.replace("−", "-").replace(",", "")
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", plain)]
