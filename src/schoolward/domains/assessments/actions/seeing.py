"""What a walk says of a finding that is there already: it failed again, or it is mended.

A mended one is verified on its work where that is done and somebody else did it; one that failed again
sends done work back. Where the work stands otherwise, or the viewer may not, the walk is kept beside the
finding, and whoever may finds it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.finding import name_for_people
from schoolward.domains.assessments.models import AnswerPhoto, Finding, Sighting, Walk
from schoolward.domains.work import actions as work
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


def keep_failing(seen: Sequence[tuple[Finding, str]], walk: Walk, *, at: datetime) -> None:
    """Keep that these findings, each with its note, failed again, where their work need not be moved."""
    Sighting.objects.bulk_create(
        _unkept(finding, walk, is_mended=False, note=note, at=at) for finding, note in seen
    )


def see_again(finding: Finding, walk: Walk, *, state: str, note: str, by: Viewer, at: datetime) -> Sighting:
    """Keep that it failed again; work that was called done goes back to whoever does it."""
    sighting = _sighting(finding, walk, is_mended=False, note=note, at=at)
    if state == "done" and may(by, "work.verify"):
        reason = _("Looked at again on %(day)s: it still fails.") % {"day": sighting.on.isoformat()}
        work.reopen(item_id=_work(finding), reason=reason, by=by, at=at)
    return sighting


def see_mended(
    finding: Finding,
    walk: Walk,
    *,
    state: str,
    note: str,
    photos: Sequence[AnswerPhoto],
    by: Viewer,
    at: datetime,
) -> Sighting:
    """Keep that it is mended, beside done work as evidence; and verify that, where the viewer may."""
    sighting = _sighting(finding, walk, is_mended=True, note=note, at=at)
    if state != "done":
        return sighting
    text = _("Looked at again on %(day)s: mended.") % {"day": sighting.on.isoformat()}
    if may(by, "work.add_evidence"):
        work.add_evidence(item_id=_work(finding), text=f"{text} {note}".strip(), by=by, at=at)
    for number, photo in enumerate(photos, start=1):
        work.carry_file(
            item_id=_work(finding),
            file_id=photo.file_id,
            file_name=name_for_people(photo.file_name, number),
            text=text,
            by=by,
            at=at,
        )
    if may(by, "work.verify") and by.account_id is not None:
        try:
            work.verify(item_id=_work(finding), by=by, at=at)
        except (work.SamePerson, work.EvidenceMissing):
            return sighting
    return sighting


def _sighting(finding: Finding, walk: Walk, *, is_mended: bool, note: str, at: datetime) -> Sighting:
    sighting = _unkept(finding, walk, is_mended=is_mended, note=note, at=at)
    sighting.save()
    return sighting


def _unkept(finding: Finding, walk: Walk, *, is_mended: bool, note: str, at: datetime) -> Sighting:
    return Sighting(finding=finding, walk=walk, is_mended=is_mended, note=note, on=timezone.localdate(at))


def _work(finding: Finding) -> int:
    assert finding.work_id is not None  # noqa: S101 - asked where its work has a state
    return finding.work_id


def states_of_work(findings: Iterable[Finding], by: Viewer) -> dict[int, str]:
    """By finding: the state of its work, as far as the viewer may see that; empty where there is none."""
    held = list(findings)
    numbers = [one.work_id for one in held if one.work_id is not None]
    states = dict(work_queries.work_items(by).filter(pk__in=numbers).order_by().values_list("pk", "state"))
    return {one.pk: states.get(one.work_id or 0, "") for one in held}
