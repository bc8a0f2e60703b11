"""Start-up of alarms."""

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    """Alarms."""

    name = "schoolward.domains.alarms"
    label = "alarms"
    verbose_name = "Alarms"
