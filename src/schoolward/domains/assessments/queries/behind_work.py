"""The risk behind work: the unresolved findings that asked for it, and what their assessment rated there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schoolward.analysis.assessing.risk import Risk, Risks
from schoolward.domains.assessments.models import UNRESOLVED, Assessment, Finding, Sighting
from schoolward.domains.assessments.queries.instruments import form_of
from schoolward.domains.assessments.queries.scores import risks_of
from schoolward.domains.assessments.queries.walking import answers_of
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class FindingBehind:
    """An unresolved finding and the highest risk that its assessment rated where the finding stands.

    ``product`` is FEMA's, from 1 to 1000, and ``rated_on`` the day of the assessment that rated it; both are
    ``None`` where the instrument rates no risks, or not all factors of any pair there. ``rated_together``
    is the same for findings of one assessment and one layer, which share that risk; it names no place.
    """

    finding_id: int
    work_id: int
    title: str
    severity: str
    found_on: date
    instrument: str
    product: int | None
    rated_on: date | None
    rated_together: str


def findings_behind(viewer: Viewer, work_ids: Iterable[int]) -> dict[int, list[FindingBehind]]:
    """By the number of the work: the unresolved findings behind it that the viewer may see, oldest first."""
    rows = visible(Finding.objects.filter(state__in=UNRESOLVED, work__in=list(work_ids)), viewer)
    related = ("instrument", "item", "assessment__version__instrument", "assessment__version__file")
    found = list(rows.select_related(*related).order_by("found_on", "pk"))
    newest = _newest_assessments(found)
    rated = _Rated()
    behind: dict[int, list[FindingBehind]] = defaultdict(list)
    for one in found:
        if one.work_id is None:
            continue
        assessment = newest.get(one.pk, one.assessment)
        risk, together = rated.at(assessment, one.code)
        behind[one.work_id].append(
            FindingBehind(
                finding_id=one.pk,
                work_id=one.work_id,
                title=one.title,
                severity=one.severity,
                found_on=one.found_on,
                instrument=one.instrument.title,
                product=risk.product if risk is not None else None,
                rated_on=assessment.assessed_on if risk is not None else None,
                rated_together=together,
            )
        )
    return behind


def _newest_assessments(found: Iterable[Finding]) -> dict[int, Assessment]:
    """By finding: the assessment whose walk saw it last, where that was not the first."""
    seen = Sighting.objects.filter(
        finding__in=[one.pk for one in found], is_mended=False, walk__assessment__version__isnull=False
    )
    related = ("walk__assessment__version__instrument", "walk__assessment__version__file")
    newest = {}
    for sighting in seen.select_related(*related).order_by("on", "pk"):
        if sighting.walk.assessment is not None:
            newest[sighting.finding_id] = sighting.walk.assessment
    return newest


class _Rated:
    """The highest known risk by layer, read once an assessment."""

    def __init__(self) -> None:
        self._known: dict[int, Risks | None] = {}

    def at(self, assessment: Assessment, code: str) -> tuple[Risk | None, str]:
        """The highest known risk in the layer of an item, and the key of what shares it."""
        version = assessment.version
        if version is None:
            return None, ""
        form = form_of(version)
        item = form.by_code.get(code)
        if item is None or not any(one.asset and one.threat for one in form.items):
            return None, ""
        if assessment.pk not in self._known:
            self._known[assessment.pk] = risks_of(assessment, answers_of(assessment))
        risks = self._known[assessment.pk]
        group = risks.by_layer.get(item.layer) if risks is not None else None
        if group is None or group.highest is None:
            return None, ""
        layers = sorted({one.layer for one in form.items})
        return group.highest, f"{assessment.pk}/{layers.index(item.layer)}"
