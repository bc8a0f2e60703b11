"""A new installation says what comes first, and stops saying it once a school is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

PAGES = ["/", "/overview", "/map"]


@pytest.mark.parametrize("path", PAGES)
def test_where_no_school_is_known_the_page_leads_to_the_first_step(
    client_of: Callable[..., Client], path: str
) -> None:
    shown = client_of("lead").get(path).content.decode()
    assert "Begin with the schools" in shown
    assert 'href="/imports/table/schools/"' in shown
    trustee = client_of("trustee").get(path).content.decode()
    assert "No school is known yet" in trustee
    assert "Bring in schools" not in trustee


@pytest.mark.parametrize("path", PAGES)
def test_with_schools_nothing_is_said(
    client_of: Callable[..., Client], records: dict[str, Any], path: str
) -> None:
    assert "Begin with the schools" not in client_of("lead").get(path).content.decode()
