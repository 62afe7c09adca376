"""The live training figure, as a test has it in hand."""

import re
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from unspiral.apps.server.batch import Call
from unspiral.lab import wire
from unspiral.lab.messages import DecisionMapRequest, Params

CHAPTER = "/chapters/7-live-training"


class LiveTraining:
    """One such figure on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("live-training")
        self.auto = self.button("Auto")
        self.pause = self.button("Pause")
        self.step = self.button("Step")
        self.reset = self.button("Reset")
        self.new_weights = self.button("New weights")
        self.notice = self.root.get_by_role("alert").filter(visible=True)

    def open(self, origin: str = "", **fields: Any) -> None:
        """Open the chapter by a link to the figure, and wait for the figure."""
        self.go(self.link(origin, **fields))
        expect(self.step).to_be_enabled()
        if "step" in fields:
            self.wait_for_step(fields["step"])

    def go(self, link: str) -> None:
        """Open a link, and go to the figure: off the screen it does nothing."""
        self.page.goto(link)
        self.root.scroll_into_view_if_needed()

    @staticmethod
    def link(origin: str = "", **fields: Any) -> str:
        """Write a link to the figure."""
        parts = [f"live-training.{name}={value}" for name, value in fields.items()]
        return f"{origin}{CHAPTER}#{'&'.join(parts)}"

    def button(self, name: str) -> Locator:
        """Find a button."""
        return self.root.get_by_role("button", name=name, exact=True)

    def slider(self, label: str) -> Locator:
        """Find a slider."""
        return self.root.get_by_role("slider", name=label, exact=True)

    def field(self, label: str) -> Locator:
        """Find the field beside a slider."""
        return self.root.get_by_role("textbox", name=f"{label}, exact value")

    def enter(self, label: str, value: object) -> None:
        """Type a value into the field beside a slider."""
        self.field(label).fill(str(value))
        self.field(label).press("Enter")

    def number(self, name: str) -> Locator:
        """Find the step, loss or accuracy."""
        return self.root.locator(f"dt:text-is('{name}') + dd data")

    def value(self, name: str) -> float:
        """Read a number with all its digits."""
        value = self.number(name).get_attribute("value")
        assert value is not None
        return float(value)

    @property
    def shown_step(self) -> int:
        """The step that is shown."""
        return int(self.value("Step"))

    @property
    def loss(self) -> float:
        """The loss that is shown, with all its digits."""
        return self.value("Loss")

    def wait_for_step(self, step: int) -> None:
        """Wait until exactly this step is shown."""
        expect(self.number("Step")).to_have_attribute("value", str(step))

    def wait_beyond(self, step: int) -> None:
        """Wait until a later step than this is shown."""
        self.wait_until("Step", lambda value: value > step)

    def wait_until(self, name: str, holds: Callable[[float], bool]) -> None:
        """Wait until the step, loss or accuracy is as it should be."""
        deadline = monotonic() + 30
        while not holds(self.value(name)):
            self.frames(1)
            if monotonic() > deadline:
                pytest.fail(f"{name} stays at {self.value(name)}")

    def run_beyond(self, step: int) -> None:
        """Press Auto, and Pause as soon as a later step than this is shown."""
        self.auto.click()
        self.wait_beyond(step)
        self.pause.click()
        expect(self.auto).to_be_visible()

    def link_when_written(self) -> str:
        """Wait until the address tells the step that is shown, and return it."""
        step = self.shown_step
        expect(self.page).to_have_url(re.compile(rf"\.step={step}(&|$)"))
        return self.page.url

    def frames(self, count: int) -> None:
        """Let the browser draw so many times."""
        self.page.evaluate(
            """async (count) => {
                for (let i = 0; i < count; i++) {
                    await new Promise(requestAnimationFrame);
                }
            }""",
            count,
        )


class Asked:
    """Addresses of all that a page asks the lab for."""

    def __init__(self, page: Page) -> None:
        self.urls: list[str] = []
        page.on("request", self.note)

    def note(self, request: Request) -> None:
        """Keep where a request went."""
        if "/api/" in request.url:
            self.urls.append(request.url)


class Maps:
    """The decision maps that a page asks for: they have the weights that it shows."""

    def __init__(self, page: Page) -> None:
        self.asked: list[DecisionMapRequest] = []
        page.on("request", self.note)

    def note(self, request: Request) -> None:
        """Keep what was sent, alone or with something else."""
        body = request.post_data_buffer or b""
        if request.url.endswith("/api/decision_map"):
            self.asked.append(wire.decode(body, DecisionMapRequest))
        if request.url.endswith("/api/batch"):
            for call in wire.decode(body, list[Call]):
                if call.operation == "decision_map":
                    self.asked.append(wire.decode(call.request, DecisionMapRequest))

    @property
    def params(self) -> list[Params]:
        """Parameters of all that was asked for, the latest last."""
        return [request.params for request in self.asked]
