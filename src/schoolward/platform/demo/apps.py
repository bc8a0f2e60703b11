"""Start-up of the demonstration: every ``seed.py`` is read."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DemoConfig(AppConfig):
    """Fills the registry of seeds."""

    name = "schoolward.platform.demo"

    def ready(self) -> None:
        autodiscover_modules("seed")
