"""Start-up of funding."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Funding, which follows the moves of the work that it pays for."""

    name = "schoolward.domains.funding"
    label = "funding"
    verbose_name = "Funding"

    def ready(self) -> None:
        """Be told of the moves of work, and tell of plans on the pages of awards and of work."""
        from schoolward.domains.funding import panels, telling_grants  # noqa: F401 - register themselves
        from schoolward.domains.funding.actions import following  # noqa: F401 - registers itself
