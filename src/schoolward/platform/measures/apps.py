"""Start-up of measures: every domain's ``measures.py`` is read."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MeasuresConfig(AppConfig):
    """Fills the registry."""

    name = "schoolward.platform.measures"

    def ready(self) -> None:
        autodiscover_modules("measures")
