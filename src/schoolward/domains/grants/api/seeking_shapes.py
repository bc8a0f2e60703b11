"""What the API says of opportunities and applications."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Schema

from schoolward.domains.grants.models import (
    Application,
    Opportunity,
)


class OpportunityOut(Schema):
    """Money that could be applied for. ``application`` is the number of the application for it."""

    key: str
    title: str
    funder_name: str
    funder: str
    number: str
    opens: date | None
    closes: date
    ceiling_cents: int | None
    match_percent: Decimal
    eligibility: str
    purpose: str
    choice: str
    choice_reason: str
    application: int | None
    invented: bool

    @staticmethod
    def resolve_application(row: Opportunity) -> int | None:
        """The application's number."""
        found = Application.objects.filter(opportunity=row).first()
        return found.pk if found else None


class ApplicationPartOut(Schema):
    """A budget line, a letter or a document of an application."""

    id: int
    kind: str
    title: str
    amount_cents: int | None
    file_name: str


class ApplicationOut(Schema):
    """An application: what it asks for, its parts, who signed, and what keeps it from going out."""

    id: int
    opportunity: str
    requested_cents: int
    match_cents: int
    summary: str
    outcome: str
    submitted_on: date | None
    decided_on: date | None
    parts: list[ApplicationPartOut]
    signed_by: list[str]
    lacks: list[str]

    @classmethod
    def of(cls, row: Application, lacks: list[str]) -> dict[str, Any]:
        """The application as it is sent."""
        names = ("id", "requested_cents", "match_cents", "summary", "outcome", "submitted_on", "decided_on")
        return {
            **{name: getattr(row, name) for name in names},
            "opportunity": row.opportunity.key,
            "parts": list(row.parts.all()),
            "signed_by": [one.role for one in row.signatures.all()],
            "lacks": lacks,
        }
