"""Reading protected rows on the record, and the log of it that the person, or a parent, may inspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.deciding import basis
from schoolward.platform.access.merging import also_known_as
from schoolward.platform.access.models import Agency, ProtectedRecord
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import blank, mask, visible
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.references import fit_subject, protected_models, reference
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.roles import Role
from schoolward.platform.access.sealing import sealed_among
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record, record_many
from schoolward.platform.audit.models import Event

READ = "record.read"
VIEW = "disclosures.view"
#: What is not content: it tells nobody anything about the person that the subject does not.
_OF_THE_ROW = frozenset({"id", "agency", "subject", "record_class", "sealed_at"})
Row = TypeVar("Row", bound=ProtectedRecord)


def read(
    rows: QuerySet[Row],
    viewer: Viewer,
    *,
    fields: frozenset[str] | None = None,
    start: int = 0,
    stop: int | None = None,
) -> list[Row]:
    """The rows that the viewer may see, from one place to another, with each one's disclosure on the record.

    The one way for a page, an export or the API to read a protected table. ``rows`` is ordered and not yet
    narrowed to the viewer; ``fields`` are those that will be shown (all that the mask opens where none are
    given). What the mask does not open is empty in the rows, which are for showing and not for saving. If the
    disclosure cannot be recorded, nothing is read.
    """
    with within(viewer), transaction.atomic():
        found = list(visible(rows, viewer)[start:stop])
        disclosed(found, viewer, fields=fields)
        for row in found:
            blank(row, viewer)
    return found


def read_whole(rows: QuerySet[Row], viewer: Viewer) -> list[Row]:
    """Those of the rows that the viewer reads whole, with each one's disclosure on the record.

    For lists that tell more of a row than that it is there, such as the records behind a number.
    """
    columns = frozenset(field.name for field in rows.model._meta.concrete_fields)
    with within(viewer), transaction.atomic():
        found = [row for row in visible(rows, viewer) if mask(row, viewer) == columns]
        disclosed(found, viewer)
    return found


def disclosed(
    rows: Sequence[ProtectedRecord], viewer: Viewer, *, fields: frozenset[str] | None = None
) -> None:
    """Put on the record that these rows, which came from ``visible``, are shown to the viewer."""
    told: list[dict[str, Any]] = []
    for row in rows:
        shown = mask(row, viewer) if fields is None else mask(row, viewer) & fields
        detail = {
            "record": reference(row),
            "owner": row.agency_id,
            "fields": sorted(shown - _OF_THE_ROW),
            "basis": basis(row),
        }
        told.append({"subject": row.subject, "detail": detail})
    record_many(READ, by=viewer, at=viewer.at, events=told)


@dataclass(frozen=True)
class Disclosure:
    """One reading of what is kept about a person: by which agency, as what, for what, which fields."""

    at: datetime
    agency: str
    role: str
    purpose: str
    record: str
    fields: tuple[str, ...]
    basis: str


def disclosures(subject: str, *, by: Viewer) -> list[Disclosure]:
    """Who read what the own agency keeps about one person, the newest first. Asking is itself on the record.

    (34 CFR 99.32: an agency keeps the record of who was given its records.) It names no reader and no other
    person; what was sealed since is left out. Of a record that
    others were put together with, theirs, too. Raises :class:`~schoolward.platform.access.refusal.Refusal`.
    """
    check(by, VIEW)
    subject = fit_subject(subject)
    names = {subject, *also_known_as(subject)}
    events = [
        event
        for event in Event.objects.filter(action=READ, subject__in=names).order_by("-sequence")
        if by.is_system or event.detail["owner"] == by.agency_id
    ]
    hidden = sealed_among(str(event.detail["record"]) for event in events)
    events = [event for event in events if event.detail["record"] not in hidden]
    if not events and not _is_kept(subject, by):
        raise Refusal(
            _("Your agency keeps nothing of this reference. Find it by the name and the date of birth."),
            field="subject",
        )
    agencies = dict(Agency.objects.values_list("pk", "name"))
    record("access.disclosures_read", by=by, at=by.at, subject=subject, detail={"events": len(events)})
    return [
        Disclosure(
            at=event.at,
            agency=agencies.get(event.agency_id or 0, "") or "Schoolward",
            role=str(Role(event.role).label) if event.role in Role.values else event.role,
            purpose=str(Purpose(event.purpose).label) if event.purpose in Purpose.values else event.purpose,
            record=str(event.detail["record"]),
            fields=tuple(event.detail["fields"]),
            basis=str(event.detail["basis"]),
        )
        for event in events
    ]


def _is_kept(subject: str, by: Viewer) -> bool:
    """Whether the own agency keeps anything about this subject that is not sealed."""
    with within(Viewer.system(at=by.at, name=by.account_name)):
        for model in protected_models().values():
            rows = model.objects.filter(subject=subject)
            if (rows if by.is_system else rows.filter(agency=by.agency_id)).exists():
                return True
    return False
