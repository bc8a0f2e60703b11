"""Start-up of incidents."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Incidents, and the site profile's panel about them."""

    name = "schoolward.domains.incidents"
    label = "incidents"
    verbose_name = "Incidents"

    def ready(self) -> None:
        """Ask places to be told of changed campuses, and give sites their panel."""
        from schoolward.domains.incidents import panels  # noqa: F401 - registers itself
        from schoolward.domains.incidents.actions import attributing  # noqa: F401 - registers itself
