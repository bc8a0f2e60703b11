"""Tables about agencies that go in and out: the agencies, and the numbers at which they take alarms."""

from schoolward.domains.people.exchange.agencies import Agencies
from schoolward.domains.people.exchange.numbers import ResponseNumbers

__all__ = ["Agencies", "ResponseNumbers"]
