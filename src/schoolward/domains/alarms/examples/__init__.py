"""The worked examples of the measures of alarms, by what they show."""

from schoolward.domains.alarms.examples.fees import charged
from schoolward.domains.alarms.examples.rates import example
from schoolward.domains.alarms.examples.reducing import by_cause, corrected

__all__ = ["by_cause", "charged", "corrected", "example"]
