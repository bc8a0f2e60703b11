"""The declared table of permissions and roles is in the documents, and current."""

from __future__ import annotations

from pathlib import Path

from schoolward.platform.access.reference import permissions_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "permissions.md"


def test_the_page_of_permissions_is_current() -> None:
    assert PAGE.read_text() == permissions_page(), "run: schoolward manage access_reference"
