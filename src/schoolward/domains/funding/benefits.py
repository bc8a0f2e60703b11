"""What a work brings: the risk that stands behind it, in risk points, with every part told.

The one definition. A point is a point of FEMA's product of asset value, threat and vulnerability, each from
1 to 10 (FEMA 426 and 452), so from 1 to 1000; it ranks and is no probability. A work brings

1. for findings whose assessment rates risks: the highest known product in the layer in which the finding
   stands. Findings of one assessment in one layer stand against the same risk, which counts once;
2. for every other finding: the points of its severity (``data/severity_points.csv``);
3. where no unresolved finding is behind it: the points of the work's own severity.

A person may say another number, with a reason; what was computed stays told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolward.domains.assessments.queries import FindingBehind
from schoolward.domains.funding.dated_rules import rule_for_severity


class BasisKind(StrEnum):
    """Where a part of a benefit comes from."""

    RATED = "rated"
    SEVERITY = "severity"
    WORK = "work"


@dataclass(frozen=True)
class Basis:
    """One part of a benefit. ``finding_id`` and ``instrument`` are empty where no finding is behind it."""

    kind: BasisKind
    points: int
    title: str
    severity: str
    finding_id: int | None = None
    instrument: str = ""
    rated_on: date | None = None


def bases_of(findings: Iterable[FindingBehind], *, title: str, severity: str, on: date) -> tuple[Basis, ...]:
    """The parts of what a work of this title and severity brings, seen on a day, the greatest first."""
    found: list[Basis] = []
    counted: set[str] = set()
    for one in findings:
        if one.product is None:
            found.append(_by_severity(BasisKind.SEVERITY, one.severity, on, one.title, one))
        elif one.rated_together not in counted:
            counted.add(one.rated_together)
            found.append(
                Basis(
                    BasisKind.RATED,
                    one.product,
                    one.title,
                    one.severity,
                    one.finding_id,
                    one.instrument,
                    one.rated_on,
                )
            )
    if not found:
        found.append(_by_severity(BasisKind.WORK, severity, on, title, None))
    return tuple(sorted(found, key=lambda basis: -basis.points))


def _by_severity(
    kind: BasisKind, severity: str, on: date, title: str, finding: FindingBehind | None
) -> Basis:
    rule = rule_for_severity(severity, on)
    points = rule.points if rule is not None else 0
    if finding is None:
        return Basis(kind, points, title, severity)
    return Basis(kind, points, title, severity, finding.finding_id, finding.instrument)
