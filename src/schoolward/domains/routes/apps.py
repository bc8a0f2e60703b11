"""Start-up of routes."""

from django.apps import AppConfig


class RoutesConfig(AppConfig):
    """The way to school."""

    name = "schoolward.domains.routes"
    label = "routes"
    verbose_name = "Routes to school"

    def ready(self) -> None:
        """Follow the work that barriers asked for, take up walk audits, and give sites their panel."""
        from schoolward.domains.routes import follow_ups, panels  # noqa: F401 - register themselves
        from schoolward.domains.routes.actions import recommending  # noqa: F401 - registers itself
