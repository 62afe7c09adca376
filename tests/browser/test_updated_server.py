"""A page that stays open while the server is updated says so, and can be reloaded."""

from live_training import LiveTraining
from playwright.sync_api import Route, expect


def test_a_page_of_another_version_asks_to_be_reloaded(figure: LiveTraining) -> None:
    page = figure.page

    def by_version_2(route: Route) -> None:
        response = route.fetch()
        headers = response.headers | {"unspiral-version": "2"}
        route.fulfill(response=response, headers=headers)

    page.route("**/api/*", by_version_2)
    figure.go(figure.link(step=5))
    expect(figure.notice).to_contain_text("The server has been updated")
    expect(figure.step).to_be_disabled()

    page.unroute_all()
    figure.button("Reload").click()
    figure.root.scroll_into_view_if_needed()
    figure.wait_for_step(5)
    expect(figure.notice).to_have_count(0)
