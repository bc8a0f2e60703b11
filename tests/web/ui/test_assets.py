"""Static files of a server that runs while the front end is built anew under it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client


@pytest.fixture
def script(tmp_path: Path, settings: LazySettings) -> Path:
    """A script among the files that the server finds at its start."""
    made = tmp_path / "app-1a2b3c.js"
    made.write_text("console.log(1)")
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    return made


def test_a_file_that_went_away_under_the_server_is_not_found(script: Path) -> None:
    client = Client()
    served = client.get("/static/app-1a2b3c.js")
    assert (served.status_code, served.getvalue()) == (200, b"console.log(1)")
    script.unlink()
    for _time in range(2):
        gone = client.get("/static/app-1a2b3c.js")
        assert (gone.status_code, gone["Content-Type"]) == (404, "text/plain")


def test_a_file_that_never_was_is_not_found(script: Path) -> None:
    assert Client().get("/static/ui/dist/nothing.js").status_code == 404
