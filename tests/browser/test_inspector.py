"""The inspector in a browser: keyboard, both colour schemes, nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOSTILE

HOME: Final = "/_sandbox/"
PAGES: Final = "/_sandbox/inspector"
MEMBER: Final = f"{HOME}?q=cust_ada_double&status=active"
EVERY_PAGE: Final = [
    HOME,
    MEMBER,
    f"{HOME}?q=cust_ada",
    f"{HOME}?q=nobody",
    *(f"{PAGES}/{name}" for name in ("requests", "requests/1", "events", "programs", "nothing")),
    f"{PAGES}/controls?check=1",
]

# every text with its colour and the first opaque background behind it
COLOURS: Final = """
() => [...document.querySelectorAll("body *")]
  .filter(e => e.checkVisibility() && !e.classList.contains("skip")
    && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => {
    let behind = e;
    while (behind && /rgba\\(.*, 0\\)$|transparent/.test(getComputedStyle(behind).backgroundColor))
      behind = behind.parentElement;
    return [e.textContent.trim().slice(0, 40), getComputedStyle(e).color,
      behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)"];
  })
"""
FOCUS: Final = """
() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, parseFloat(style.outlineWidth)];
}
"""


# what is wider than the page, or than a table's own box
BEYOND_THE_EDGE: Final = """
() => [
  ...[document.documentElement, ...document.querySelectorAll(".scroll, header nav")]
    .filter(e => e.scrollWidth > e.clientWidth).map(e => e.className || e.tagName),
  ...[...document.querySelectorAll("header a, main td, main th, main dd")]
    .filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.textContent.trim()),
]
"""


def _luminance(colour: str) -> float:
    channels = [int(channel) / 255 for channel in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def visit(page: Page, path: str) -> None:
    """Go to a page; to MEMBER through the search, as ids are nobody's to know."""
    page.goto(path)
    if path == MEMBER:
        page.locator("tbody th a").click()
        page.wait_for_url("**/members/*")


def focused(page: Page) -> str:
    """What the focus is on; fails where it cannot be seen."""
    style, width = page.evaluate(FOCUS)
    assert style != "none"
    assert width >= 2
    name: str = page.evaluate(
        "() => document.activeElement.id || document.activeElement.textContent.trim()"
    )
    return name


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something has the focus, which is visible all the way."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def enter(page: Page) -> None:
    """Press Enter, which leads to another page, and wait until it is there with its styles.

    Its text is there earlier. Until the stylesheet came, the focus has the browser's own outline.
    """
    with page.expect_event("load"):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_text_can_be_read(page: Page, path: str) -> None:
    visit(page, path)
    texts: list[Any] = page.evaluate(COLOURS)
    assert len(texts) > 10
    weak = [
        (text, round(contrast(colour, behind), 2))
        for text, colour, behind in texts
        if contrast(colour, behind) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_nothing_scrolls_sideways(page: Page, path: str) -> None:
    visit(page, path)
    for width in (1280, 1000, 768, 400, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(BEYOND_THE_EDGE) == []


@pytest.mark.parametrize(
    ("path", "figure"),
    [
        (f"{HOME}?q=cust_ada&order=balance", "1,660"),
        (f"{HOME}?q=cust_ada_double&status=active", "1,660"),
        (f"{PAGES}/requests?q=resource_missing", "404"),
        (f"{PAGES}/requests?outcome=fault", "200 lost"),
    ],
)
def test_on_a_phone_the_figure_heads_its_row(page: Page, path: str, figure: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(path)
    row = page.locator("tbody tr").filter(has_text=figure).first
    cell = row.get_by_text(figure, exact=True).first
    row_box, cell_box = row.bounding_box(), cell.bounding_box()
    assert row_box
    assert cell_box
    assert cell_box["y"] - row_box["y"] < 30
    assert 200 < cell_box["x"] < cell_box["x"] + cell_box["width"] <= 400


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_links_look_like_links(page: Page, path: str) -> None:
    visit(page, path)
    for link in page.locator("main a:not(.button), footer a, .clock").all():
        assert "underline" in link.evaluate("e => getComputedStyle(e).textDecorationLine")


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_has_a_title_a_heading_and_named_controls(page: Page, path: str) -> None:
    visit(page, path)
    assert page.title().endswith("· vinr sandbox")
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.locator("th:not([scope])").count() == 0
    for control in page.locator("input:not([type=hidden]), select").all():
        assert control.evaluate("e => e.labels.length") == 1


def test_a_walk_with_the_keyboard_alone(page: Page) -> None:
    page.goto(HOME)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")
    tab_to(page, "q")
    page.keyboard.type("cust_ada_double")
    enter(page)
    expect(page.locator("tbody tr")).to_have_count(2)
    tab_to(page, page.locator("tbody th a").first.inner_text())
    enter(page)
    expect(page.locator("h1")).to_contain_text("cust_ada_double")
    tab_to(page, page.locator(".note a").inner_text())
    enter(page)
    expect(page.locator("h1")).to_contain_text("cust_ada")
    expect(page.locator("tbody tr")).to_have_count(6)
    tab_to(page, "Events")
    enter(page)
    expect(page.locator("h1")).to_have_text("Events")
    tab_to(page, "Show")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] pre")).to_be_visible()


def test_the_clock_is_moved_with_the_keyboard(page: Page) -> None:
    page.goto(f"{PAGES}/controls")
    before = page.locator(".clock time").get_attribute("datetime")
    tab_to(page, "days")
    page.keyboard.type("400")
    enter(page)
    expect(page.get_by_role("status")).to_have_text("The clock was moved.")
    after = page.locator(".clock time").get_attribute("datetime")
    assert before
    assert after
    assert int(after[:4]) > int(before[:4])


def test_a_fault_is_planned_with_the_keyboard(page: Page) -> None:
    page.goto(f"{PAGES}/controls")
    tab_to(page, "operation")
    page.keyboard.type("events.r")
    tab_to(page, "kind")
    page.keyboard.type("Lose")
    tab_to(page, "times")
    enter(page)
    expect(page.get_by_role("status")).to_have_text("The fault is planned.")
    expect(page.get_by_role("row", name="events.retrieve LoseReply()").first).to_be_visible()


def test_what_is_wrong_is_said_at_the_field(page: Page) -> None:
    page.goto(f"{PAGES}/controls")
    page.get_by_label("Days").fill("-3")
    page.get_by_role("button", name="Move the clock").click()
    field = page.get_by_label("Days")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("A number from 0 to 36,500.")
    expect(field).to_have_value("-3")


def test_attempts_of_one_action_lead_to_each_other(page: Page) -> None:
    page.goto(f"{PAGES}/requests")
    page.get_by_label("Answer").select_option("repeated")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(5)
    page.locator("tbody tr").last.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Attempts of this action")).to_be_visible()
    page.get_by_role("link", name="3 of 3").click()
    expect(page.get_by_text("goodwill_credit").first).to_be_visible()


def test_hostile_text_does_nothing(page: Page) -> None:
    page.goto(f"{HOME}?q={HOSTILE}")
    expect(page.locator("tbody")).to_contain_text(HOSTILE)
    page.locator("tbody th a").click()
    expect(page.locator("main")).to_contain_text("x" * 400)
    assert page.locator("main img").count() == 0


def test_the_look_follows_the_reader(page: Page, scheme: str) -> None:
    page.goto(HOME)
    luminance = _luminance(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    assert luminance > 0.8 if scheme == "light" else luminance < 0.05
