"""The table of chapter 9 that compares the frameworks: recorded, and measured here."""

from playwright.sync_api import Page, expect

from unspiral.engines import installed
from unspiral.lab.parity import FRAMEWORKS

CHAPTER = "/chapters/9-from-scratch-to-frameworks"


def test_recorded_results_stand_there_and_the_reader_can_measure(
    page: Page, problems: list[str]
) -> None:
    page.goto(CHAPTER)
    figure = page.locator("framework-parity")
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_text("dW1 at step 0").first).to_be_visible()
    expect(figure.get_by_text("10,000 steps, recorded on 20").first).to_be_visible()

    figure.get_by_label("with numbers of").select_option("32 bits")
    figure.get_by_role("button", name="Measure it here").click()
    if not set(FRAMEWORKS) & set(installed()):
        refusal = figure.get_by_role("alert")
        expect(refusal).to_contain_text("None of PyTorch, JAX and TensorFlow is")
        problems.clear()  # the browser reports the 422
        return
    measured = figure.get_by_role("region", name="Measured here")
    expect(measured).to_be_visible(timeout=120_000)
    expect(measured.get_by_text("float32")).to_be_visible()
    for name in set(FRAMEWORKS) - set(installed()):
        command = f"pip install 'unspiral[{name}]'"
        expect(figure.locator(".missing", has_text=command)).to_be_visible()
