"""Start-up of health: every ``health_checks.py`` is read."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HealthConfig(AppConfig):
    """Fills the registry of checks."""

    name = "schoolward.platform.health"

    def ready(self) -> None:
        autodiscover_modules("health_checks")
