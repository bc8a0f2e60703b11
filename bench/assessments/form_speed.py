"""How soon a walk's form can be filled on a phone, and how long a tap takes: ours and ODK Web Forms.

    .venv/bin/python bench/assessments/form_speed.py [--items 100 300] [--taps 40] [--rounds 3] [--peer DIR]

*Usable* is the first frame in which the first question's choices can be tapped, from the beginning of the
navigation, the median of some rounds; *tap* from a choice being clicked to the end of the frame that shows
what came of it. The page comes with its first questions as HTML; what is tapped before its script is ready
is done as soon as it is, and when that is is told as well. Beside the clock stands the time that the page's
thread was at work: on a busy machine it holds better. What no form can be quicker than is measured in the
same rounds: *an empty page* with the same head and style, and *plain HTML*, all questions as they stand in
our page once it is at rest, without a script. `@getodk/web-forms` is installed from npm into a temporary
folder (`--peer` keeps it; `--ours` leaves it out). Run `make frontend` first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.assessments.forms_of_size import checklist_of_size, walk_form  # noqa: E402
from bench.assessments.harness import Harness, serving  # noqa: E402
from bench.assessments.javascript import node_program  # noqa: E402
from bench.assessments.odk_web_forms import peer_folder, peer_page, serving_folder  # noqa: E402
from bench.assessments.phone import CHOICE, CHROMIUM, Phone, Start, Taps, median, p95  # noqa: E402
from bench.machine import state  # noqa: E402
from scripts.build_frontend import FRONTEND, OUTPUT  # noqa: E402

from schoolward.protocols.xforms.compiling import compile_form  # noqa: E402
from schoolward.protocols.xforms.reading import read_form  # noqa: E402

USABLE_GOAL_S = {100: 0.5, 300: 1.0}
TAP_GOAL_MS = 50
SIZE_GOAL_KB = 40
CHECKLIST_ITEMS = 100


def runtime_size() -> int:
    """Bytes of the form runtime alone (without the page that shows it), minified and after gzip."""
    with tempfile.TemporaryDirectory() as folder:
        script = (
            "import { build } from 'rolldown';"
            "await build({ input: './forms/index.js', platform: 'browser', logLevel: 'silent',"
            f" output: {{ file: {json.dumps(folder + '/runtime.js')}, minify: true }} }});"
        )
        subprocess.run([node_program(), "--input-type=module", "--eval", script], cwd=FRONTEND, check=True)
        return len(gzip.compress((Path(folder) / "runtime.js").read_bytes(), 9))


def page_size() -> int:
    """Bytes of all JavaScript of the walk's page after gzip: runtime, questions, journal."""
    manifest = json.loads((OUTPUT / "manifest.json").read_text("utf-8"))
    files = {manifest["walk.js"]["file"]}
    files |= {manifest[name]["file"] for name in manifest["walk.js"].get("imports", [])}
    return sum(len(gzip.compress((OUTPUT / file).read_bytes(), 9)) for file in files)


def started(browser: Browser, address: str, selector: str = CHOICE) -> Start:
    """Open a page once and leave it."""
    phone = Phone(browser)
    start = phone.open(address, selector)
    phone.close()
    return start


def tapped(browser: Browser, address: str, many: int) -> tuple[Start, Taps, str]:
    """Open a page, tap all over the form; also gives the form as HTML as it stood before."""
    phone = Phone(browser)
    start = phone.open(address)
    phone.page.wait_for_timeout(2_000)
    told = phone.page.evaluate("document.querySelector('form')?.outerHTML ?? ''")
    taps = phone.taps(many)
    phone.close()
    return start, taps, told


def measure_ours(browser: Browser, harness: Harness, taps: int, rounds: int) -> tuple[Start, Taps]:
    """Our page and its floors in turn; prints the floors."""
    first, tapping, html = tapped(browser, harness.address, taps)
    harness.plain = html
    listening: list[float] = []

    def ours() -> Start:
        phone = Phone(browser)
        start = phone.open(harness.address)
        listening.append(phone.listens_s())
        phone.close()
        return start

    starts: dict[str, list[Start]] = {"ours": [first], "empty": [], "plain": []}
    pages: dict[str, Callable[[], Start]] = {
        "empty": lambda: started(browser, harness.address + "empty", "h1"),
        "plain": lambda: started(browser, harness.address + "plain"),
        "ours": ours,
    }
    for _ in range(rounds):
        for name, opening in pages.items():
            starts[name].append(opening())
    print(f"    an empty page: {median(starts['empty'])}; plain HTML: {median(starts['plain'])}")
    print(f"    what is answered is evaluated and saved from {statistics.median(listening):.2f} s on")
    return median(starts["ours"]), tapping


def measure_both(
    browser: Browser, name: str, xform: str, goal_s: float | None, arguments: argparse.Namespace
) -> None:
    """Our page of a form, and the peer's; prints both."""
    with serving(compile_form(read_form(xform.encode()))) as harness:
        start, taps = measure_ours(browser, harness, arguments.taps, arguments.rounds)
    print(f"{name}, ours: {start}, {taps} (goals {goal_s or 'none'} s, {TAP_GOAL_MS} ms)")
    if arguments.ours:
        return
    with peer_folder(arguments.peer) as folder:
        built = peer_page(folder, xform)
        with serving_folder(built) as address:
            peer, peer_taps, _ = tapped(browser, address, max(5, arguments.taps // 4))
        size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in built.rglob("*.js"))
    print(f"{name}, ODK Web Forms: {peer}, {peer_taps}; {size / 1000:,.0f} kB of JavaScript")
    times, tap_times = peer.busy_s / start.busy_s, p95(peer_taps.busy_ms) / p95(taps.busy_ms)
    print(f"    {times:.1f} and {tap_times:.1f} times ours, by the time at work")


def main() -> None:
    """Measure ours and the peer for each number of items."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--taps", type=int, default=40, help="taps of ours; the peer gets a quarter")
    parser.add_argument("--rounds", type=int, default=3, help="how often our page and its floors are opened")
    parser.add_argument("--peer", type=Path, help="a folder in which the peer is, or is kept")
    parser.add_argument("--ours", action="store_true", help="without the peer")
    arguments = parser.parse_args()
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    print(state())
    runtime, whole = runtime_size() / 1000, page_size() / 1000
    print(
        f"runtime {runtime:.1f} kB after gzip (goal {SIZE_GOAL_KB}); whole page {whole:.1f} kB of JavaScript"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        for items in arguments.items:
            measure_both(browser, f"{items} items", walk_form(items), USABLE_GOAL_S.get(items), arguments)
        form = checklist_of_size(CHECKLIST_ITEMS)
        name = f"a walk of {CHECKLIST_ITEMS} items with notes, photographs and pins"
        measure_both(browser, name, form, USABLE_GOAL_S[CHECKLIST_ITEMS], arguments)
        browser.close()
    print(state())


if __name__ == "__main__":
    main()
