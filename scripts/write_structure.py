"""Write `src/schoolward/config/structure.sql`, from which an empty SQLite database is made.

python scripts/write_structure.py

The migrations are run on an empty database, which takes most of a minute, and what they leave is written
down. To be called whenever a migration was added or changed; a test says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from schoolward.platform.structure.writing import text_of

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "src" / "schoolward" / "config" / "structure.sql"
HEAD = "-- Written by scripts/write_structure.py from the migrations; not to be edited.\n"


def text() -> str:
    """Return the file as the migrations are now."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "SCHOOLWARD_DATA_DIR": folder,
            "DATABASE_URL": "",
            "PYTHONPATH": str(ROOT / "src"),
        }
        command = ["migrate", "--by-migrations", "--skip-checks", "-v", "0"]
        subprocess.run([sys.executable, "-m", "schoolward", "manage", *command], env=environment, check=True)
        return HEAD + text_of(Path(folder) / "schoolward.sqlite3")


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
