"""Start-up of access: every domain's ``policy.py`` is read, as Django's admin reads ``admin.py``."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    """Collects permissions and row policies."""

    name = "schoolward.platform.access"

    def ready(self) -> None:
        autodiscover_modules("policy")
