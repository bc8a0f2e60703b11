"""The alarm desk in a real browser: by keyboard, live in every tab over one stream, and without either."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.browser.conftest import environment_of

from schoolward.platform.access.roles import Role

pytestmark = pytest.mark.browser
FRAMES = Path(__file__).with_name("alarm_frames.py")
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
DESK = "/alarms/desk/"
Frames = Callable[..., list[str]]


@pytest.fixture
def frames(installation: Any) -> Frames:
    """Let panels report: ``frames("NBA1", "NPA7")``. Gives the numbers of all open cases."""

    def report(*codes: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, str(FRAMES), *codes],
            env=environment_of(installation.data_dir, installation.address),
            check=True,
            timeout=60,
            capture_output=True,
        )
        return list(json.loads(done.stdout.splitlines()[-1]))

    return report


@pytest.fixture
def context(
    installation: Any, browser: Browser, signed_in: Callable[[str], BrowserContext]
) -> Iterator[BrowserContext]:
    """A browser of its own, signed in as an operator, under the true content security policy."""
    state = signed_in(Role.ALARM_OPERATOR).storage_state()
    made = browser.new_context(
        base_url=installation.address, storage_state=state, viewport=WIDE, reduced_motion="reduce"
    )
    yield made
    made.close()


def problems_of(page: Page) -> list[str]:
    """What the page complains of, from now on."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def row(page: Page, text: str) -> Any:
    return page.locator("[data-row]").filter(has_text=text).first


def test_an_escalation_is_told_on_the_open_desk(frames: Frames, context: BrowserContext) -> None:
    frames()
    page = context.new_page()
    problems = problems_of(page)
    page.goto(DESK)
    expect(page.locator("[data-live-text]")).to_have_text("Live")
    frames("NBA8")
    expect(row(page, "Room 8")).to_be_visible(timeout=3000)
    expect(page.locator("[data-announce]")).to_contain_text("New case")
    expect(row(page, "Room 8")).not_to_have_class(re.compile("is-new"), timeout=10_000)
    frames("escalate")
    expect(page.locator("[data-announce]")).to_contain_text("Escalated, nobody has answered", timeout=3000)
    expect(page.locator(".desk-row.is-new").filter(has_text="Room 8")).to_be_visible()
    assert problems == []


def test_a_case_is_answered_by_keys_and_every_tab_sees_it(frames: Frames, context: BrowserContext) -> None:
    frames()
    streams: list[str] = []
    context.on(
        "request", lambda sent: streams.append(sent.url) if sent.resource_type == "eventsource" else None
    )
    page, other = context.new_page(), context.new_page()
    problems = problems_of(page)
    for each in (page, other):
        each.goto(DESK)
        expect(each.locator("[data-live-text]")).to_have_text("Live")
    assert len(streams) == 1, "one stream a browser, however many tabs"

    frames("NBA1")
    for each in (page, other):
        expect(row(each, "Room 1")).to_be_visible(timeout=3000)
    expect(page.locator("[data-announce]")).to_contain_text("Room 1")
    page.bring_to_front()
    row(page, "Room 1").locator("a").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".case-title")).to_contain_text("Room 1")
    page.keyboard.press("c")
    expect(page.locator(".case-state")).to_contain_text("You hold it")
    expect(row(other, "Room 1")).to_contain_text("Demonstration")
    page.keyboard.press("d")
    page.keyboard.press("f")
    page.keyboard.press("h")
    expect(page.locator("[data-refusal]")).to_contain_text("Look; Call the site")
    page.keyboard.press("1")
    expect(page.locator(".step--done")).to_have_count(1)
    page.keyboard.press("2")  # no call is kept: there is nothing to tick
    page.keyboard.press("t")
    expect(page.locator("[data-chooser]")).to_contain_text("Office 1")
    page.keyboard.press("n")
    expect(page.locator(".two-call")).to_contain_text("1 more call")
    expect(page.locator(".step--done")).to_have_count(1)
    page.keyboard.press("2")
    expect(page.locator(".step--done")).to_have_count(2)
    page.keyboard.press("e")
    page.keyboard.press("l")
    expect(page.locator(".level-number")).to_have_text("Level 4")
    page.keyboard.press("n")
    page.keyboard.type("by keys alone")
    page.keyboard.press("Enter")
    expect(page.locator(".entries").first).to_contain_text("by keys alone")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("[data-help]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("f")
    page.keyboard.press("h")
    expect(page.locator("#confirmation")).to_be_focused()
    page.keyboard.type("a film was shown")
    page.keyboard.press("Enter")
    expect(page.locator(".case-state")).to_contain_text("False alarm")
    for each in (page, other):
        expect(row(each, "Room 1")).to_have_count(0)
    # Chromium itself notes a refusal's status; nothing else may be complained of.
    assert [problem for problem in problems if "409" not in problem] == []

    page.close()
    frames("NBA2")
    expect(row(other, "Room 2")).to_be_visible(timeout=5000)
    assert len(streams) == 2, "the tab that is left took the stream over"


def test_a_desk_without_a_stream_asks_and_says_so(frames: Frames, context: BrowserContext) -> None:
    page = context.new_page()
    is_down = False

    def answer(route: Route) -> None:
        if is_down or route.request.resource_type == "eventsource":
            route.abort()
        else:
            route.continue_()

    page.route("**/stream/alarms/**", answer)
    page.goto(DESK)
    live = page.locator("[data-live-text]")
    expect(live).to_contain_text("asking every 2 seconds", timeout=15_000)
    frames("NBA3")
    expect(row(page, "Room 3")).to_be_visible(timeout=6000)

    is_down = True
    expect(live).to_contain_text("Not live since", timeout=10_000)
    frames("NBA4")
    is_down = False
    expect(row(page, "Room 4")).to_be_visible(timeout=10_000)
    page.unroute("**/stream/alarms/**")


def test_what_is_being_typed_survives_what_others_do(frames: Frames, context: BrowserContext) -> None:
    frames("NBA5")
    page, other = context.new_page(), context.new_page()
    for each in (page, other):
        each.goto(DESK)
        row(each, "Room 5").locator("a").click()
        expect(each.locator(".case-title")).to_contain_text("Room 5")
    page.locator("#close-text").fill("a long remark")
    other.bring_to_front()
    other.keyboard.press("g")
    page.bring_to_front()

    expect(page.locator(".case-state")).to_contain_text("Guard")
    expect(page.locator("#close-text")).to_have_value("a long remark")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_desk_works_without_scripts(
    frames: Frames,
    installation: Any,
    browser: Browser,
    signed_in: Callable[[str], BrowserContext],
    size: Any,
) -> None:
    number = frames("NBA6")[0]
    plain = browser.new_context(
        base_url=installation.address,
        storage_state=signed_in(Role.ALARM_OPERATOR).storage_state(),
        java_script_enabled=False,
        viewport=size,
    )
    page = plain.new_page()
    page.goto(DESK)
    page.locator(f'[data-number="{number}"] a').click()
    page.get_by_role("button", name="Guard is sent").click()
    expect(page.locator(".case-state")).to_contain_text("Guard")
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator("[data-refusal]")).to_contain_text("Say how it ended")
    plain.close()


def test_on_a_narrow_screen_a_case_is_a_page(frames: Frames, context: BrowserContext) -> None:
    frames("NBA7")
    page = context.new_page()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(DESK)
    row(page, "Room 7").locator("a").click()
    page.wait_for_url("**/alarms/cases/*/")
    expect(page.locator("h1")).to_contain_text("Room 7")
    page.get_by_role("button", name="Claim it").click()
    expect(page.locator(".case-state")).to_contain_text("You hold it")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_nothing_moves_for_those_who_asked_for_rest(frames: Frames, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(DESK)
    expect(page.locator("[data-live-text]")).to_have_text("Live")
    frames("NBA8")
    fresh = row(page, "Room 8")
    expect(fresh).to_be_visible(timeout=3000)
    assert fresh.evaluate("row => getComputedStyle(row).animationName") == "none"
