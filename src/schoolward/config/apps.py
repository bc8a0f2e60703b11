"""Start-up of the composition root."""

from django.apps import AppConfig

from schoolward.config import logs


class ConfigConfig(AppConfig):
    """Configures logging once the settings are read."""

    name = "schoolward.config"
    label = "config"

    def ready(self) -> None:
        logs.configure()
