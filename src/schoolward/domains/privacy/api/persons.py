"""Finding a reference over HTTP, by what somebody knows of the person already."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from schoolward.domains.privacy.api.asked import Word
from schoolward.platform.access import persons
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.views import viewer_of

router = Router()


class PersonIn(GuardedSchema):
    """The whole name as it stands on the record, and the date of birth; in the body, never in an address."""

    name: Word
    born_on: date


class FoundOut(Schema):
    """The reference of one record of the person, for holds, seals, consents and the log of who read what."""

    subject: str


@router.post("/persons", url_name="person_find", response=list[FoundOut])
def person_find(request: HttpRequest, told: PersonIn) -> list[FoundOut]:
    """Find a person of the own agency by exact name and birthday. Asking is itself on the record."""
    viewer = viewer_of(request)
    found = persons.find(name=told.name, born_on=told.born_on, by=viewer, at=viewer.at)
    return [FoundOut(subject=subject) for subject in found]
