"""Which work may mend what was reported already, and what was joined to a piece of work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.domains.assessments.defect_rules import MENDING
from schoolward.domains.assessments.models import DefectReport, Finding
from schoolward.domains.assessments.queries.related import work_that_could_mend
from schoolward.domains.assessments.queries.upkeep import defects
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

MOST_SHOWN = 8
_WORD = re.compile(r"\w{4,}")
_SAYS_NOTHING = frozenset(
    {"near", "next", "with", "from", "side", "behind", "front", "main", "area", "school"}
)
"""Words that places share without being one."""


@dataclass(frozen=True)
class MayMend:
    """Open work that may mend what was reported, and why one may think so."""

    item: Any
    why: str


def work_that_may_mend(viewer: Viewer, report: DefectReport) -> list[MayMend]:
    """The open work at the site that the viewer sees and that comes close to a report, the closest first.

    Closest is what was asked for at the same spot; then what mends the same kind of defect elsewhere at the
    site, what a finding asked for in a zone that the spot's name speaks of, and other work of the same trade.
    """
    there = {item.pk: item for item in work_that_could_mend(viewer, report)}
    found: dict[int, str] = {}
    for pk, why in _reasons(viewer, report, there):
        if pk is not None:
            found.setdefault(pk, why)
    return [MayMend(there[pk], why) for pk, why in found.items()][:MOST_SHOWN]


def _reasons(viewer: Viewer, report: DefectReport, there: dict[int, Any]) -> Iterator[tuple[int | None, str]]:
    others = list(defects(viewer).filter(work_id__in=there).exclude(pk=report.pk).order_by("work_id", "pk"))
    for other in others:
        if other.point_id == report.point_id:
            yield other.work_id, _("reported at the same spot")
    for other in others:
        if other.kind == report.kind:
            yield other.work_id, _("the same, reported at %(spot)s") % {"spot": other.point.label}
    spot = _words(report.point.label)
    trade, _severity = MENDING[report.kind]
    findings = visible(Finding.objects.filter(work_id__in=there), viewer).order_by("work_id", "pk")
    for finding in findings:
        if spot & _words(finding.zone):
            yield finding.work_id, _("found here: %(zone)s") % {"zone": finding.zone}
    for pk, item in there.items():
        if item.trade == trade != "other":
            yield pk, _("the same trade")


def _words(text: str) -> frozenset[str]:
    """The words of a place's name, a plural as its singular."""
    return frozenset(
        word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _SAYS_NOTHING
    )


def reports_of_work(viewer: Viewer, item_id: int) -> QuerySet[DefectReport]:
    """What was reported that a piece of work mends, the newest first."""
    return defects(viewer).filter(work_id=item_id)
