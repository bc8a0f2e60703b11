"""Start-up of alarms."""

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    """Alarms."""

    name = "schoolward.domains.alarms"
    label = "alarms"
    verbose_name = "Alarms"

    def ready(self) -> None:
        """Give sites their panel."""
        from schoolward.domains.alarms import panels  # noqa: F401 - registers itself
