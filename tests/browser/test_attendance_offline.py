"""Attendance without a network, on the real page: counted, closed, opened again, sent once, decided."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from schoolward.domains.people.seed import DEMONSTRATION_PASSWORD, email_of
from schoolward.platform.access.roles import Role

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: Any = {"width": 390, "height": 844}
ADDRESS = "/programs/attendance/"
KEPT = """async () => {
  const done = asked => new Promise(resolve => { asked.onsuccess = () => resolve(asked.result); });
  const pages = (await caches.keys()).filter(name => name.startsWith("schoolward-attendance"));
  let counts = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("schoolward-heads")) continue;
    const database = await done(indexedDB.open(name));
    counts += await done(database.transaction("counts").objectStore("counts").count());
    database.close();
  }
  return { pages, counts };
}"""
sessions = itertools.count()
DAYS = ("2012-08-27", "2012-09-06")
Phone = Callable[..., BrowserContext]


def sign_in(context: BrowserContext, role: str) -> None:
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email_of(role))
    page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    page.locator("main form button.usa-button").tap()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.close()


@pytest.fixture(scope="module")
def _sessions(signed_in: Callable[[str], BrowserContext]) -> None:
    """Enough sessions that wait for a count: one on each day of an offering that has some."""
    page = signed_in(Role.LEAD).new_page()
    page.goto(ADDRESS)
    pk = page.locator("[data-session]:not([data-parents])").first.get_attribute("data-session")
    page.goto(f"/programs/sessions/{pk}/")
    page.get_by_role("link", name="All sessions of this offering").click()
    page.goto(page.url + "sessions/")
    for name, day in zip(("first", "last"), DAYS, strict=True):
        page.fill(f"input[name={name}]", day)
    for box in page.locator("input[name=days]").all():
        box.check(force=True)
    page.fill("input[name=minutes]", "30")
    page.locator("main form button.usa-button").click()
    page.wait_for_url(lambda url: "/sessions/" not in url)
    page.close()


@pytest.fixture
def phone(installation: Any, browser: Browser, _sessions: None) -> Iterator[Phone]:
    """A phone of its own with a session of its own, under the true content security policy."""
    opened: list[BrowserContext] = []

    def make(role: str = Role.LEAD, **more: Any) -> BrowserContext:
        made = browser.new_context(
            base_url=installation.address,
            viewport=PHONE,
            has_touch=True,
            timezone_id="America/Los_Angeles",
            **more,
        )
        opened.append(made)
        sign_in(made, role)
        return made

    yield make
    for context in opened:
        context.close()


def open_page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.locator("[data-kept=true]")).to_be_attached(timeout=30_000)
    return page


def uncounted(page: Page) -> str:
    """A session that may be counted, and that no other test of this run has."""
    offered = page.evaluate(
        """() => {
          const { today } = document.querySelector("[data-heads]").dataset;
          return [...document.querySelectorAll("[data-session]:not([data-parents])")]
            .filter(one => !one.querySelector(".heads-note") && one.dataset.on <= today)
            .map(one => one.dataset.session);
        }"""
    )
    return str(sorted(offered, key=int)[next(sessions)])


def session_of(page: Page, pk: str) -> Locator:
    """The session, unfolded."""
    found = page.locator(f"[data-session='{pk}']")
    page.evaluate(
        "pk => document.querySelector(`[data-session='${pk}']`).closest('details')?.setAttribute('open', '')",
        pk,
    )
    return found


def count(found: Locator, heads: int) -> None:
    for _head in range(heads):
        found.locator("[data-step='1']").tap()


def save(found: Locator) -> None:
    found.locator("[data-save]").tap()


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-heads-state]")).to_contain_text(text, timeout=20_000)


def counts_of(page: Page, pk: str) -> list[str]:
    """What the page of the session tells of counts that were sent in."""
    page.goto(f"/programs/sessions/{pk}/")
    return [text.strip() for text in page.locator("main .facts").all_inner_texts()]


def test_counted_without_a_network_it_is_received_once(phone: Phone) -> None:
    context = phone()
    page = open_page(context)
    pk = uncounted(page)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    context.set_offline(True)
    found = session_of(page, pk)
    count(found, 3)
    expect(found.locator("[data-said]")).to_contain_text("a tally on this device")
    # The browser is gone before anything was saved as a count: the tally is there.
    page.close()
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(ADDRESS)
    found = session_of(page, pk)
    expect(found.locator("[data-number=attended]")).to_have_value("3")
    count(found, 2)
    found.locator("[data-step='-1']").first.tap()
    save(found)
    expect(found.locator("[data-said]")).to_contain_text("Young people: 4")
    says(page, "1 kept on this device, not sent. No connection")
    page.close()
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(ADDRESS)
    says(page, "1 kept on this device, not sent. No connection")
    context.set_offline(False)
    says(page, "Everything counted here is received.")
    expect(session_of(page, pk).locator("[data-said]")).to_contain_text("Received at")
    page.reload()
    says(page, "Everything counted here is received.")
    (told,) = counts_of(page, pk)
    assert told.split()[:2] == ["Came", "4"]
    # One count: two would be listed.
    expect(page.get_by_text("Counts that were sent in")).to_have_count(0)
    assert problems == []


def test_an_answer_that_is_lost_doubles_nothing(phone: Phone) -> None:
    context = phone()
    page = open_page(context)
    pk = uncounted(page)
    lost = []

    def lose(route: Any) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    context.route("**/api/v1/programs/attendance", lose)
    found = session_of(page, pk)
    count(found, 2)
    save(found)
    says(page, "Everything counted here is received.")
    assert lost == [200]
    counts_of(page, pk)
    expect(page.get_by_text("Counts that were sent in")).to_have_count(0)


def test_two_phones_and_a_person_who_decides(phone: Phone) -> None:
    first, second = open_page(phone()), open_page(phone(Role.PROGRAM_COORDINATOR))
    pk = uncounted(first)
    second.context.set_offline(True)
    theirs = session_of(second, pk)
    count(theirs, 5)
    save(theirs)
    mine = session_of(first, pk)
    count(mine, 2)
    save(mine)
    says(first, "Everything counted here is received.")
    second.context.set_offline(False)
    expect(theirs.locator("[data-said]")).to_contain_text("Another count stands", timeout=20_000)
    expect(theirs.locator("[data-said]")).to_contain_text("Young people: 2")
    says(second, "Look below: 1 could not be taken.")
    theirs.get_by_role("button", name="Mine: 5").tap()
    says(second, "Everything counted here is received.")
    # The first phone corrects what it believes to stand, and is asked in turn.
    mine.locator("[data-step='1']").tap()
    save(mine)
    expect(mine.locator("[data-said]")).to_contain_text("Young people: 5", timeout=20_000)
    mine.get_by_role("button", name="The other: 5").tap()
    expect(mine.locator("[data-said]")).to_contain_text("The other count stands.")
    expect(mine.locator("[data-number=attended]")).to_have_value("5")
    (told,) = counts_of(second, pk)
    assert told.split()[:2] == ["Came", "5"]
    expect(second.get_by_role("heading", name="Counts that were sent in")).to_be_visible()


def test_a_session_that_was_canceled_meanwhile_keeps_its_count_until_it_is_mended(phone: Phone) -> None:
    context = phone()
    page = open_page(context)
    pk = uncounted(page)
    context.set_offline(True)
    found = session_of(page, pk)
    count(found, 3)
    save(found)
    says(page, "1 kept on this device")
    page.close()
    context.set_offline(False)
    office = context.new_page()
    office.goto(f"/programs/sessions/{pk}/cancel/")
    office.select_option("select[name=reason]", "weather")
    office.locator("main form button.usa-button").tap()
    office.wait_for_url(lambda url: "/cancel/" not in url)
    # The renewed list does not have the session any more; its count is there.
    page = context.new_page()
    page.goto(ADDRESS)
    rest = page.locator(f"[data-rest='{pk}']")
    expect(rest).to_contain_text("canceled: weather", timeout=20_000)
    expect(rest).to_contain_text("Young people: 3")
    rest.get_by_role("button", name="Give this count up").tap()
    rest.get_by_role("button", name="No, keep it").tap()
    office.goto(f"/programs/sessions/{pk}/reinstate/")
    office.locator("main form button.usa-button").tap()
    office.wait_for_url(lambda url: "/reinstate/" not in url)
    rest.get_by_role("button", name="Send it again").tap()
    says(page, "Everything counted here is received.")
    expect(page.locator(f"[data-rest='{pk}']")).to_have_count(0)


def test_signed_out_on_the_way_and_another_person_on_the_same_phone(phone: Phone) -> None:
    context = phone()
    page = open_page(context)
    pk = uncounted(page)
    context.clear_cookies()
    found = session_of(page, pk)
    count(found, 2)
    save(found)
    says(page, "1 kept on this device, not sent. You are signed out.")
    # Somebody else signs in: what was counted is not sent under their name, and they do not see it.
    sign_in(context, Role.PROGRAM_COORDINATOR)
    page.evaluate("dispatchEvent(new Event('online'))")
    says(page, "Somebody else is signed in here")
    page.goto(ADDRESS)
    says(page, "Nothing waits on this device.")
    # Else the page, which is keeping itself, is told of a sign-in of its own.
    expect(page.locator("[data-kept]")).to_be_attached(timeout=30_000)
    context.clear_cookies()
    sign_in(context, Role.LEAD)
    page.goto(ADDRESS)
    says(page, "Everything counted here is received.")
    assert page.evaluate(KEPT)["counts"] == 1
    page.goto("/accounts/logout/")
    page.locator("main form button").first.tap()
    page.wait_for_url(lambda url: "/logout" not in url)
    assert page.evaluate(KEPT) == {"pages": [], "counts": 0}


def test_a_wrong_number_is_told_beside_it(phone: Phone) -> None:
    page = open_page(phone())
    pk = uncounted(page)
    found = session_of(page, pk)
    save(found)
    expect(found.locator("[data-wrong]")).to_contain_text("as a number from 0 to 100,000")
    expect(found.locator("[data-number=attended]")).to_be_focused()
    found.locator("[data-number=attended]").fill("many")
    save(found)
    expect(found.locator("[data-wrong]")).to_be_visible()
    found.locator("[data-number=attended]").fill("0")
    expect(found.locator("[data-wrong]")).to_be_hidden()
    found.locator("[data-number=minutes]").fill("2000")
    save(found)
    expect(found.locator("[data-wrong]")).to_contain_text("from 1 to 1440")
    found.locator("[data-number=minutes]").fill("45")
    save(found)
    says(page, "Everything counted here is received.")


def test_axe_finds_nothing_and_targets_are_large(phone: Phone) -> None:
    page = open_page(phone(bypass_csp=True))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    count(session_of(page, uncounted(page)), 1)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(told => told.violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main input, main summary")]
        .filter(one => one.offsetParent && (one.offsetHeight < 44 || one.offsetWidth < 44))
        .map(one => one.outerHTML)"""
    )
    assert small == []
