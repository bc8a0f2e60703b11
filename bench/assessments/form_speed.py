"""How soon a walk's form can be filled on a phone, and how long a tap takes: ours and ODK Web Forms.

    .venv/bin/python bench/assessments/form_speed.py [--items 100 300] [--taps 40] [--peer DIR] [--ours]

Debian's Chromium, headless, 390 by 844 pixels, the processor throttled four times. *Usable* is the first
frame in which the first question's choices can be tapped, from the beginning of the navigation; *tap* from a
choice being clicked to the end of the frame that shows what came of it. Beside the clock stands the time that
the page's thread was at work: on a busy machine it holds better. `@getodk/web-forms` is installed from npm
into a temporary folder (`--peer` keeps it). Run `make frontend` first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.assessments.forms_of_size import walk_form  # noqa: E402
from bench.assessments.harness import serving  # noqa: E402
from bench.assessments.javascript import node_program  # noqa: E402
from bench.machine import state  # noqa: E402
from scripts.build_frontend import FRONTEND, OUTPUT, node_folder  # noqa: E402

from schoolward.protocols.xforms.compiling import compile_form  # noqa: E402
from schoolward.protocols.xforms.reading import read_form  # noqa: E402

PEER = ("@getodk/web-forms@0.22.0", "vue@3")
THROTTLING = 4
USABLE_GOAL_S = {100: 0.5, 300: 1.0}
TAP_GOAL_MS = 50
SIZE_GOAL_KB = 40
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TIMEOUT_MS = 300_000
REST_MS = 3_000
"""What a page does after it is usable is over by then, before taps are measured."""
FIRST_FRAME = """
(() => {
  const look = () => {
    const choice = document.querySelector("input[type=radio]");
    if (choice && choice.closest("label, fieldset, div").getBoundingClientRect().height > 0)
      requestAnimationFrame(() => { window.usableAt = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
REACH = """
async ({ question, choice }) => {
  const names = [...new Set([...document.querySelectorAll("input[type=radio]")].map((input) => input.name))];
  const inputs = document.getElementsByName(names[question % names.length]);
  const input = inputs[Math.min(choice, inputs.length - 1)];
  input.scrollIntoView({ block: "center" });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
  return input;
}
"""
TAP = """
async (input) => {
  const begun = performance.now();
  input.click();
  // A task that is queued in a frame runs after its layout and paint.
  await new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  }));
  return performance.now() - begun;
}
"""
PEER_MAIN = """
import { createApp, h } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
const formXml = document.querySelector("#form").textContent;
const fetchFormAttachment = async () => new Response("", { status: 404 });
const render = () => h(OdkWebForm, { formXml, fetchFormAttachment });
createApp({ render }).use(webFormsPlugin).mount("#app");
"""
PEER_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Peer</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><div id="app"></div>
<textarea id="form" hidden></textarea><script type="module" src="/main.js"></script></body></html>
"""


@dataclass(frozen=True)
class Measured:
    """Seconds until usable and milliseconds of each tap: by the clock, and of the page's thread at work."""

    usable_s: float
    busy_s: float
    taps_ms: list[float]
    busy_ms: list[float]

    def __str__(self) -> str:
        return (
            f"usable {self.usable_s:.2f} s ({self.busy_s:.2f} at work), "
            f"tap p95 {p95(self.taps_ms):.0f} ms ({p95(self.busy_ms):.0f} at work)"
        )


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


class Thread:
    """The time that a page's thread has been at work, the throttling included."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy_s(self) -> float:
        """Seconds since the page began."""
        told = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in told if each["name"] == "TaskDuration"))


def measure(browser: Browser, address: str, taps: int) -> Measured:
    """Open a page on a slow phone, and tap choices all over the form."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.add_init_script(FIRST_FRAME)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})
    thread = Thread(session)
    page.goto(address, timeout=TIMEOUT_MS, wait_until="commit")
    page.wait_for_function("window.usableAt")
    usable, busy = page.evaluate("window.usableAt"), thread.busy_s()
    page.wait_for_load_state("load")
    page.wait_for_timeout(REST_MS)
    taken, worked = [], []
    for number in range(taps):
        # Every other tap is a failed rating, which brings three more questions.
        target = page.evaluate_handle(REACH, {"question": number * 7, "choice": 0 if number % 2 else 3})
        begun = thread.busy_s()
        taken.append(page.evaluate(TAP, target))
        worked.append((thread.busy_s() - begun) * 1000)
    context.close()
    return Measured(usable / 1000, busy, taken, worked)


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


@contextmanager
def peer_folder(kept: Path | None) -> Iterator[Path]:
    """A folder in which the peer is installed."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "node_modules" / "@getodk" / "web-forms").is_dir():
            npm = (
                node_folder()
                / ("node_modules" if os.name == "nt" else "lib/node_modules")
                / "npm/bin/npm-cli.js"
            )
            (folder / "package.json").write_text('{"private": true, "type": "module"}')
            command = [node_program(), npm, "install", "--no-fund", "--no-audit", *PEER]
            environment = {**os.environ, "PATH": f"{node_program().parent}:{os.environ['PATH']}"}
            subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
        yield folder


def peer_page(folder: Path, xform: str) -> Path:
    """Build the peer's page for a form; returns the folder to serve."""
    (folder / "main.js").write_text(PEER_MAIN)
    (folder / "index.html").write_text(PEER_PAGE.replace("></textarea>", f">{escape(xform)}</textarea>"))
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    subprocess.run(
        [node_program(), vite, "build", "--logLevel", "error", "--emptyOutDir", "--outDir", "built", folder],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "built"


@contextmanager
def serving_folder(folder: Path) -> Iterator[str]:
    """Serve files on a loopback port; gives the address."""
    import threading
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Measure ours and the peer for each number of items."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--taps", type=int, default=40, help="taps of ours; the peer gets a quarter")
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
            xform = walk_form(items)
            with serving(compile_form(read_form(xform.encode()))) as harness:
                ours = measure(browser, harness.address, arguments.taps)
            goal = USABLE_GOAL_S.get(items, "none")
            print(f"{items} items, ours: {ours} (goals {goal} s, {TAP_GOAL_MS} ms)")
            if arguments.ours:
                continue
            with peer_folder(arguments.peer) as folder:
                built = peer_page(folder, xform)
                with serving_folder(built) as address:
                    peer = measure(browser, address, max(5, arguments.taps // 4))
                size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in built.rglob("*.js"))
            print(f"{items} items, ODK Web Forms: {peer}; {size / 1000:,.0f} kB of JavaScript")
            usable, tap = peer.busy_s / ours.busy_s, p95(peer.busy_ms) / p95(ours.busy_ms)
            print(f"    {usable:.1f} and {tap:.1f} times ours, by the time at work")
        browser.close()
    print(state())


if __name__ == "__main__":
    main()
