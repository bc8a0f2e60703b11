"""A style sheet that a page carries in itself: whole, known by its hash, and never one that names files."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from django.conf import LazySettings

from schoolward.platform.access.headers import CONTENT_SECURITY_POLICY, policy_with_style
from schoolward.platform.ui.built import built_style


@pytest.fixture
def built(tmp_path: Path, settings: LazySettings) -> Path:
    """A build with one sheet."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"walk.js": {"file": "walk.js", "css": ["walk.css"]}, "app.js": {}}))
    (tmp_path / "walk.css").write_text("a{color:red}\n")
    settings.DJANGO_VITE = {"default": {"manifest_path": manifest}}
    return tmp_path


def test_the_sheet_is_given_whole(built: Path) -> None:
    assert built_style("walk.js") == "a{color:red}"
    assert (built_style("app.js"), built_style("none.js")) == ("", "")


@pytest.mark.parametrize("told", ["a{background:url(./a.svg)}", "a::after{content:'</style>'}"])
def test_what_would_not_hold_in_a_page_stays_a_file(built: Path, told: str) -> None:
    (built / "walk.css").write_text(told)
    assert built_style("walk.js") == ""


def test_without_a_build_there_is_none(built: Path) -> None:
    (built / "manifest.json").unlink()
    assert built_style("walk.js") == ""


def test_the_policy_lets_that_one_sheet_in() -> None:
    digest = base64.b64encode(hashlib.sha256(b"a{}").digest()).decode()
    told = policy_with_style("a{}")
    assert f"style-src 'self' 'sha256-{digest}';" in told
    assert told.replace(f" 'sha256-{digest}'", "") == CONTENT_SECURITY_POLICY
