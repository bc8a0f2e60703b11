"""Start-up of routes."""

from django.apps import AppConfig


class RoutesConfig(AppConfig):
    """The way to school."""

    name = "schoolward.domains.routes"
    label = "routes"
    verbose_name = "Routes to school"
