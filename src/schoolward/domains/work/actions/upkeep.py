"""Proposing work, and keeping its description, owner, due date and evidence up to date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.work.actions.recording import audit, happened, keep_transition, locked_open
from schoolward.domains.work.actions.refusals import (
    AmountWrong,
    DateWrong,
    FileMissing,
    NothingSaid,
    ReasonMissing,
    ReferenceTaken,
    check_year,
)
from schoolward.domains.work.models import (
    DueChange,
    Evidence,
    EvidenceKind,
    Severity,
    Trade,
    WorkItem,
    WorkKind,
)
from schoolward.domains.work.states import State
from schoolward.platform.access.models import Membership
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import store_file
from schoolward.platform.files.store import Readable

#: What ``describe`` may change; everything else has an action of its own.
DESCRIPTIVE_FIELDS = frozenset(
    {"title", "description", "kind", "campus_id", "trade", "severity", "estimate_cents", "source_title"}
)

#: What a photograph may be: pictures as phones take them.
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"})

#: What may be handed in as evidence: pictures and ordinary documents, nothing that runs.
EVIDENCE_TYPES = PICTURE_TYPES | frozenset(
    {
        "application/pdf",
        "text/plain",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)

_IN_WORDS = frozenset({EvidenceKind.NOTE, EvidenceKind.MEASUREMENT})


@transaction.atomic
def propose(
    *,
    title: str,
    by: Viewer,
    at: datetime,
    kind: str = WorkKind.TASK,
    description: str = "",
    campus_id: int | None = None,
    trade: str = Trade.OTHER,
    severity: str = Severity.MEDIUM,
    estimate_cents: int | None = None,
    owner_role: str = "",
    due: date | None = None,
    source: str = "",
    source_title: str = "",
    reference: str = "",
    proposed_on: date | None = None,
    invented: bool = False,
    permission: str = "work.propose",
) -> WorkItem:
    """Propose a piece of work. It gets a reference of its own when none is given.

    A domain whose records ask for work may name a ``permission`` of its own, which then is checked instead.
    A viewer who holds only some sites proposes for these; raises ``AccessDenied`` otherwise,
    ``ReferenceTaken`` for a reference that is in use, ``AmountWrong`` for a negative estimate.
    """
    check(by, permission)
    if by.campus_ids is not None and campus_id not in by.campus_ids:
        raise AccessDenied(permission, f"places.Campus:{campus_id}")
    if estimate_cents is not None and estimate_cents < 0:
        raise AmountWrong
    if reference and WorkItem.objects.filter(reference=reference).exists():
        raise ReferenceTaken(reference)
    item = WorkItem.objects.create(
        # The number comes from the row itself; until it is known a placeholder keeps the column unique.
        reference=reference or f"new-{at.timestamp()}-{title}"[:40],
        title=title.strip(),
        description=description,
        kind=kind,
        campus_id=campus_id,
        trade=trade,
        severity=severity,
        estimate_cents=estimate_cents,
        owner_role=owner_role,
        due=due,
        first_due=due,
        source=source,
        source_title=source_title,
        proposed_on=proposed_on or timezone.localdate(at),
        state=State.PROPOSED,
        invented=invented,
    )
    if not reference:
        item.reference = f"W-{item.pk:05d}"
        item.save(update_fields=["reference"])
    keep_transition(item, from_state="", by=by, at=at)
    audit("work.proposed", item, by=by, kind=str(kind), source=source)
    return item


@transaction.atomic
def open_work(
    *, source: str, source_title: str, kind: str, title: str, by: Viewer, at: datetime, **fields: Any
) -> WorkItem:
    """Open work for the record that asked for it, once: asked again, it returns the work that is there.

    ``source`` names the record as ``app.Model:number``. Domains above this one call it; the further
    keywords are those of :func:`propose`.
    """
    existing = WorkItem.objects.filter(source=source, kind=kind).first()
    if existing is not None:
        return existing
    return propose(title=title, source=source, source_title=source_title, kind=kind, by=by, at=at, **fields)


@transaction.atomic
def describe(*, item_id: int, changes: Mapping[str, Any], by: Viewer, at: datetime) -> WorkItem:
    """Change the description of open work. Returns it unchanged, and unaudited, when nothing differs.

    Raises ``WorkClosed``, and ``ValueError`` for a field that has an action of its own.
    """
    foreign = set(changes) - DESCRIPTIVE_FIELDS
    if foreign:
        raise ValueError(f"not descriptive: {', '.join(sorted(foreign))}")
    item = locked_open(item_id, by=by, permission="work.describe")
    if by.campus_ids is not None and changes.get("campus_id", item.campus_id) not in by.campus_ids:
        raise AccessDenied("work.describe", f"places.Campus:{changes['campus_id']}")
    different = {name: value for name, value in changes.items() if getattr(item, name) != value}
    if not different:
        return item
    if (different.get("estimate_cents") or 0) < 0:
        raise AmountWrong
    for name, value in different.items():
        setattr(item, name, value)
    item.save(update_fields=sorted(different))
    audit("work.described", item, by=by, fields=sorted(different))
    return item


@transaction.atomic
def assign(
    *, item_id: int, by: Viewer, at: datetime, owner_role: str, owner: Membership | None = None
) -> WorkItem:
    """Give open work to a role, and if wanted to one person in it. Raises ``WorkClosed``."""
    item = locked_open(item_id, by=by, permission="work.assign")
    item.owner_role = owner.role if owner is not None else owner_role
    item.owner = owner
    item.save(update_fields=["owner_role", "owner"])
    audit("work.assigned", item, by=by, role=str(item.owner_role), membership=owner.pk if owner else None)
    return item


@transaction.atomic
def change_due(*, item_id: int, due: date, reason: str, by: Viewer, at: datetime) -> WorkItem:
    """Move the due date of open work, with a reason.

    The date first agreed is kept: being on time is measured by that one.
    """
    item = locked_open(item_id, by=by, permission="work.decide")
    if not reason.strip():
        raise ReasonMissing
    if due < item.proposed_on:
        raise DateWrong(_("The due date lies before the day on which the work was proposed."))
    check_year(due)
    if due == item.due:
        return item
    DueChange.objects.create(
        item=item, from_due=item.due, to_due=due, reason=reason.strip(), **happened(by=by, at=at)
    )
    before, item.due = item.due, due
    item.first_due = item.first_due or due
    item.save(update_fields=["due", "first_due"])
    audit("work.due_changed", item, by=by, **{"from": before, "to": due})
    return item


@transaction.atomic
def add_evidence(
    *,
    item_id: int,
    by: Viewer,
    at: datetime,
    kind: str = EvidenceKind.NOTE,
    text: str = "",
    stream: Readable | None = None,
    file_name: str = "",
) -> Evidence:
    """Add proof to open work: a note or a measurement in words, a photograph or a document with its file.

    Raises ``WorkClosed``, ``NothingSaid``, ``FileMissing``, ``FileTooLarge``, ``FileTypeRefused``.
    """
    item = locked_open(item_id, by=by, permission="work.add_evidence")
    if kind in _IN_WORDS and not text.strip():
        raise NothingSaid
    if kind not in _IN_WORDS and stream is None:
        raise FileMissing
    allowed = PICTURE_TYPES if kind == EvidenceKind.PHOTO else EVIDENCE_TYPES
    stored = (
        store_file(stream, name=file_name, by=by, at=by.at, allowed=allowed) if stream is not None else None
    )
    evidence = Evidence.objects.create(
        item=item,
        kind=kind,
        text=text.strip(),
        file=stored,
        file_name=file_name if stored else "",
        **happened(by=by, at=at),
    )
    item.evidence_count += 1
    item.save(update_fields=["evidence_count"])
    audit("work.evidence_added", item, by=by, evidence=evidence.pk, kind=str(kind))
    return evidence


@transaction.atomic
def carry_file(
    *,
    item_id: int,
    file_id: int,
    file_name: str,
    text: str,
    by: Viewer,
    at: datetime,
    permission: str = "work.propose",
) -> Evidence:
    """Put a photograph that is kept already beside open work: what was found, before anything is done.

    So it counts as no evidence that the work is done. ``permission`` as with :func:`propose`. Raises
    ``WorkClosed``.
    """
    item = locked_open(item_id, by=by, permission=permission)
    carried = Evidence.objects.create(
        item=item,
        kind=EvidenceKind.PHOTO,
        text=text.strip(),
        file_id=file_id,
        file_name=file_name,
        **happened(by=by, at=at),
    )
    audit("work.file_carried", item, by=by, evidence=carried.pk)
    return carried
