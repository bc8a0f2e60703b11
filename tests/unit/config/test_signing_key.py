"""The signing key is made whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from schoolward.config import signing_key


def test_a_key_is_made_once_for_us_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    key = signing_key.kept_in(file)
    assert len(key) > 50
    assert signing_key.kept_in(file) == key
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret-key"]


def test_a_full_disk_leaves_no_empty_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        signing_key.kept_in(tmp_path / "secret-key")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_key_is_no_key(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secret-key"
    file.write_text(content)
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        signing_key.kept_in(file)


def test_a_folder_that_is_set_but_blank_is_not_set(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from schoolward.config import settings as s; print(s.DATA_DIR, s.AUDIT_ANCHOR)",
        ],
        env={**os.environ, "SCHOOLWARD_DATA_DIR": "", "SCHOOLWARD_AUDIT_ANCHOR": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path / "var"), str(tmp_path / "var" / "audit-anchor")]
