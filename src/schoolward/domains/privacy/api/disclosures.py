"""The disclosure log over HTTP: who read what is kept about one person."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from schoolward.domains.privacy.api.asked import Word
from schoolward.platform.access import disclosing
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.views import viewer_of

router = Router()


class SubjectIn(GuardedSchema):
    """Whose log (``app.Model:number``); in the body, so that no address names a person."""

    subject: Word


class DisclosureOut(Schema):
    """One reading of what the own agency keeps about the person."""

    at: datetime
    agency: str
    role: str
    purpose: str
    record: str
    fields: list[str]
    basis: str


@router.post("/disclosures", url_name="disclosures", response=list[DisclosureOut])
def disclosures(request: HttpRequest, told: SubjectIn) -> Any:
    """Who read what is kept about one person, the newest first. Asking is itself on the record."""
    return disclosing.disclosures(told.subject, by=viewer_of(request))
