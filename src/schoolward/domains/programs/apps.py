"""Start-up of programs."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Youth programs, and the site profile's panel about them."""

    name = "schoolward.domains.programs"
    label = "programs"
    verbose_name = "Programs"

    def ready(self) -> None:
        """Give sites their panel."""
        from schoolward.domains.programs import panels  # noqa: F401 - registers itself
