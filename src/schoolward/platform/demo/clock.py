"""The day that pages call "today": the clock by which access is judged as well."""

from schoolward.platform.access.clock import DEMONSTRATION_DAY, MORNING, now, stands_still, today

__all__ = ["DEMONSTRATION_DAY", "MORNING", "now", "stands_still", "today"]
