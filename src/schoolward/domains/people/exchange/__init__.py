"""Tables about agencies that go in and out: the agencies, and the numbers at which they take alarms; and the
staff of a roster, in alone."""

from schoolward.domains.people.exchange.agencies import Agencies
from schoolward.domains.people.exchange.numbers import ResponseNumbers
from schoolward.domains.people.exchange.roster import RosterStaff

__all__ = ["Agencies", "ResponseNumbers", "RosterStaff"]
