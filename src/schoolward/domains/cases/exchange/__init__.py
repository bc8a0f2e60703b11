"""Tables about young people: referrals, in and out; and days of school, in alone."""

from schoolward.domains.cases.exchange.attendance import AttendanceTable
from schoolward.domains.cases.exchange.referrals import Referrals

__all__ = ["AttendanceTable", "Referrals"]
