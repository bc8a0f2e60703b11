"""A walk's form in Chromium at 390 pixels: by thumb, by keyboard, without a network, in two tabs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.assessments.harness import Harness, serving
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

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
    wait_for(page, "1 saved on this device, 0 of them received. The server failed")
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


RATED = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
  <h:title>Rated</h:title><model><instance><data id="rated" version="1">
    <zone><a/><b/><why/><c/></zone></data></instance>
  <bind nodeset="/data/zone/a" required="true()"/>
  <bind nodeset="/data/zone/why" relevant="/data/zone/b = '1'"/></model></h:head>
  <h:body><group ref="/data/zone"><label>Gate &amp; fence</label>QUESTIONS</group></h:body></h:html>"""
QUESTION = """<select1 ref="/data/zone/NAME"><label>Statement NAME &lt; 1</label>HINT
  <item><label>No</label><value>1</value></item><item><label/><value>"2"</value></item></select1>"""


def rated_form() -> str:
    """Two questions that are plain, one that is not relevant at first, and another that is plain."""
    named = [
        QUESTION.replace("NAME", name).replace("HINT", hint)
        for name, hint in (("a", "<hint>Push &amp; pull.</hint>"), ("b", ""), ("c", ""))
    ]
    why = '<input ref="/data/zone/why"><label>Why?</label></input>'
    return RATED.replace("QUESTIONS", "".join([*named[:2], why, named[2]]))


@pytest.fixture
def rated() -> Iterator[Harness]:
    with serving(compile_form(read_form(rated_form().encode()))) as served:
        yield served


def test_the_first_questions_are_what_the_script_builds(context: BrowserContext, rated: Harness) -> None:
    given = rated.first
    assert given.count("<fieldset") == 4
    rated.first = ""
    page = opened(context, rated)
    built = page.locator("[data-walk]").evaluate("place => place.innerHTML")
    page.goto(f"{rated.address}empty")
    # Both as a browser writes them; which language they are in is said by what the page came with alone.
    ours = page.evaluate("html => { document.body.innerHTML = html; return document.body.innerHTML }", given)
    assert ours.replace(' data-language=""', "") == built


def test_what_is_tapped_before_any_script_is_kept(context: BrowserContext, rated: Harness) -> None:
    page = context.new_page()
    waiting: list[Route] = []
    page.route("**/walk-*.js", lambda route: waiting.append(route))
    page.goto(rated.address, wait_until="commit")
    choice = page.get_by_role("group", name="Statement b").get_by_role("radio", name="No")
    page.get_by_role("group", name="Statement b").get_by_text("No").tap()
    expect(choice).to_be_checked()
    choice.focus()
    choice.evaluate("input => { window.tapped = input }")
    waiting[0].continue_()
    wait_for(page, "All 1 saved and received")
    assert answers(rated) == [{"path": "/data/zone/b", "value": "1"}]
    expect(page.get_by_label("Why?")).to_be_visible()
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()
    assert choice.evaluate("input => input === window.tapped")
    assert page.locator("[data-question]").evaluate_all(
        "all => all.map(each => each.firstElementChild.firstChild.data.slice(0, 11))"
    ) == ["Statement a", "Statement b", "Why?", "Statement c"]
    page.unroute_all()
    page.reload()
    wait_for(page, "All 1 saved and received")
    expect(choice).to_be_checked()
    assert len(answers(rated)) == 1


def test_a_tap_waits_for_the_journal_and_comes_after_it(context: BrowserContext, rated: Harness) -> None:
    page = opened(context, rated)
    page.get_by_role("group", name="Statement a").get_by_text("No").tap()
    page.get_by_role("group", name="Statement b").get_by_text("No").tap()
    wait_for(page, "All 2 saved and received")
    page.close()
    # The store opens late, as it does on a slow device.
    context.add_init_script(
        "const open = indexedDB.open.bind(indexedDB);"
        "IDBFactory.prototype.open = function (...given) {"
        "  const told = {}; setTimeout(() => { const real = open(...given);"
        "    for (const name of ['onupgradeneeded', 'onsuccess', 'onerror', 'onblocked'])"
        "      real[name] = () => { told.result = real.result; told.error = real.error; told[name]?.(); };"
        "  }, 1500); return told; };"
    )
    page = context.new_page()
    page.goto(rated.address)
    second = page.get_by_role("group", name="Statement b")
    second.get_by_text('"2"').tap()
    expect(page.locator("[data-walk-state]")).to_be_empty()
    wait_for(page, "All 3 saved and received")
    expect(second.get_by_role("radio", name='"2"')).to_be_checked()
    first = page.get_by_role("group", name="Statement a")
    expect(first.get_by_role("radio", name="No")).to_be_checked()
    expect(page.get_by_label("Why?")).to_be_hidden()
    assert [said["value"] for said in answers(rated)] == ["1", "1", '"2"']


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
