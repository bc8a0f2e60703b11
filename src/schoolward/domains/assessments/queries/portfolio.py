"""Every campus at a glance: when it was assessed, how it came out, and how far its recommendations are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolward.domains.assessments.models import UNRESOLVED, Assessment, AssessmentKind, Finding
from schoolward.domains.assessments.queries.register import OF_SITES, assessments, covered_since
from schoolward.domains.assessments.wording import severity_label
from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.work import queries as work
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class CampusLine:
    """One campus of the grid. ``progress`` counts recommendations, ``None`` where there are none.

    ``last`` is what was assessed last, whatever it was. ``scored`` is the last environmental-design (CPTED)
    walk with a score: scores of other instruments say other things, and are not set beside it.

    ``by_severity`` counts its unresolved findings; a severity without any is not in it.
    """

    campus: Any
    last: Assessment | None
    scored: Assessment | None
    is_covered: bool
    by_severity: Mapping[str, int]
    progress: work.SiteProgress | None

    @property
    def unresolved(self) -> int:
        """How many findings somebody still has to do something about."""
        return sum(self.by_severity.values())

    @property
    def grave(self) -> list[tuple[str, int]]:
        """Of the unresolved, how many are urgent and how many high, in words; none of what there is none."""
        return [
            (severity_label(key), self.by_severity[key])
            for key in ("urgent", "high")
            if key in self.by_severity
        ]

    @property
    def percent(self) -> int | None:
        """Of the recommendations that were not declined, the share verified, in percent, rounded down."""
        if self.progress is None:
            return None
        asked = self.progress.total - self.progress.declined
        return 100 * self.progress.verified // asked if asked else 100

    @property
    def tone(self) -> str:
        """How the square of the campus is filled: nothing yet, a quarter, a half, most, or all of it."""
        if self.percent is None:
            return "none"
        if self.progress is not None and self.progress.complete:
            return "full"
        return ("q0", "q1", "q2", "q3")[min(self.percent // 25, 3)]


def campus_lines(viewer: Viewer, on: date, *, campus_id: int | None = None) -> list[CampusLine]:
    """The campuses in operation that the viewer may see, by name, with how each stands on the day."""
    campuses = visible(operating_campuses(on, campus_id=campus_id), viewer).order_by("name", "pk")
    if viewer.campus_ids is not None:
        # Where a campus is, is public; how it came out is for its own.
        campuses = campuses.filter(pk__in=viewer.campus_ids)
    done: dict[int, list[Assessment]] = {}
    finished = assessments(viewer).filter(OF_SITES, assessed_on__isnull=False, assessed_on__lte=on)
    if campus_id is not None:
        finished = finished.filter(campus_id=campus_id)
    for one in finished.order_by("-assessed_on", "-pk"):
        done.setdefault(one.campus_id, []).append(one)
    progress = {one.campus_id: one for one in work.progress_by_site(on)}
    open_ones = visible(Finding.objects.filter(state__in=UNRESOLVED), viewer)
    counts: dict[int, list[str]] = {}
    for campus, severity in open_ones.order_by().values_list("campus_id", "severity"):
        counts.setdefault(campus, []).append(severity)
    since = covered_since(on)
    return [
        line_of(campus, done.get(campus.pk, []), progress.get(campus.pk), counts.get(campus.pk, []), since)
        for campus in campuses
    ]


def line_of(
    campus: Any,
    done: list[Assessment],
    progress: work.SiteProgress | None,
    severities: list[str],
    since: date,
) -> CampusLine:
    """How a campus stands by what was done there, the newest first."""
    scored = (one for one in done if one.kind == AssessmentKind.CPTED and one.score is not None)
    return CampusLine(
        campus=campus,
        last=done[0] if done else None,
        scored=next(scored, None),
        is_covered=bool(done) and done[0].assessed_on is not None and done[0].assessed_on >= since,
        by_severity=Counter(severities),
        progress=progress,
    )
