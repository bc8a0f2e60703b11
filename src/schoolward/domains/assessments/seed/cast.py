"""Who assesses in the demonstration, and what its story stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schoolward.platform.access.models import Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext


@dataclass(frozen=True)
class Cast:
    """The demonstration's accounts that plan, walk and review."""

    lead: Viewer
    officer: Viewer
    facilities: Viewer

    def pair(self, number: int) -> tuple[Viewer, Viewer]:
        """An assessor and another, in turn."""
        walkers = (self.officer, self.facilities)
        return walkers[number % 2], walkers[(number + 1) % 2]


def cast_of(context: SeedContext) -> Cast:
    """The demonstration's accounts by role. Raises ``LookupError`` before people are loaded."""

    def viewer(role: str) -> Viewer:
        held = Membership.objects.filter(account__is_demonstration=True, role=role).order_by("pk").first()
        if held is None:
            raise LookupError(f"the demonstration has no account in the role {role}; load people first")
        return viewer_for(held, at=context.at)

    return Cast(viewer(Role.LEAD), viewer(Role.SCHOOL_RESOURCE_OFFICER), viewer(Role.FACILITIES))


def morning_of(day: date, hour: int = 10) -> datetime:
    """A moment of a day, in the district's time."""
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def school_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() >= 5 else day
