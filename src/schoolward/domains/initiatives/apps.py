"""Start-up of initiatives."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Initiatives, and what they tell of the programs that they follow."""

    name = "schoolward.domains.initiatives"
    label = "initiatives"
    verbose_name = "Initiatives"

    def ready(self) -> None:
        """Tell programs of the initiatives and bodies beside them."""
        from schoolward.domains.initiatives import programs_beside  # noqa: F401 - registers itself
