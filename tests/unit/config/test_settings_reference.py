"""The reference of settings names every variable that is read, and none that is not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
READ = re.compile(r"""env(?:\.\w+)?\(\s*"((?:SCHOOLWARD_|DATABASE_)\w+)\"""")


def test_the_reference_lists_exactly_what_is_read() -> None:
    read = set(READ.findall((ROOT / "src/schoolward/config/settings.py").read_text()))
    listed = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/reference/settings.md").read_text(), re.MULTILINE))
    assert len(read) > 15
    assert listed == read
