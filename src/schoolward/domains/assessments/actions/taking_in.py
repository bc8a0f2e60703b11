"""Taking in what devices send of a walk's journal: photographs first, then entries, each with a receipt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.meaning import Meaning
from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.actions.submitting import submit_walk
from schoolward.domains.assessments.actions.walking import PICTURE_TYPES, open_walk
from schoolward.domains.assessments.models import Walk, WalkEntry, WalkPhoto
from schoolward.domains.assessments.walk_journals import Stored, journal_of, name_of
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import MEGABYTE, store_file
from schoolward.platform.files.store import FileTooLarge, Readable
from schoolward.protocols.walk_journal import Entry, Judgement, clock_skew_s, judge, photo_is_whole

LARGEST_PHOTO = 25 * MEGABYTE


class PhotoDamaged(AssessmentRefused):
    """The bytes are not those that the address names."""

    def __init__(self) -> None:
        super().__init__(_("The photograph arrived damaged. Send it again."))


@dataclass(frozen=True)
class TakenIn:
    """What was judged, and what keeps the walk from being handed in where a device wants that."""

    judgement: Judgement
    problem: str = ""


@transaction.atomic
def receive_entries(*, walk_id: int, entries: Sequence[Any], sent: str, by: Viewer, at: datetime) -> TakenIn:
    """Judge a batch, store what is new with what it means, and hand the walk in where it says so.

    All of it is one transaction under the walk's lock: receipts may be sent when this has returned. Raises
    ``AccessDenied`` and ``NotTheAssessor``; what is wrong with single entries stands in the judgement.
    """
    walk = open_walk(walk_id, by=by)
    judgement = judge(entries, walk=name_of(walk), known=Stored(walk))
    if not judgement.accepted:
        return TakenIn(judgement)
    before = journal_of(walk)
    # The device's clock is held against the true one, also where the demonstration's day stands still.
    skew = clock_skew_s(sent, by.at)
    rows = WalkEntry.objects.bulk_create(
        (_row(walk, entry, skew, at=at) for entry in judgement.accepted), batch_size=500
    )
    meant = Meaning(before, by=by, at=at).apply(rows)
    strands = len({row.strand for row in rows})
    audit(
        "assessments.journal_received",
        walk,
        by=by,
        entries=len(rows),
        strands=strands,
        answers=meant.answers,
        photos=meant.photos,
    )
    wants_in = any(row.kind == "submit" for row in rows) and journal_of(walk).wants_in
    return TakenIn(judgement, hand_in(walk, by=by, at=at) if wants_in else "")


def _row(walk: Walk, entry: Entry, skew_s: float | None, *, at: datetime) -> WalkEntry:
    return WalkEntry(
        id=entry.id,
        walk=walk,
        strand=entry.strand,
        sequence=entry.sequence,
        moment=entry.moment,
        kind=entry.kind,
        payload=entry.payload,
        sha256=entry.sha256,
        received_at=at,
        skew_s=skew_s,
    )


def hand_in(walk: Walk, *, by: Viewer, at: datetime) -> str:
    """Hand a walk in for a device that wants it; returns why it cannot be yet, or nothing."""
    try:
        with transaction.atomic():
            submit_walk(walk_id=walk.pk, by=by, at=at)
    except AssessmentRefused as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def put_photo(*, walk_id: int, sha256: str, stream: Readable, by: Viewer, at: datetime) -> WalkPhoto:
    """Keep a photograph of the own walk under the hash that it is sent with; sent twice it is kept once.

    Raises ``PhotoDamaged`` where the bytes have another hash, ``FileTooLarge``, and ``FileTypeRefused`` for
    what is no picture; then nothing is kept.
    """
    walk = open_walk(walk_id, by=by)
    content = bytearray()
    while chunk := stream.read(MEGABYTE):
        content += chunk
        if len(content) > LARGEST_PHOTO:
            raise FileTooLarge(LARGEST_PHOTO)
    if not photo_is_whole(sha256, bytes(content)):
        raise PhotoDamaged
    known = WalkPhoto.objects.filter(walk=walk, sha256=sha256).first()
    if known is not None:
        return known
    stored = store_file(
        io.BytesIO(content), name=sha256, by=by, at=by.at, limit=LARGEST_PHOTO, allowed=PICTURE_TYPES
    )
    photo = WalkPhoto.objects.create(walk=walk, sha256=sha256, file=stored, received_at=at)
    audit("assessments.journal_photo", walk, by=by, sha256=sha256)
    return photo
