"""The walk of a site without a network, on the real page: filled, closed, opened again, sent, forgotten."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from schoolward.domains.people.seed import DEMONSTRATION_PASSWORD, email_of
from schoolward.platform.access.roles import Role

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: Any = {"width": 390, "height": 844}
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
PLAN = """async site => {
  const form = document.querySelector("main form");
  const sent = new FormData(form);
  sent.set("campus_id", site);
  return (await fetch(form.action, { method: "POST", body: sent })).url;
}"""
KEPT = """async () => {
  const done = asked => new Promise(resolve => { asked.onsuccess = () => resolve(asked.result); });
  const pages = (await caches.keys()).filter(name => name.startsWith("schoolward-walk"));
  let entries = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("schoolward-walks")) continue;
    const database = await done(indexedDB.open(name));
    entries += await done(database.transaction("entries").objectStore("entries").count());
    database.close();
  }
  return { pages, entries };
}"""
NO_PAGES = "caches.keys().then(names => !names.some(name => name.startsWith('schoolward-walk ')))"
sites = itertools.count()
Phone = Callable[..., BrowserContext]


@pytest.fixture
def phone(installation: Any, browser: Browser, signed_in: Callable[[str], BrowserContext]) -> Iterator[Phone]:
    """A phone of its own, signed in as a lead, under the true content security policy."""
    opened: list[BrowserContext] = []

    def make(**more: Any) -> BrowserContext:
        state = signed_in(Role.LEAD).storage_state()
        made = browser.new_context(
            base_url=installation.address, storage_state=state, viewport=PHONE, has_touch=True, **more
        )
        opened.append(made)
        return made

    yield make
    for context in opened:
        context.close()


def begin(context: BrowserContext) -> Page:
    """Plan a walk of a site that has none in hand, and begin it."""
    page = context.new_page()
    page.goto("/assessments/plan/")
    offered = page.locator("select[name=campus_id] option").evaluate_all("all => all.map(one => one.value)")
    for site in [value for value in offered if value][next(sites) :: 7]:
        planned = page.evaluate(PLAN, site)
        if re.search(r"/assessments/\d+/$", planned):
            page.goto(planned)
            page.get_by_role("button", name="Start the walk").tap()
            wait_for(page, "All 0 saved and received")
            return page
    raise AssertionError("no site is free")


def wait_for(page: Page, said: str) -> None:
    expect(page.locator("[data-walk-state]")).to_contain_text(said, timeout=20_000)


def item(page: Page, place: int) -> Any:
    return page.locator(".walk-rating").nth(place)


def rate(page: Page, place: int, value: str) -> None:
    item(page, place).locator(f"input[value='{value}'] + label").tap()


def photograph(page: Page, place: int, content: bytes) -> None:
    name = item(page, place).get_attribute("id")
    around = page.locator(".filling-group").filter(has=page.locator(f"[id='{name}']")).last
    with page.expect_file_chooser() as chooser:
        around.locator(".walk-extra--photo:not(.has-photo):not(.is-folded) > label").first.tap()
    chooser.value.set_files({"name": "gate.gif", "mimeType": "image/gif", "buffer": content})


def hand_in(page: Page) -> None:
    page.locator("[data-walk-hand-in]").scroll_into_view_if_needed()
    # What comes into sight on the way gets its size, and moves the end.
    page.evaluate("() => new Promise(done => setTimeout(done, 500))")
    page.locator("[data-walk-hand-in]").tap()
    page.locator("[data-walk-submit]").tap()


def kept(page: Page) -> dict[str, Any]:
    """What of walks is on the device: names of page caches, and entries of all journals."""
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def test_a_walk_from_the_first_tap_to_the_end_without_a_network(phone: Phone) -> None:
    context = phone()
    page = begin(context)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    expect(page.locator("[data-kept=true]")).to_be_attached(timeout=30_000)
    address = page.url
    context.set_offline(True)
    rate(page, 0, "0")
    photograph(page, 0, GIF)
    wait_for(page, "2 saved on this device, 0 of them received. No connection")
    page.close()
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    wait_for(page, "2 saved on this device, 0 of them received. No connection")
    expect(item(page, 0).locator("input:checked")).to_have_value("0")
    expect(page.locator(".has-photo img").first).to_be_visible()
    rate(page, 1, "1")
    hand_in(page)
    expect(page.locator("[data-walk-sent-text]")).to_contain_text("sent as soon as there is a network")
    context.set_offline(False)
    wait_for(page, "Handed in and received. Nothing of it stays on this device.")
    assert kept(page) == {"pages": [], "entries": 0}
    page.get_by_role("link", name="See what it found").tap()
    expect(page.locator("h2", has_text="Findings")).to_be_visible()
    expect(page.locator("h2", has_text="Photographs")).to_be_visible()
    assert problems == []


def test_two_devices_that_differ(phone: Phone) -> None:
    first = begin(phone())
    second = phone().new_page()
    second.goto(first.url)
    wait_for(second, "All 0 saved and received")
    rate(first, 0, "3")
    wait_for(first, "All 1 saved and received")
    rate(second, 0, "0")
    wait_for(second, "All 1 saved and received")
    hand_in(second)
    said = "Two devices say different things of 1 question"
    expect(second.locator("[data-walk-sent-text]")).to_contain_text(said)
    second.get_by_role("link", name="Decide what holds").tap()
    expect(second.get_by_text("Device 1 ·")).to_be_visible()
    expect(second.get_by_text("Device 2 ·")).to_be_visible()
    second.locator(".walk-voice button").last.tap()
    expect(second.get_by_text("handed in as the device had asked")).to_be_visible()
    first.reload()
    expect(first.get_by_text("Handed in: the answers do not change any more.")).to_be_visible()


def test_another_device_shows_what_is_known_and_decides_over_it(phone: Phone) -> None:
    first = begin(phone())
    rate(first, 0, "3")
    wait_for(first, "All 1 saved and received")
    second = phone().new_page()
    second.goto(first.url)
    wait_for(second, "All 0 saved and received")
    expect(item(second, 0).locator("input:checked")).to_have_value("3")
    rate(second, 0, "0")
    wait_for(second, "All 1 saved and received")
    first.reload()
    expect(item(first, 0).locator("input:checked")).to_have_value("0")
    expect(item(first, 0).locator(".walk-differs")).to_be_empty()


def test_nobody_else_opens_the_walk_on_the_same_phone(phone: Phone) -> None:
    context = phone()
    page = begin(context)
    address = page.url
    expect(page.locator("[data-kept=true]")).to_be_attached(timeout=30_000)
    rate(page, 0, "3")
    wait_for(page, "All 1 saved and received")
    context.set_offline(True)
    rate(page, 1, "3")
    wait_for(page, "2 saved on this device, 1 of them received")
    context.set_offline(False)
    # The session ends without a word, and another person signs in.
    context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email_of(Role.FACILITIES))
    page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    page.locator("main form button.usa-button").tap()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.wait_for_function(NO_PAGES)
    context.set_offline(True)
    page.goto(address)
    expect(page.get_by_text("this page is not kept on this device")).to_be_visible()


def test_signing_out_leaves_nothing_that_was_received(browser: Browser, installation: Any) -> None:
    # A session of its own: signing out ends it.
    context = browser.new_context(base_url=installation.address, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email_of(Role.LEAD))
    page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    page.locator("main form button.usa-button").tap()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.close()
    page = begin(context)
    expect(page.locator("[data-kept=true]")).to_be_attached(timeout=30_000)
    rate(page, 0, "3")
    wait_for(page, "All 1 saved and received")
    assert kept(page)["entries"] == 1
    page.goto("/accounts/logout/")
    page.locator("main form button").first.tap()
    page.wait_for_url(lambda url: "/logout" not in url)
    assert kept(page) == {"pages": [], "entries": 0}
    context.close()


def test_axe_finds_nothing(phone: Phone) -> None:
    page = begin(phone(bypass_csp=True))
    rate(page, 0, "0")
    photograph(page, 0, GIF)
    wait_for(page, "All 2 saved and received")
    page.locator("[data-walk-zones] summary").tap()
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(told => told.violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
