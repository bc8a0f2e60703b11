"""What came of a second look, finding by finding, and who may not be the one that looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from schoolward.domains.assessments.models import (
    UNRESOLVED,
    Finding,
    FindingState,
    ReinspectionRequest,
    Sighting,
)
from schoolward.platform.access.viewer import Viewer


class Came(Enum):
    """What a second look has led to."""

    VERIFIED = "verified"
    DOER_LOOKED = "doer looked"
    NOT_VERIFIED = "not verified"
    OTHERS_WAIT = "others wait"
    STILL_FAILS = "still fails"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class Outcome:
    """One finding of a second look, and what came of it."""

    finding: Finding
    came: Came


def outcomes(asked: Iterable[ReinspectionRequest]) -> dict[int, list[Outcome]]:
    """By request: its findings as they stand, in the order in which they were asked for.

    The requests are those that the viewer may see, from :func:`reinspections`.
    """
    held = list(asked)
    seen = {
        (one.walk.reinspection_id, one.finding_id): one
        for one in Sighting.objects.filter(walk__reinspection__in=held).select_related("walk").order_by("pk")
    }
    found: dict[int, list[Outcome]] = {}
    for one in held:
        listed = one.findings.select_related("work").order_by("pk")
        found[one.pk] = [
            Outcome(finding, _came(finding, seen.get((one.pk, finding.pk)))) for finding in listed
        ]
    return found


def did_all_of_it(asked: ReinspectionRequest, viewer: Viewer) -> bool:
    """Whether the viewer did every work that is to be looked at: the own look would verify nothing."""
    done = asked.findings.filter(work__state="done").values_list("work__done_by", flat=True)
    return viewer.account_id is not None and set(done) == {viewer.account_id}


def _came(finding: Finding, sighting: Sighting | None) -> Came:
    if sighting is None:
        return Came.NOT_JUDGED
    if not sighting.is_mended:
        return Came.STILL_FAILS
    if finding.state == FindingState.RESOLVED:
        return Came.VERIFIED
    work = finding.work
    is_doer = work is not None and work.state == "done" and work.done_by_id == sighting.walk.assessor_id
    if is_doer:
        return Came.DOER_LOOKED
    shares = Finding.objects.filter(work_id=finding.work_id, state__in=UNRESOLVED).exclude(pk=finding.pk)
    is_waiting = work is not None and work.state == "done" and shares.exists()
    return Came.OTHERS_WAIT if is_waiting else Came.NOT_VERIFIED
