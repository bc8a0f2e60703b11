"""A walk's form in Chromium at 390 pixels: by thumb, by keyboard, without a network, in two tabs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.assessments.harness import Harness, serving
from playwright.sync_api import Browser, BrowserContext, Page, expect

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Gates</h:title><model><itext>
  <translation lang="English (en)" default="true()"><text id="q"><value>The gate closes.</value></text>
    <text id="y"><value>Yes</value></text><text id="n"><value>No</value></text></translation>
  <translation lang="Español (es)"><text id="q"><value>El portón cierra.</value></text>
    <text id="y"><value>Sí</value></text><text id="n"><value>No</value></text></translation></itext>
  <instance><data id="gates" version="1"><closes/><why/><height/><width/><day/><at/><picture/><many/>
    <door jr:template=""><name/></door><told/></data></instance>
  <bind nodeset="/data/closes" required="true()" jr:requiredMsg="Say whether it closes."/>
  <bind nodeset="/data/why" relevant="/data/closes = 'n'"/>
  <bind nodeset="/data/height" type="int" constraint=". &lt; 300" jr:constraintMsg="Less than 300 cm."/>
  <bind nodeset="/data/width" type="decimal"/><bind nodeset="/data/day" type="date"/>
  <bind nodeset="/data/at" type="time"/><bind nodeset="/data/picture" type="binary"/>
  <bind nodeset="/data/told" readonly="true()" calculate="concat(count(/data/door), ' doors')"/>
  </model></h:head><h:body>
  <select1 ref="/data/closes"><label ref="jr:itext('q')"/><hint>Push it.</hint>
    <item><label ref="jr:itext('y')"/><value>y</value></item>
    <item><label ref="jr:itext('n')"/><value>n</value></item></select1>
  <input ref="/data/why"><label>Why not?</label></input>
  <input ref="/data/height"><label>Height in cm</label></input>
  <input ref="/data/width"><label>Width in m</label></input>
  <input ref="/data/day"><label>Day</label></input><input ref="/data/at"><label>Time</label></input>
  <upload ref="/data/picture" mediatype="image/*"><label>Picture</label></upload>
  <select ref="/data/many"><label>Seen</label><item><label>Rust</label><value>rust</value></item>
    <item><label>Gap</label><value>gap</value></item></select>
  <group ref="/data/door"><label>Doors</label><repeat nodeset="/data/door">
    <input ref="/data/door/name"><label>Name of the door</label></input></repeat></group>
  <input ref="/data/told"><label>Altogether</label></input></h:body></h:html>"""


@pytest.fixture
def harness() -> Iterator[Harness]:
    with serving(compile_form(read_form(FORM.encode()))) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    opened = browser.new_context(viewport=PHONE, has_touch=True, timezone_id="America/Los_Angeles")
    yield opened
    opened.close()


def opened(context: BrowserContext, harness: Harness) -> Page:
    page = context.new_page()
    page.goto(harness.address)
    expect(page.locator("[data-walk-state]")).not_to_be_empty()
    return page


def answers(harness: Harness) -> list[dict[str, Any]]:
    return [entry.said for entry in harness.server.walks["walk-a"].entries]


def wait_for(page: Page, said: str) -> None:
    expect(page.locator("[data-walk-state]")).to_contain_text(said)


def test_answers_are_saved_received_and_there_again(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    expect(page.get_by_label("Why not?")).to_have_count(0)
    page.get_by_text("No", exact=True).tap()
    page.get_by_label("Why not?").fill("rust")
    page.get_by_label("Width in m").fill("2.5")
    page.get_by_label("Day").fill("2026-11-26")
    page.get_by_label("Time").fill("08:30")
    page.get_by_text("Gap").tap()
    page.get_by_text("Rust").tap()
    page.get_by_role("button", name="Add another").tap()
    page.get_by_label("Name of the door").fill("North")
    page.get_by_label("Name of the door").blur()
    expect(page.get_by_text("1 doors")).to_be_visible()
    wait_for(page, "All 9 saved and received")
    assert answers(harness) == [
        {"path": "/data/closes", "value": "n"},
        {"path": "/data/why", "value": "rust"},
        {"path": "/data/width", "value": "2.5"},
        {"path": "/data/day", "value": "2026-11-26"},
        {"path": "/data/at", "value": "08:30:00.000-08:00"},
        {"path": "/data/many", "value": "gap"},
        {"path": "/data/many", "value": "rust gap"},
        {"path": "/data/door"},
        {"path": "/data/door[1]/name", "value": "North"},
    ]
    page.reload()
    expect(page.get_by_label("Why not?")).to_have_value("rust")
    expect(page.get_by_label("Name of the door")).to_have_value("North")
    expect(page.get_by_label("Time")).to_have_value("08:30")
    expect(page.get_by_label("Gap")).to_be_checked()
    page.get_by_role("button", name="Remove this one").tap()
    expect(page.get_by_label("Name of the door")).to_have_count(0)
    expect(page.get_by_role("button", name="Add another")).to_be_focused()


def test_messages_stand_at_their_fields(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    height = page.get_by_label("Height in cm")
    height.fill("400")
    height.blur()
    expect(height).to_have_attribute("aria-invalid", "true")
    told = page.locator(f"#{height.get_attribute('aria-describedby')}")
    expect(told).to_have_text("Less than 300 cm.")
    height.fill("abc")
    height.blur()
    expect(told).to_have_text("Write a whole number, such as 12.")
    expect(height).to_have_value("abc")
    height.fill("250")
    height.blur()
    expect(told).to_be_hidden()
    expect(height).not_to_have_attribute("aria-invalid", "true")


def test_by_keyboard_alone(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    page.locator(".filling-language select").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="No")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("a stone")
    page.keyboard.press("Tab")
    expect(page.locator("[data-walk-state=received]")).to_be_visible()
    assert answers(harness)[-1] == {"path": "/data/why", "value": "a stone"}


def test_another_language(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    page.get_by_text("Yes").tap()
    page.get_by_label("Language").select_option("Español (es)")
    expect(page.get_by_role("group", name="El portón cierra.")).to_be_visible()
    expect(page.get_by_role("radio", name="Sí")).to_be_checked()
    expect(page.locator("[data-walk]")).to_have_attribute("lang", "es")


def test_a_photo_is_saved_before_it_is_an_answer(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    chosen = {"name": "gate.png", "mimeType": "image/png", "buffer": PICTURE}
    page.get_by_label("Picture").set_input_files(chosen)
    wait_for(page, "All 1 saved and received")
    digest = hashlib.sha256(PICTURE).hexdigest()
    (said,) = answers(harness)
    assert (said["photo"], said["name"], said["path"]) == (digest, f"{digest}.png", "/data/picture")
    assert harness.server.walks["walk-a"].photos == {digest: PICTURE}
    assert [method for method, _ in harness.requests].index("PUT") < [m for m, _ in harness.requests].index(
        "POST"
    )
    page.reload()
    expect(page.get_by_text(f"Kept: {digest}.png")).to_be_visible()


def test_without_a_network_nothing_is_lost(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    harness.is_down = True
    page.get_by_text("No", exact=True).tap()
    wait_for(page, "1 saved on this device, 0 of them received. No connection")
    page.close()
    again = opened(context, harness)
    expect(again.get_by_role("radio", name="No")).to_be_checked()
    harness.is_down = False
    again.get_by_text("Yes").tap()
    wait_for(again, "All 2 saved and received")
    assert [said["value"] for said in answers(harness)] == ["n", "y"]


def test_one_tab_writes(context: BrowserContext, harness: Harness) -> None:
    first = opened(context, harness)
    first.get_by_text("No", exact=True).tap()
    wait_for(first, "All 1 saved and received")
    second = opened(context, harness)
    wait_for(second, "open in another tab")
    assert second.locator("[data-walk]").evaluate("place => place.inert")
    first.close()
    wait_for(second, "All 1 saved and received")
    second.get_by_text("Yes").tap()
    wait_for(second, "All 2 saved and received")


# Chromium's way of setting a quota does not reach IndexedDB here: the store refuses as where a disk is full.
FULL = """window.isFull = false;
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (window.isFull && given[0].content) throw new DOMException("no room", "QuotaExceededError");
  return put.apply(this, given);
}"""


def test_a_full_device_says_that_nothing_is_saved(context: BrowserContext, harness: Harness) -> None:
    context.add_init_script(FULL)
    page = opened(context, harness)
    page.evaluate("window.isFull = true")
    chosen = {"name": "gate.png", "mimeType": "image/png", "buffer": PICTURE}
    page.get_by_label("Picture").set_input_files(chosen)
    wait_for(page, "no room left")
    expect(page.get_by_text("The photo was not saved.")).to_be_visible()
    page.reload()
    wait_for(page, "All 0 saved and received")
    assert answers(harness) == []
    page.get_by_label("Picture").set_input_files(chosen)
    wait_for(page, "All 1 saved and received")


def test_axe_finds_nothing(context: BrowserContext, harness: Harness) -> None:
    page = opened(context, harness)
    page.get_by_text("No", exact=True).tap()
    page.get_by_role("button", name="Add another").tap()
    page.get_by_label("Height in cm").fill("400")
    page.get_by_label("Height in cm").blur()
    wait_for(page, "received")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(told => told.violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
