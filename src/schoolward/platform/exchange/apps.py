"""Start-up of the exchanges: every ``exchange.py`` of the domains is read."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    """Fills the registry of exchanges."""

    name = "schoolward.platform.exchange"

    def ready(self) -> None:
        autodiscover_modules("exchange")
