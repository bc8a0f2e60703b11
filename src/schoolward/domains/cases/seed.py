"""Young people of the demonstration. Every one of them is invented."""

from schoolward.domains.cases import services_demonstration

__all__ = ["services_demonstration"]
