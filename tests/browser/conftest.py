"""A real installation for the browser: its own folder, the demonstration district, the real server.

Each process of the test run has an installation, a server and a browser of its own, so that what one does at
the alarm desk is nothing to the others. The demonstration is loaded once and copied.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
SCHOOLWARD = Path(sys.executable).with_name("schoolward")
START_SECONDS = 60
# Chromium looks for its maker's hosts at every start; a machine without the internet waits for them.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Installation:
    """Where the server under test answers and where it keeps its things."""

    address: str
    data_dir: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is the same for all processes of this test run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demonstration(shared_folder: Path) -> Path:
    """The data folder of an installation that holds the demonstration, and is only copied from."""
    made = shared_folder / "demonstration"
    with (shared_folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first process makes it, the others wait for that
        if not made.exists():
            making = shared_folder / "demonstration-in-the-making"
            shutil.rmtree(making, ignore_errors=True)
            migrated.copy_to(making)
            subprocess.run([SCHOOLWARD, "demo"], env=environment_of(making), check=True, timeout=600)
            making.rename(made)
    return made


def environment_of(data_dir: Path, address: str = "") -> dict[str, str]:
    """The environment of the commands of an installation on SQLite."""
    environment = {**os.environ, "SCHOOLWARD_DATA_DIR": str(data_dir), "SCHOOLWARD_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    if address:
        environment["SCHOOLWARD_SITE_URL"] = address
    return environment


@pytest.fixture(scope="session")
def installation(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Serve a copy of the demonstration district by the same command that users run."""
    data_dir = tmp_path_factory.mktemp("installation") / "data"
    shutil.copytree(demonstration, data_dir)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = environment_of(data_dir, address)
    log = (data_dir / "server.log").open("wb")
    server = subprocess.Popen(
        [SCHOOLWARD, "run", "--port", str(port)],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_until_up(address, server, data_dir)
        yield Installation(address, data_dir)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        log.close()


def _wait_until_up(address: str, server: subprocess.Popen[bytes], data_dir: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/accounts/login/", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{(data_dir / 'server.log').read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in(installation: Installation, browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """Give a browser context that is signed in as a role; one sign-in a role for the whole session."""
    from schoolward.domains.people.seed import DEMONSTRATION_PASSWORD, email_of

    contexts: dict[str, BrowserContext] = {}

    def sign_in(role: str) -> BrowserContext:
        if role not in contexts:
            # The checks evaluate axe in the page; the policy under test stays on for the page itself.
            context = browser.new_context(base_url=installation.address, bypass_csp=True)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", email_of(role))
            page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
            page.click("main form button.usa-button")
            page.wait_for_url(lambda url: "/accounts/login" not in url)
            page.close()
            contexts[role] = context
        return contexts[role]

    yield sign_in
    for context in contexts.values():
        context.close()
