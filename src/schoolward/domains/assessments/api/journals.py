"""The journal of a walk over HTTP, for reading: every entry, its hash judged, and where devices differ."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text.
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from schoolward.domains.assessments.api.walks import walk_for
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


class EntryOut(Schema):
    """One entry as it came; ``payload`` is JSON as a text. ``is_whole``: it is what its hash says."""

    id: UUID
    device: int
    strand: UUID
    sequence: int
    moment: str
    kind: str
    payload: str
    sha256: str
    received_at: datetime
    skew_s: float | None
    is_whole: bool


class DifferenceOut(Schema):
    """A question to which devices give different answers: the ids of their last entries."""

    path: str
    code: str
    part: str
    entries: list[UUID]


class JournalOut(Schema):
    """A walk's journal. Device 0 is this site's own pages. ``gaps`` are strands that lack an entry."""

    walk: UUID
    is_submitted: bool
    wants_in: bool
    late: int
    gaps: list[UUID]
    differences: list[DifferenceOut]
    entries: list[EntryOut]


@router.get("/walks/{walk_id}/journal", url_name="walk_journal", response=JournalOut)
def journal(request: HttpRequest, walk_id: RowNumber) -> dict[str, Any]:
    """Every entry that devices and pages have sent of a walk, in the order of their strands."""
    viewer = viewer_of(request)
    check(viewer, "assessments.answers")
    found = journal_of(walk_for(viewer, walk_id))
    places = found.form.places
    return {
        "walk": found.walk.client_id,
        "is_submitted": found.walk.submitted_at is not None,
        "wants_in": found.wants_in,
        "late": found.late,
        "gaps": found.gaps,
        "differences": [
            {
                "path": one.path,
                "code": places[one.path].code if one.path in places else "",
                "part": places[one.path].part if one.path in places else "",
                "entries": [entry.id for entry in one.entries],
            }
            for one in found.differences
        ],
        "entries": [
            {
                "id": row.pk,
                "device": found.devices[str(row.strand)],
                "strand": row.strand,
                "sequence": row.sequence,
                "moment": row.moment,
                "kind": row.kind,
                "payload": row.payload,
                "sha256": row.sha256,
                "received_at": row.received_at,
                "skew_s": row.skew_s,
                "is_whole": found.is_whole(row),
            }
            for row in found.rows
        ],
    }
