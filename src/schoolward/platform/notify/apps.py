"""Start-up of notify: every ``topics.py`` is read."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotifyConfig(AppConfig):
    """Fills the registry of topics."""

    name = "schoolward.platform.notify"

    def ready(self) -> None:
        autodiscover_modules("topics")
