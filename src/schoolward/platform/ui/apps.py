"""Start-up of the page frame: every part's ``navigation.py`` and ``search.py`` is read."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    """Fills the registries of navigation and search."""

    name = "schoolward.platform.ui"
    label = "ui"

    def ready(self) -> None:
        autodiscover_modules("navigation", "search")
