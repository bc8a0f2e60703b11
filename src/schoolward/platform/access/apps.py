"""Start-up of access: every domain's ``policy.py`` is read, as Django's admin reads ``admin.py``."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    """Collects permissions and row policies, and listens to sign-in."""

    name = "schoolward.platform.access"

    def ready(self) -> None:
        for listening in ("sessions", "second_factor", "sign_in", "own_policies", "schema_checks"):
            import_module(f"{self.name}.{listening}")
        autodiscover_modules("policy", "retention")
