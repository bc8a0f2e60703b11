"""Contact cards over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from schoolward.domains.people.queries import people as visible_people
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of

router = Router()
FIELDS = ("name", "position", "phone", "email")


@router.get("", url_name="people")
def people(request: HttpRequest) -> list[dict[str, Any]]:
    """Staff of the partnership; a field that the caller may not read is absent."""
    viewer = viewer_of(request)
    check(viewer, "people.view")
    return [
        {
            "id": person.pk,
            "agency": person.agency.key,
            "invented": person.invented,
            **{name: getattr(person, name) for name in FIELDS if readable(person, name, viewer)},
        }
        for person in visible_people(viewer).filter(active=True)
    ]
