"""Write `requirements/*.lock` from `pyproject.toml`: every package, version and hash, no index address.

python3 scripts/lock.py            newest versions that pyproject.toml allows
python3 scripts/lock.py --check    only tell whether the locks still satisfy pyproject.toml
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = {
    "run": ["--group", "build"],
    "dev": ["--group", "build", "--group", "dev", "--constraints", "requirements/run.lock"],
}


def compile_lock(name: str, output: Path) -> None:
    """Resolve one set for every platform and every supported Python into `output`."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", *SETS[name]]
    command += ["--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-annotate", "--no-header"]
    subprocess.run([*command, "--output-file", str(output)], cwd=ROOT, check=True)


def check() -> int:
    """Return 1, and say so, when a lock does not satisfy `pyproject.toml`; nothing is written."""
    with tempfile.TemporaryDirectory() as directory:
        for name in SETS:
            lock = ROOT / "requirements" / f"{name}.lock"
            fresh = Path(directory) / lock.name
            # uv keeps the versions that it finds in the output file as long as they satisfy the request.
            fresh.write_bytes(lock.read_bytes())
            compile_lock(name, fresh)
            if fresh.read_bytes() != lock.read_bytes():
                sys.stderr.write(
                    f"requirements/{lock.name} does not match pyproject.toml; run `make lock`.\n"
                )
                return 1
    return 0


def main() -> int:
    """Write or check the locks."""
    if sys.argv[1:] == ["--check"]:
        return check()
    for name in SETS:
        lock = ROOT / "requirements" / f"{name}.lock"
        fresh = lock.with_suffix(".new")  # a failed resolution must not take the old lock with it
        compile_lock(name, fresh)
        fresh.replace(lock)
    return 0


if __name__ == "__main__":
    sys.exit(main())
