"""Start-up of the exchanges: every ``exchange.py`` of the domains is read."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    """Fills the registry of exchanges, and says what of an import goes with a seal."""

    name = "schoolward.platform.exchange"

    def ready(self) -> None:
        import_module(f"{self.name}.forgetting")
        autodiscover_modules("exchange")
