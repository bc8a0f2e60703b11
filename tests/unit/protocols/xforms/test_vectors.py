"""The shared examples: what forms compile to, and what sessions give. JavaScript reads the same files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.write_form_vectors import as_text, compiled, forms, played, sessions


@pytest.mark.parametrize("path", forms(), ids=lambda path: path.name)
def test_a_form_compiles_to_what_is_kept(path: Path) -> None:
    assert as_text(compiled(path), indent=None) == path.with_suffix(".compiled.json").read_text("utf-8")


@pytest.mark.parametrize("path", sessions(), ids=lambda path: path.name)
def test_a_session_gives_what_is_kept(path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    assert kept.keys() & {"nodes", "error"}
    assert played(kept) == kept
