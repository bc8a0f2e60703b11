"""How far is a fresh machine from its first page: `make run` cold, and again.

    .venv/bin/python bench/start.py

The committed tree is cloned into a temporary folder with an empty home, so that no cache of a package
manager helps. Compared to the goals (90 s cold, 5 s again); the machine's load is printed beside the figures.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"cold": 90.0, "again": 5.0}
PATIENCE = 600.0
KEPT = ("PATH", "LANG", "SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "NODE_EXTRA_CA_CERTS", "HTTPS_PROXY")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_to_first_page(tree: Path, environment: dict[str, str]) -> float:
    """Run `make run` in the tree until the sign-in page answers, then stop it."""
    port = free_port()
    begun = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=tree,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.monotonic() - begun < PATIENCE and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=30).read()
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
            else:
                return time.monotonic() - begun
        sys.exit("`make run` did not answer")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def main() -> None:
    """Measure both starts."""
    print(machine.state())
    with tempfile.TemporaryDirectory() as folder:
        tree, home = Path(folder) / "tree", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
        environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)}
        # The Python that runs this, not the environment that it runs in.
        environment["PYTHON"] = str(Path(sys.base_prefix) / "bin" / "python3")
        for name, goal in GOALS.items():
            load = os.getloadavg()[0]
            seconds = seconds_to_first_page(tree, environment)
            print(
                f"{name:5}  {seconds:6.1f} s  goal {goal:4.0f} s  ratio {seconds / goal:.2f}  load {load:.1f}"
            )
        size = sum(file.stat().st_size for file in (tree / ".venv").rglob("*") if file.is_file())
        print(f".venv  {size / 1e6:6.0f} MB on disk; {shutil.disk_usage(folder).free / 1e9:.0f} GB free")


if __name__ == "__main__":
    main()
