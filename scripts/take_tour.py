"""Take the pictures of docs/tour anew, from the demonstration in a real browser.

    .venv/bin/python scripts/take_tour.py [--data FOLDER] [NAME ...]

loads the demonstration district into a folder of its own (or takes the one that is in FOLDER), serves it by
the command that users run, and writes docs/tour/NAME.png: all of them, or those named. It needs the tools of
`make install-dev`, the built frontend (`make frontend`), Chromium, and pdftoppm for the printed page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TOUR = ROOT / "docs" / "tour"
SCHOOLWARD = Path(sys.executable).with_name("schoolward")
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
DAY = "2012-09-06"
PRINTED = "paper-page"
START_SECONDS = 60


@dataclass(frozen=True)
class Picture:
    """One picture: whose page it is, what is pressed and waited for first, and how wide the window stands."""

    name: str
    role: str
    path: str
    press: str = ""
    wait_for: str = ""
    scroll_to: str = ""
    window: tuple[tuple[str, int], ...] = tuple(WIDE.items())


PICTURES = (
    Picture("morning", "lead", "/"),
    Picture("morning-phone", "lead", "/", window=tuple(PHONE.items())),
    Picture("overview", "lead", "/overview"),
    Picture("map-phone", "lead", "/map", window=tuple(PHONE.items())),
    Picture("trace", "lead", f"/trace/alarms.false.hvac?from=2011-09-07&to={DAY}"),
    Picture(
        "desk", "alarm_operator", "/alarms/desk/", press="j Enter", wait_for="article.case", scroll_to="h1"
    ),
    Picture("desk-phone", "alarm_operator", "/alarms/desk/", window=tuple(PHONE.items())),
    Picture("reduction", "lead", "/alarms/reduction/"),
    Picture("fees", "lead", "/alarms/fees/"),
    Picture("paper", "lead", "/reports/2/", scroll_to="h3:has-text('Alarms')"),
    Picture("initiatives", "lead", "/initiatives/"),
    Picture("work", "lead", "/work/"),
    Picture("site", "lead", "/places/", press="first"),
    Picture("incidents", "lead", "/incidents/"),
    Picture("import", "lead", "/imports/table/incidents/"),
)


def main(arguments: list[str]) -> int:
    """Take the pictures named, or all of them."""
    reader = argparse.ArgumentParser(description="Take the pictures of docs/tour anew.")
    reader.add_argument("--data", help="a folder in which the demonstration is loaded already")
    reader.add_argument(
        "names", nargs="*", choices=[*(one.name for one in PICTURES), PRINTED, []], metavar="NAME"
    )
    given = reader.parse_args(arguments)
    chosen = [picture for picture in PICTURES if not given.names or picture.name in given.names]
    with _served(given.data) as (address, environment), _chromium() as browser:
        contexts: dict[str, BrowserContext] = {}
        for picture in chosen:
            if picture.role not in contexts:
                contexts[picture.role] = _signed_in(browser, address, picture.role)
            _take(contexts[picture.role], picture)
        if not given.names or PRINTED in given.names:
            _print_page(environment)
    return 0


def _take(context: BrowserContext, picture: Picture) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": dict(picture.window)["width"], "height": dict(picture.window)["height"]})
    page.goto(picture.path)
    page.wait_for_load_state("load")
    if picture.press == "first":
        page.click("main table tbody a")
    elif picture.press:
        page.wait_for_timeout(1000)
        for key in picture.press.split():
            page.keyboard.press(key)
    if picture.wait_for:
        page.locator(picture.wait_for).first.wait_for()
    if picture.scroll_to:
        page.locator(picture.scroll_to).first.evaluate("node => node.scrollIntoView()")
    page.wait_for_timeout(1500)  # what is fetched and drawn after the page itself
    page.screenshot(path=TOUR / f"{picture.name}.png", animations="disabled")
    page.close()
    print(f"docs/tour/{picture.name}.png")


def _print_page(environment: dict[str, str]) -> None:
    """The page of the printed paper on which the results begin to speak of alarms."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [SCHOOLWARD, "report", "board-summary", "--as-of", DAY, "--out", folder],
            env=environment,
            check=True,
            capture_output=True,
        )
        (paper,) = Path(folder).glob("*.pdf")
        number = _page_of(paper, "set off")
        subprocess.run(
            [
                "pdftoppm",
                "-r",
                "80",
                "-f",
                number,
                "-l",
                number,
                "-singlefile",
                "-png",
                paper,
                TOUR / PRINTED,
            ],
            check=True,
        )
    print(f"docs/tour/{PRINTED}.png")


def _page_of(paper: Path, words: str) -> str:
    import pypdf

    pages = pypdf.PdfReader(paper).pages
    return str(next(number for number, page in enumerate(pages, start=1) if words in page.extract_text()))


def _signed_in(browser: Browser, address: str, role: str) -> BrowserContext:
    import django

    django.setup()  # the seed's module has models; nothing of a database is asked
    from schoolward.domains.people.seed import DEMONSTRATION_PASSWORD, email_of

    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email_of(role))
    page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    page.click("main form button.usa-button")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.close()
    return context


@contextmanager
def _chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _served(data: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    """The demonstration, served on the loopback: its address, and the environment of its commands."""
    with tempfile.TemporaryDirectory(prefix="schoolward-tour-") as folder:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "SCHOOLWARD_DATA_DIR": data or folder,
            "SCHOOLWARD_DEMO": "1",
            "SCHOOLWARD_SITE_URL": address,
            "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
        }
        environment.pop("DATABASE_URL", None)
        os.environ.update(environment)
        if data is None:
            subprocess.run([SCHOOLWARD, "demo"], env=environment, check=True)
        with (Path(folder) / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [SCHOOLWARD, "run", "--port", str(port)],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait_until_up(f"{address}/healthz")
                yield address, environment
            finally:
                os.killpg(server.pid, signal.SIGTERM)
                server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
