"""Start-up of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Site assessments, and the site profile's panel about them."""

    name = "schoolward.domains.assessments"
    label = "assessments"
    verbose_name = "Assessments"

    def ready(self) -> None:
        """Give sites their panel, and let findings follow their work."""
        from schoolward.domains.assessments import panels  # noqa: F401 - registers itself
        from schoolward.domains.assessments.actions import following  # noqa: F401 - registers itself
