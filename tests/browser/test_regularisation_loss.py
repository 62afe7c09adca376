"""The figure of chapter 5 that takes the loss of a trained network apart."""

from functools import cache

import pytest
from chapter_figure import ChapterFigure, numbers
from playwright.sync_api import Page, expect

from unspiral.lab import initialize, losses, train
from unspiral.lab.messages import (
    InitializeRequest,
    LossesReply,
    LossesRequest,
    Params,
    Settings,
    TrainRequest,
)

STEPS = 1000


@pytest.fixture
def figure(page: Page) -> ChapterFigure:
    return ChapterFigure(page, "5-loss", "regularisation-loss")


def settings(reg: float) -> Settings:
    return Settings(hidden=20, init="he", reg=reg)


@cache
def trained(reg: float) -> tuple[Params, float]:
    params = initialize(InitializeRequest(settings=settings(reg))).params
    reply = train(
        TrainRequest(settings=settings(reg), params=params, step=0, steps=STEPS)
    )
    return reply.params, reply.accuracies[-1]


def loss(trained_with: float, reg: float) -> LossesReply:
    params, _ = trained(trained_with)
    return losses(LossesRequest(settings=settings(reg), params=params))


def expect_loss(figure: ChapterFigure, trained_with: float, reg: float) -> None:
    expect(figure.root.locator(".whose")).to_have_text(
        f"Trained with reg = {trained_with:g}, and its loss when reg is {reg:g}:",
        timeout=15_000,
    )
    expected = loss(trained_with, reg)
    shown = numbers(" ".join(figure.root.locator(".number").all_inner_texts()))
    parts = [expected.data_loss, expected.reg_loss, expected.loss]
    assert shown == pytest.approx(parts, abs=5.1e-5)
    squared = f"{reg:g} / 2 · {expected.squared_weights:.2f}"
    expect(figure.root.locator(".formula")).to_contain_text(squared)
    for reg_, network in zip(
        [0.0, trained_with], figure.root.locator(".network").all(), strict=True
    ):
        _, accuracy = trained(reg_)
        own = loss(reg_, reg_)
        expect(network).to_contain_text(f"reg = {reg_:g}")
        values = numbers(" ".join(network.locator("dd").all_inner_texts()))
        assert values == pytest.approx(
            [own.data_loss, own.squared_weights, 100 * accuracy], abs=0.051
        )


def test_the_slider_weighs_the_same_weights_anew(figure: ChapterFigure) -> None:
    figure.open()
    expect_loss(figure, 0.001, 0.001)
    before = loss(0.001, 0.001)
    figure.slider("reg, the price on large weights").press("Home")
    expect_loss(figure, 0.001, 0)
    figure.enter("reg, the price on large weights", 0.01)
    expect_loss(figure, 0.001, 0.01)
    assert loss(0.001, 0.01).reg_loss == pytest.approx(10 * before.reg_loss)
    expect(figure.said).to_contain_text("With reg 0.01, the loss is")
    figure.expect_link(reg=0.01)


def test_training_with_a_higher_price_makes_smaller_weights(
    figure: ChapterFigure,
) -> None:
    figure.open(reg=0.01)
    expect_loss(figure, 0.001, 0.01)
    figure.button("Train with reg = 0.01").click()
    expect_loss(figure, 0.01, 0.01)
    assert loss(0.01, 0.01).squared_weights < loss(0.001, 0.01).squared_weights / 4
    figure.expect_link(trained=0.01)
    figure.reopen()
    expect_loss(figure, 0.01, 0.01)
    figure.button("Reset").click()
    expect_loss(figure, 0.001, 0.001)
    figure.expect_link()


def test_moving_the_slider_while_it_loads_loses_nothing(figure: ChapterFigure) -> None:
    figure.open()
    figure.enter("reg, the price on large weights", 0.002)
    expect_loss(figure, 0.001, 0.002)


def test_says_what_is_out_of_bounds(figure: ChapterFigure, problems: list[str]) -> None:
    figure.open()
    expect_loss(figure, 0.001, 0.001)
    figure.enter("reg, the price on large weights", 11)
    expect(figure.root.get_by_role("alert").filter(visible=True)).to_contain_text(
        "settings.reg is 11"
    )
    problems.clear()  # the browser reports the 422
