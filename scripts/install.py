"""Put the locked packages into `.venv`, starting from nothing but Python.

    python3 scripts/install.py run     what the product needs, and what builds its front end
    python3 scripts/install.py dev     that, and the tools that check it

Only the standard library is used: this file runs before anything is installed. Every way in which a fresh
machine can fall short ends in one sentence that says what is missing and how to mend it.

The locks name no package index. pip's own settings (files and `PIP_*`) say where packages come from, and
they are handed to uv, which does not read them. So a district behind a mirror sets its mirror once.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MINIMUM_PYTHON = (3, 11)
MINIMUM_FREE_BYTES = {"run": 1_500_000_000, "dev": 2_000_000_000}


class CannotInstallError(Exception):
    """Something that this machine lacks; the message is the one sentence that the user sees."""


def main(arguments: list[str]) -> int:
    """Install the set of packages named on the command line; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in MINIMUM_FREE_BYTES:
        print(__doc__, file=sys.stderr)
        return 2
    package_set = arguments[0]
    try:
        check_machine(package_set)
        create_environment()
        index = package_index_environment()
        install_uv(index)
        install_packages(package_set, index)
    except CannotInstallError as problem:
        print(f"Cannot install: {problem}", file=sys.stderr)
        return 1
    return 0


def check_machine(package_set: str) -> None:
    """Refuse early, in words, what would otherwise fail late in a stack trace."""
    if sys.version_info < MINIMUM_PYTHON:
        raise CannotInstallError(
            f"Schoolward needs Python {'.'.join(map(str, MINIMUM_PYTHON))} or newer, and this is "
            f"{sys.version.split()[0]} ({sys.executable})."
        )
    if not PYTHON.exists():
        check_ensurepip()
        free = shutil.disk_usage(ROOT).free
        if free < MINIMUM_FREE_BYTES[package_set]:
            raise CannotInstallError(
                f"{ROOT} has {free / 1e9:.1f} GB free and the packages need "
                f"{MINIMUM_FREE_BYTES[package_set] / 1e9:.1f} GB; free some space and run the command again."
            )


def check_ensurepip() -> None:
    """Debian and Ubuntu ship Python without `ensurepip`, and then `venv` makes environments without pip."""
    try:
        import ensurepip  # noqa: F401 - its presence is the question
    except ImportError:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise CannotInstallError(
            f"{sys.executable} cannot make virtual environments; on Debian or Ubuntu install them with "
            f"`apt-get install {package}`, then run the command again."
        ) from None


def create_environment() -> None:
    """Make `.venv`, or make it anew when its Python no longer runs (moved, or upgraded away)."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    say(f"Making {ENVIRONMENT.name} with Python {sys.version.split()[0]}")
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists(), upgrade_deps=False)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotInstallError(
            f"the virtual environment {ENVIRONMENT} could not be made: {error}."
        ) from error


def package_index_environment() -> dict[str, str]:
    """Return the environment in which uv uses the package index and the certificates that pip is set to use.

    Settings that the user has already made for uv win.
    """
    environment = dict(os.environ)
    settings = dict(
        re.findall(
            r"^(?:global|install|:env:|site|user)?\.?([a-z-]+)='(.*)'$",
            subprocess.run(
                [PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
            ).stdout,
            re.MULTILINE,
        )
    )
    for pip_key, uv_variable in (
        ("index-url", "UV_DEFAULT_INDEX"),
        ("cert", "SSL_CERT_FILE"),
        ("timeout", "UV_HTTP_TIMEOUT"),
        ("default-timeout", "UV_HTTP_TIMEOUT"),
    ):
        if value := settings.get(pip_key):
            environment.setdefault(uv_variable, value)
    environment.setdefault("UV_LINK_MODE", "hardlink" if same_file_system() else "copy")
    environment["VIRTUAL_ENV"] = str(ENVIRONMENT)
    return environment


def same_file_system() -> bool:
    """Return whether uv can link its cached files into the environment instead of copying them."""
    home = Path.home()
    return home.exists() and home.stat().st_dev == ROOT.stat().st_dev


def install_uv(environment: dict[str, str]) -> None:
    """Install uv itself with pip, at the version and with the hashes that the lock holds."""
    pinned = re.search(
        r"^uv==(\S+)(?: ;[^\\]*)? \\\n(?:    --hash=\S+(?: \\)?\n)+", lock_text("run"), re.MULTILINE
    )
    if pinned is None:
        raise CannotInstallError("requirements/run.lock does not name uv; run `make lock`.")
    installed = subprocess.run([PYTHON, "-m", "uv", "--version"], capture_output=True, text=True, check=False)
    if installed.returncode == 0 and f"uv {pinned[1]}" in installed.stdout:
        return
    say(f"Installing uv {pinned[1]}")
    requirement = ENVIRONMENT / "uv.lock.txt"
    requirement.write_text(pinned[0], encoding="utf-8")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--requirement", requirement], environment, "uv could not be downloaded")


def install_packages(package_set: str, environment: dict[str, str]) -> None:
    """Make the environment exactly what the lock says, then put this tree into it without copying it."""
    say(f"Installing {len(re.findall('^[a-z]', lock_text(package_set), re.MULTILINE))} locked packages")
    uv = [PYTHON, "-m", "uv", "pip"]
    lock = ROOT / "requirements" / f"{package_set}.lock"
    run(
        [*uv, "sync", "--quiet", "--require-hashes", lock], environment, "the packages could not be installed"
    )
    tree = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    run([*uv, *tree], environment, "Schoolward itself could not be installed")


def lock_text(package_set: str) -> str:
    """Return the text of one lock."""
    return (ROOT / "requirements" / f"{package_set}.lock").read_text(encoding="utf-8")


def run(command: list[str | Path], environment: dict[str, str], problem: str) -> None:
    """Run one step; on failure say what failed and the last line that the tool itself had to say about it."""
    result = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode != 0:
        fail(problem, result.stderr)


def fail(problem: str, said: str) -> NoReturn:
    """Raise the one sentence for a failed step, with the tool's own words above it."""
    sys.stderr.write(said)
    if "No space left on device" in said or "os error 28" in said:
        raise CannotInstallError("the disk is full; free some space and run the command again.")
    if re.search(r"dns error|connect|timed out|unreachable|Name or service", said, re.IGNORECASE):
        raise CannotInstallError(
            f"{problem}, because the package index did not answer; check the network, or set "
            "PIP_INDEX_URL to a mirror."
        )
    raise CannotInstallError(f"{problem}; the lines above say why.")


def say(sentence: str) -> None:
    """Print one line of progress."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
