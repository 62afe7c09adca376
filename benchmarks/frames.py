"""How many pictures a second the live figure draws, in Chromium, without a GPU."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from get_chromium import find_chromium
from playwright.sync_api import Browser, sync_playwright

CASES = {
    "NumPy, 20 steps a frame": "speed=20",
    "fused, 200 steps a frame": "speed=200&live-training.engine=fused",
}
SECONDS = 8
FLAGS = ["--disable-gpu", "--disable-background-networking"]
if os.geteuid() == 0:
    FLAGS.append("--no-sandbox")  # Chromium's sandbox does not start for root

COUNT = """
async (seconds) => {
  const figure = document.querySelector("live-training");
  const began = performance.now();
  let [pictures, frames, last] = [0, 0, figure.moment.step];
  while (performance.now() - began < 1000 * seconds) {
    await new Promise(requestAnimationFrame);
    frames++;
    if (figure.moment.step !== last) pictures++;
    last = figure.moment.step;
  }
  const spent = (performance.now() - began) / 1000;
  return [pictures / spent, frames / spent];
}
"""


def measure(rounds: int) -> dict[str, tuple[float, float, float]]:
    """Return pictures a second, median and fewest, and the frames of the page."""
    found: dict[str, list[tuple[float, float]]] = {case: [] for case in CASES}
    with lesson() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=FLAGS
        )
        for _ in range(rounds):
            for case, fields in CASES.items():
                found[case].append(counted(browser, address, fields))
        browser.close()
    return {
        case: (
            median(pictures for pictures, _ in rates),
            min(pictures for pictures, _ in rates),
            median(frames for _, frames in rates),
        )
        for case, rates in found.items()
    }


@contextmanager
def lesson() -> Iterator[str]:
    """Serve the lesson; give its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "unspiral", "lesson", "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        yield next(
            word.rstrip("/.")
            for line in process.stdout
            for word in line.split()
            if word.startswith("http://")
        )
    finally:
        process.terminate()
        process.wait()


def counted(browser: Browser, address: str, fields: str) -> tuple[float, float]:
    """Let the network learn for a while; return pictures and frames a second."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/chapters/7-live-training#live-training.{fields}")
    page.locator("live-training").get_by_role("button", name="Auto").click()
    page.wait_for_timeout(2000)  # what is compiled once, is by then
    pictures, frames = page.evaluate(COUNT, SECONDS)
    page.close()
    return pictures, frames
