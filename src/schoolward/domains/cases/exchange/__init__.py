"""Tables about young people, in and out: referrals, visits, truancy, diversion, days of school."""

from schoolward.domains.cases.exchange.attendance import AttendanceTable
from schoolward.domains.cases.exchange.centre import CentreFollowUps, CentreVisits, TruancyDeeds
from schoolward.domains.cases.exchange.diversion import DiversionCases, DiversionProofs
from schoolward.domains.cases.exchange.referrals import Referrals

__all__ = [
    "AttendanceTable",
    "CentreFollowUps",
    "CentreVisits",
    "DiversionCases",
    "DiversionProofs",
    "Referrals",
    "TruancyDeeds",
]
