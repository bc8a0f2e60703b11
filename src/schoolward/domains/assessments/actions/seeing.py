"""What a walk says of a finding that is there already: it failed again, or it is mended.

Then every work is decided once, whatever of it was seen: done work goes back where a finding that it mends
failed again, and is verified where all of them were seen mended since it was done and somebody else did it.
Where the work stands otherwise, or the viewer may not, the walk is kept beside the finding, and whoever may
finds it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.finding import name_for_people
from schoolward.domains.assessments.models import UNRESOLVED, AnswerPhoto, Finding, Sighting, Walk
from schoolward.domains.work import actions as work
from schoolward.domains.work import queries as work_queries
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


def keep_failing(seen: Sequence[tuple[Finding, str]], walk: Walk, *, at: datetime) -> None:
    """Keep that these findings, each with its note, failed again."""
    Sighting.objects.bulk_create(
        _unkept(finding, walk, is_mended=False, note=note, at=at) for finding, note in seen
    )


def see_again(finding: Finding, walk: Walk, *, note: str, at: datetime) -> Sighting:
    """Keep that it failed again; :func:`decide_work` sends its work back."""
    return _sighting(finding, walk, is_mended=False, note=note, at=at)


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
    """Keep that it is mended, beside done work as evidence; :func:`decide_work` verifies that."""
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
    return sighting


def decide_work(again: Iterable[Finding], mended: Iterable[Finding], *, by: Viewer, at: datetime) -> None:
    """Decide on the work of what a walk saw: each is sent back or verified once, or stays as it is.

    ``again`` failed in this walk, ``mended`` did not. Work that mends other findings too, of whichever
    instrument, is verified when each of them was seen mended last, on the day it was done or later: one that
    nobody has looked at is not mended by somebody's having looked beside it.
    """
    if not may(by, "work.verify"):
        return
    failed = {one.work_id for one in again if one.work_id is not None}
    numbers = failed | {one.work_id for one in mended if one.work_id is not None}
    done = work_queries.work_items(by).filter(pk__in=numbers, state="done").order_by("pk")
    for item in done:
        if item.pk in failed:
            day = timezone.localdate(at).isoformat()
            reason = _("Looked at again on %(day)s: it still fails.") % {"day": day}
            work.reopen(item_id=item.pk, reason=reason, by=by, at=at)
        elif by.account_id is not None and _are_all_mended(item):
            with suppress(work.SamePerson, work.EvidenceMissing):
                work.verify(item_id=item.pk, by=by, at=at)


def _are_all_mended(item: Any) -> bool:
    """Whether each finding that done work mends was seen mended last, and not before it was done."""
    for finding in Finding.objects.filter(work_id=item.pk, state__in=UNRESOLVED):
        last = finding.sightings.order_by("pk").last()
        if last is None or not last.is_mended or last.on < item.done_on:
            return False
    return True


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
