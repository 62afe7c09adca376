"""What all tests share, and an option for them."""

import signal
from collections.abc import Generator, Iterator

import jaxtyping
import pytest


@pytest.fixture(scope="session", autouse=True)
def ctrl_c() -> None:
    """Let Ctrl-C stop the processes that tests start.

    A shell has commands in the background ignore it, and so would what they start.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def no_shapes_checked() -> Iterator[None]:
    """Let long runs go at their own speed: four times that with the checks.

    The other tests of core and lab check the shapes at every call.
    """
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--leave-nothing-out",
        action="store_true",
        help="A test that is skipped has failed.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and item.config.getoption("leave_nothing_out"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and collector.config.getoption("leave_nothing_out"):
        report.outcome = "failed"
    return report
