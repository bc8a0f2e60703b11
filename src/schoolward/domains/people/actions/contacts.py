"""Writing contact cards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from schoolward.domains.people.models import Person
from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


@transaction.atomic
def keep_contact(
    *,
    person: Person | None,
    agency: Agency,
    name: str,
    position: str,
    phone: str,
    email: str,
    active: bool,
    by: Viewer,
    at: datetime,
    invented: bool = False,
    roster_id: str = "",
) -> Person:
    """Write a contact card, new or known. Returns the card.

    ``roster_id`` is how a student information system knows the person; blank leaves it as it is.
    """
    check(by, "people.edit", f"people.Person:{person.pk}" if person else "people.Person:new")
    card = person or Person(invented=invented)
    card.agency, card.name, card.position = agency, name.strip(), position.strip()
    card.roster_id = roster_id or card.roster_id
    card.phone, card.email, card.active = phone.strip(), email.strip().lower(), active
    card.save()
    record(
        "people.contact_kept",
        by=by,
        at=at,
        subject=f"people.Person:{card.pk}",
        detail={"new": person is None, "agency": agency.key, "active": active},
    )
    return card
