"""The map of a school in a browser: drawn without asking anybody else, and the way from here in four ways."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import Installation
from tests.browser.test_pages_by_role import AXE, AXE_RULES

pytestmark = pytest.mark.browser
DRAWN_MS = 60_000
PUBLIC = "/walk-to-school/"


@pytest.fixture(scope="module")
def school(installation: Installation, browser: Browser) -> str:
    """The address of a school's map for parents."""
    page = browser.new_page(base_url=installation.address)
    page.goto(PUBLIC)
    address = page.locator("main li a").first.get_attribute("href")
    page.close()
    assert address
    return address


@pytest.fixture(scope="module")
def features(installation: Installation, school: str) -> list[dict[str, Any]]:
    """What the school's map shows."""
    with urllib.request.urlopen(f"{installation.address}{school}map.geojson", timeout=60) as answer:  # noqa: S310
        found: list[dict[str, Any]] = json.load(answer)["features"]
    return found


@pytest.fixture
def parent(installation: Installation, browser: Browser) -> Iterator[BrowserContext]:
    """Somebody without an account."""
    context = browser.new_context(base_url=installation.address, bypass_csp=True)
    yield context
    context.close()


def drawn(page: Page, school: str) -> Page:
    """The page, once its map is drawn and answers."""
    page.goto(school)
    page.wait_for_selector("[data-route-map][data-drawn][data-ready]", timeout=DRAWN_MS)
    return page


def corner(features: list[dict[str, Any]]) -> str:
    """A corner of the map as a parent types it."""
    names = [
        one["properties"]["name"] for one in features if one["properties"]["layer"] in ("signal", "crosswalk")
    ]
    return next(name for name in names if " and " in name).replace(" and ", " & ")


def is_answered(page: Page) -> None:
    expect(page.locator("[data-way-answer] h3")).to_contain_text("The safest way: ", timeout=20_000)
    expect(page.locator(".route-steps li").last).to_contain_text("You are at ")


def test_the_map_is_drawn_and_nobody_else_is_asked(
    parent: BrowserContext, installation: Installation, school: str
) -> None:
    page = parent.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    drawn(page, school)
    outside = [url for url in asked if not url.startswith((installation.address, "data:", "blob:"))]
    assert (outside, wrong) == ([], [])
    assert [cookie["name"] for cookie in parent.cookies()] == ["csrftoken"]


def test_a_corner_is_typed_and_the_address_says_nothing_of_it(
    parent: BrowserContext, school: str, features: list[dict[str, Any]]
) -> None:
    page = drawn(parent.new_page(), school)
    before = page.url
    page.get_by_label("Where do you start?").fill(corner(features))
    page.get_by_role("button", name="Show the way").click()
    is_answered(page)
    assert page.url == before
    page.get_by_label("Where do you start?").fill("Nowhere")
    page.get_by_role("button", name="Show the way").click()
    expect(page.locator(".usa-error-message")).to_contain_text("Name two streets that meet")


def test_the_phone_tells_its_position_only_on_a_tap(
    parent: BrowserContext, school: str, features: list[dict[str, Any]]
) -> None:
    at = next(one for one in features if one["properties"]["layer"] == "suggested")["geometry"][
        "coordinates"
    ][0]
    parent.grant_permissions(["geolocation"])
    parent.set_geolocation({"longitude": at[0], "latitude": at[1]})
    page = drawn(parent.new_page(), school)
    assert page.locator("input[name=latitude]").input_value() == ""
    page.get_by_role("button", name="Use my position").click()
    is_answered(page)


def test_a_place_is_chosen_on_the_map(parent: BrowserContext, school: str) -> None:
    page = drawn(parent.new_page(), school)
    page.get_by_role("button", name="Choose on the map").click()
    expect(page.locator("[data-said]")).to_contain_text("Now tap the place")
    box = page.locator("[data-route-map]").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    is_answered(page)


def test_a_switch_is_pressed_by_keyboard_and_changes_the_map(parent: BrowserContext, school: str) -> None:
    page = drawn(parent.new_page(), school)
    canvas = page.locator("[data-route-map] canvas")
    before = canvas.screenshot()
    page.get_by_label("Suggested streets").focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(1_000)
    assert canvas.screenshot() != before


def test_the_list_says_what_the_map_shows(
    parent: BrowserContext, school: str, features: list[dict[str, Any]]
) -> None:
    page = parent.new_page()
    page.goto(school)
    words = page.locator("[data-map-lists]").text_content() or ""
    told = [one["properties"] for one in features]
    for layer in ("suggested", "guard", "hazard"):
        missing = [
            one["name"] for one in told if one["layer"] == layer and one["name"] and one["name"] not in words
        ]
        assert missing == [], layer


def test_it_works_without_a_script(
    installation: Installation, browser: Browser, school: str, features: list[dict[str, Any]]
) -> None:
    context = browser.new_context(base_url=installation.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(school)
    page.get_by_label("Where do you start?").fill(corner(features))
    page.get_by_role("button", name="Show the way").click()
    is_answered(page)
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_and_is_accessible(
    parent: BrowserContext, school: str, features: list[dict[str, Any]], width: int
) -> None:
    page = parent.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    drawn(page, school)
    page.get_by_label("Where do you start?").fill(corner(features))
    page.get_by_role("button", name="Show the way").click()
    is_answered(page)
    assert page.evaluate("(d => d.scrollWidth - d.clientWidth)(document.documentElement)") <= 0
    page.evaluate(AXE.read_text())
    told = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
        ".then(told => told.violations.map(one => [one.id, one.nodes[0].html]))",
        AXE_RULES,
    )
    assert told == []


def test_a_member_sees_the_same_map(signed_in: Callable[[str], BrowserContext], school: str) -> None:
    page = signed_in("safe_routes").new_page()
    drawn(page, f"/routes/schools/{school.removeprefix(PUBLIC)}map/")
    expect(page.get_by_role("link", name="Print (PDF)")).to_be_visible()
    page.close()
