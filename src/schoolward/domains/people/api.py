"""Contact cards over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from schoolward.domains.people.queries import people as visible_people
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of

router = Router()
FIELDS = ("name", "position", "phone", "email")


class PersonOut(Schema):
    """A contact card. A field that the caller may not read is absent."""

    id: int
    agency: str
    invented: bool
    name: str | None = None
    position: str | None = None
    phone: str | None = None
    email: str | None = None


@router.get("", url_name="people", response=list[PersonOut], exclude_unset=True)
def people(request: HttpRequest) -> list[dict[str, Any]]:
    """Staff of the partnership."""
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
