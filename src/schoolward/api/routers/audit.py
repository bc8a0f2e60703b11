"""The audit over HTTP: verification of the chain, and the events themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import CursorPagination, paginate

from schoolward.api.shapes import VerificationOut
from schoolward.platform.access.permissions import check
from schoolward.platform.access.sealed_events import marked, shown_detail, shown_subject
from schoolward.platform.access.views import viewer_of
from schoolward.platform.audit.models import Event
from schoolward.platform.audit.queries import events
from schoolward.platform.audit.verify import verify as verify_chain

router = Router()


class EventOut(Schema):
    """One event, as it was written; of one about a sealed record, only that there was one."""

    sequence: int
    at: datetime
    account_id: int | None
    account_name: str
    membership_id: int | None
    agency_id: int | None
    role: str
    purpose: str
    action: str
    subject: str
    outcome: str
    detail: dict[str, Any]
    hash: str

    @staticmethod
    def resolve_subject(event: Event) -> str:
        return shown_subject(event)

    @staticmethod
    def resolve_detail(event: Event) -> dict[str, Any]:
        return shown_detail(event)


@router.get("/verify", url_name="audit_verify", response=VerificationOut)
def verify(request: HttpRequest) -> dict[str, Any]:
    """Check every event's hash, the chain, and the anchor outside the database."""
    check(viewer_of(request), "audit.view")
    return verify_chain().as_json()


@router.get("/events", url_name="audit_events", response=list[EventOut])
@paginate(CursorPagination, ordering=("-sequence",))
def audit_events(request: HttpRequest) -> QuerySet[Event]:
    """Who did what, newest first."""
    check(viewer_of(request), "audit.view")
    return marked(events())
