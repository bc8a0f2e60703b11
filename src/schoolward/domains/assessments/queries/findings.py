"""Reads of findings: the list, the bundles by trade and area, and how far each campus is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from schoolward.domains.assessments.models import UNRESOLVED, Assessment, Finding, FindingState, Sighting
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

SEVERITY_ORDER = Case(
    *(When(severity=name, then=Value(rank)) for rank, name in enumerate(("urgent", "high", "medium", "low"))),
    default=Value(9),
    output_field=IntegerField(),
)

#: What is to be decided first, then what is in work; in each the worst first.
IN_ORDER = (
    Case(
        When(state=FindingState.OPEN, then=Value(0)),
        When(state=FindingState.ACCEPTED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    ),
    SEVERITY_ORDER,
    "found_on",
    "pk",
)


def findings(viewer: Viewer) -> QuerySet[Finding]:
    """The findings that the viewer may see."""
    return visible(Finding.objects.select_related("campus", "work", "instrument"), viewer)


def unresolved(viewer: Viewer) -> QuerySet[Finding]:
    """The findings that still need somebody."""
    return findings(viewer).filter(state__in=UNRESOLVED)


def sightings(finding: Finding) -> QuerySet[Sighting]:
    """The walks in which a finding was seen, the oldest first."""
    return finding.sightings.select_related("walk__assessment", "walk__reinspection").order_by("pk")


@dataclass
class Bundle:
    """Unresolved findings that one trade can do in one area (ZIP code) in one go."""

    trade: str
    trade_label: str
    area: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def to_decide(self) -> list[Finding]:
        """Those that nobody has decided on yet."""
        return [one for one in self.findings if one.state == FindingState.OPEN]

    @property
    def sites(self) -> int:
        """At how many campuses they are."""
        return len({one.campus_id for one in self.findings})

    @property
    def estimate_cents(self) -> int:
        """What those with an estimate would cost together."""
        return sum(one.estimate_cents or 0 for one in self.findings)

    @property
    def without_estimate(self) -> int:
        """How many have no estimate, and are not in the sum."""
        return sum(1 for one in self.findings if one.estimate_cents is None)

    @property
    def first_due(self) -> date | None:
        """The earliest due date among them."""
        days = [one.work.due for one in self.findings if one.work is not None and one.work.due is not None]
        return min(days, default=None)


def bundles(viewer: Viewer, trades: Iterable[tuple[str, Any]]) -> list[Bundle]:
    """Unresolved findings by trade and area, the largest bundle first."""
    labels = {key: str(label) for key, label in trades}
    found: dict[tuple[str, str], Bundle] = {}
    for one in unresolved(viewer).order_by("campus__name", *IN_ORDER):
        area = one.campus.zip_code[:5]
        key = (one.trade, area)
        if key not in found:
            found[key] = Bundle(one.trade, labels.get(one.trade, one.trade), area)
        found[key].findings.append(one)
    return sorted(found.values(), key=lambda bundle: (-len(bundle.findings), bundle.trade, bundle.area))


def seen_mended(viewer: Viewer) -> QuerySet[Finding]:
    """Unresolved findings that the last walk called mended: somebody has to settle their work."""
    told = Sighting.objects.filter(is_mended=True).values("finding")
    return unresolved(viewer).filter(Q(pk__in=told))


def seen_before(viewer: Viewer, assessment: Assessment) -> QuerySet[Sighting]:
    """What an assessment's walks saw of findings that were known already: still failing, or mended."""
    seen = Sighting.objects.filter(walk__assessment=assessment, finding__in=findings(viewer))
    others = seen.exclude(finding__assessment=assessment).select_related("finding__work")
    return others.order_by("is_mended", "finding__title", "pk")
