"""The cases application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Puts what is worked here beside the program's own page."""

    name = "schoolward.domains.cases"
    label = "cases"

    def ready(self) -> None:
        """Register the pages on which programs are worked, and what follows a changed class."""
        from schoolward.domains.cases import programs_beside  # noqa: F401 - registers itself
