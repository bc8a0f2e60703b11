"""Taps of a walk: 100 items, 25 of them failing, 30 photographs with their pins; then the 25 looked at again.

    .venv/bin/python bench/assessments/taps.py [--json] [--pictures FOLDER]

The real server, the real page, Chromium at 390 x 844 pixels with touch. Everything is invented. Each failing
item gets a note and a photograph with its pin on the plan, five get a second photograph. Counted is every tap
in the page; those of the phone's camera (shutter, use it) are told apart, because they are none of ours. What
the server has at the end must be what was tapped. Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.assessments.small_installation import (  # noqa: E402
    EMAIL,
    ITEMS,
    PASSWORD,
    ask_again,
    kept_in,
    served,
    set_up,
)
from bench.machine import state  # noqa: E402

GOAL_BEYOND, GOAL_AGAIN = 200, 60
FINDINGS, PHOTOS = 25, 30
PHONE: Any = {"width": 390, "height": 844}
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
CAMERA = 2
"""Taps of a phone's own camera for one picture: shutter, use it."""
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class Thumb:
    """Taps in a page, and counts them by what they are for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.taps: Counter[str] = Counter()

    def tap(self, what: str, target: Any, **more: Any) -> None:
        """One tap, once what comes into sight on the way has its size."""
        target.scroll_into_view_if_needed()
        target.evaluate(
            "node => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        target.scroll_into_view_if_needed()
        target.tap(**more)
        self.taps[what] += 1

    def rate(self, code: str, label: str) -> None:
        """Rate an item."""
        item = self.page.locator(f"#item-{code}")
        self.tap("ratings", item.locator("label", has_text=label))

    def photo(self, code: str, content: bytes) -> None:
        """Take a photograph at an item."""
        group = self.page.locator(".filling-group", has=self.page.locator(f"#item-{code}")).last
        label = group.locator(".walk-extra--photo:not(.has-photo):not(.is-folded) > label").first
        with self.page.expect_file_chooser() as chooser:
            self.tap("photographs", label)
        self.taps["camera"] += CAMERA
        chooser.value.set_files({"name": "p.gif", "mimeType": "image/gif", "buffer": content})

    def pin(self, code: str, number: int) -> None:
        """Set the pin of the photograph that was taken last."""
        group = self.page.locator(".filling-group", has=self.page.locator(f"#item-{code}")).last
        plan = group.locator(".walk-extra--pin img").nth(number - 1)
        self.tap("pins", plan, position={"x": 40, "y": 40})

    def note(self, code: str, text: str) -> None:
        """Write a note: one tap, then the keyboard."""
        group = self.page.locator(".filling-group", has=self.page.locator(f"#item-{code}")).last
        field = group.locator(".walk-extra--note textarea")
        self.tap("notes", field)
        field.press_sequentially(text)

    def hand_in(self) -> None:
        """Hand the walk in, and wait until the server has it."""
        self.tap("handing in", self.page.locator("[data-walk-hand-in]"))
        self.tap("handing in", self.page.locator("[data-walk-submit]"))
        self.page.locator("[data-walk-state=gone]").wait_for(timeout=60_000)

    @property
    def beyond(self) -> int:
        """Taps in the page beyond the ratings."""
        return sum(count for what, count in self.taps.items() if what not in ("ratings", "camera"))

    @property
    def all(self) -> int:
        """All taps in the page."""
        return self.beyond + self.taps["ratings"]


def walk(page: Any, assessment: int) -> Thumb:
    """Walk all items: every fourth fails."""
    thumb = Thumb(page)
    page.goto(f"/assessments/{assessment}/")
    thumb.tap("starting", page.get_by_role("button", name="Start the walk"))
    page.locator("[data-walk-state=received]").wait_for()
    photos = 0
    for place in range(ITEMS):
        code = f"Z{place // 10}I{place % 10}"
        is_failing = place % (ITEMS // FINDINGS) == 1
        thumb.rate(code, "Not so" if is_failing else "Fully so")
        if not is_failing:
            continue
        thumb.note(code, f"By the wall {place}.")
        for number in range(1, 3 if place % 20 == 1 else 2):
            photos += 1
            thumb.photo(code, GIF + str(photos).encode())
            thumb.pin(code, number)
    thumb.hand_in()
    return thumb


def look_again(page: Any, request: int) -> Thumb:
    """Look at everything that failed again: it is mended, with a photograph of each."""
    thumb = Thumb(page)
    page.goto("/assessments/reinspections/")
    start = page.locator(f"form[action$='/reinspections/{request}/start/'] button")
    thumb.tap("starting", start)
    page.locator("[data-walk-state=received]").wait_for()
    for number, item in enumerate(page.locator(".walk-rating").all()):
        code = str(item.get_attribute("id")).removeprefix("item-")
        thumb.rate(code, "Fully so")
        thumb.photo(code, GIF + f"again {number}".encode())
    thumb.hand_in()
    return thumb


def main() -> int:
    """Count, compare with what arrived, and say so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--pictures", type=Path, help="write a picture of each page into this folder")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="schoolward-taps-"))
    try:
        first, again, wrong = _count(folder, arguments.pictures)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    is_good = not wrong and first.beyond <= GOAL_BEYOND and again.all <= GOAL_AGAIN
    if arguments.json:
        told = {"first": dict(first.taps), "again": dict(again.taps), "wrong": wrong}
        print(json.dumps({**told, "beyond": first.beyond, "again_all": again.all}))
        return 0 if is_good else 1
    print(state())
    print(f"a walk of {ITEMS} items, {FINDINGS} findings, {PHOTOS} photographs with pins")
    print(f"taps beyond the {first.taps['ratings']} ratings: {first.beyond} (goal {GOAL_BEYOND})")
    print("  " + ", ".join(f"{what} {count}" for what, count in first.taps.items()))
    print(f"  with the camera's own taps: {first.beyond + first.taps['camera']}")
    print(f"looking at the {FINDINGS} again with {FINDINGS} photographs: {again.all} (goal {GOAL_AGAIN})")
    print("  " + ", ".join(f"{what} {count}" for what, count in again.taps.items()))
    for one in wrong:
        print(f"WRONG: {one}")
    return 0 if is_good else 1


def _count(folder: Path, pictures: Path | None) -> tuple[Thumb, Thumb, list[str]]:
    from playwright.sync_api import sync_playwright

    assessment = set_up(folder)
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            base_url=address, viewport={"width": 390, "height": 844}, has_touch=True
        )
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", EMAIL)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button.usa-button")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        first = walk(page, assessment)
        _picture(page, pictures, "first")
        request = ask_again(folder, assessment)
        again = look_again(page, request)
        _picture(page, pictures, "again")
        browser.close()
    return first, again, differing(kept_in(folder, assessment))


def differing(told: dict[str, int]) -> list[str]:
    """What differs between what was tapped and what is kept."""
    wanted = {
        "rated": ITEMS,
        "findings": FINDINGS,
        "noted": FINDINGS,
        "photos": PHOTOS,
        "pinned": PHOTOS,
        "mended": FINDINGS,
        "photos_again": FINDINGS,
    }
    return [f"{name}: {told[name]}, not {count}" for name, count in wanted.items() if told[name] != count]


def _picture(page: Any, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
