"""How far the walk zone of a site reaches on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from schoolward.domains.routes.models import WalkZoneRule
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

__all__ = ["Zone", "walk_zone_rule", "walk_zone_rules", "zone_of"]

# Kinds of school as `places` names them.
_HIGH = frozenset({"high", "continuation", "k12"})
_MIDDLE = frozenset({"middle", "junior_high"})


@dataclass(frozen=True)
class Zone:
    """A site's walk zone, and the version of the rule that says so."""

    metres: float  # along streets
    rule: int
    valid_from: date

    def told(self) -> dict[str, Any]:
        """For what is kept beside a plan."""
        return {"metres": self.metres, "rule": self.rule, "valid_from": self.valid_from.isoformat()}


def walk_zone_rules(viewer: Viewer) -> QuerySet[WalkZoneRule]:
    """Every version, the newest first."""
    return visible(WalkZoneRule.objects.all(), viewer)


def walk_zone_rule(day: date) -> WalkZoneRule | None:
    """The version that holds on a day; None where the district has set none."""
    return WalkZoneRule.objects.filter(valid_from__lte=day).first()


def zone_of(rule: WalkZoneRule | None, kinds: Iterable[str]) -> Zone | None:
    """The walk zone of a site with schools of these kinds.

    It is that of the school from which one walks farthest. A school for every grade counts as a high school,
    one whose kind says no level as an elementary school.
    """
    if rule is None:
        return None
    metres = max(
        (
            rule.high_m if kind in _HIGH else rule.middle_m if kind in _MIDDLE else rule.elementary_m
            for kind in kinds
        ),
        default=rule.elementary_m,
    )
    return Zone(metres, rule.pk, rule.valid_from)
