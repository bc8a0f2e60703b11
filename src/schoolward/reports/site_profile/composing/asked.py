"""What a record set is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope


@dataclass(frozen=True)
class Asked:
    """A campus, the day as of which everything stands, and who reads."""

    campus: Any
    day: date
    viewer: Viewer

    @property
    def scope(self) -> Scope:
        """The campus as measures ask for it."""
        return Scope(self.campus.pk, self.campus.name)

    @property
    def at_the_day(self) -> Period:
        """The day as measures of how things stand ask for it."""
        return Period(None, self.day, self.day)

    @property
    def twelve_months(self) -> Period:
        """The twelve months up to the day, which is their last."""
        try:
            before = self.day.replace(year=self.day.year - 1)
        except ValueError:  # 29 February
            before = self.day.replace(year=self.day.year - 1, day=28)
        return Period(before + timedelta(days=1), self.day, self.day)
