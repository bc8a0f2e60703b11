"""The search page finds what the viewer may see, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def _found(client: Client, text: str) -> dict[str, list[str]]:
    page = client.get("/search", {"q": text})
    return {group.kind.model: [hit.title for hit in group.hits] for group in page.context["found"]}


def test_a_site_is_found_by_part_of_its_name(client_of: ClientOf, records: dict[str, Any]) -> None:
    assert str(records["1"].campus) in _found(client_of("lead"), "nort")["places.Campus"]


def test_an_incident_is_found_by_its_number_where_the_viewer_may_see_it(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    row = records["1"]
    number = f"#{row.pk}"
    assert len(_found(client_of("lead"), number)["incidents.Incident"]) == 1
    assert "incidents.Incident" not in _found(client_of("provider"), number)
    elsewhere = client_of("site_lead", campuses=[records["7"].campus])
    assert "incidents.Incident" not in _found(elsewhere, number)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "What can be found"), ("n", "One letter finds too much"), ("zzzz", "Nothing found for “zzzz”")],
)
def test_the_empty_page_teaches(client_of: ClientOf, text: str, said: str) -> None:
    assert said in client_of("lead").get("/search", {"q": text}).content.decode()


def test_what_was_asked_is_shown_as_text(client_of: ClientOf) -> None:
    page = client_of("lead").get("/search", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
