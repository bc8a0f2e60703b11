"""Start-up of work."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Work, and the site profile's panel about it."""

    name = "schoolward.domains.work"
    label = "work"
    verbose_name = "Work"

    def ready(self) -> None:
        """Give sites their panel."""
        from schoolward.domains.work import panels  # noqa: F401 - registers itself
