"""Tables about young people, in and out: referrals, visits, diversion, seats, months, academies, days."""

from schoolward.domains.cases.exchange.academies import Service, Students
from schoolward.domains.cases.exchange.attendance import AttendanceTable
from schoolward.domains.cases.exchange.centre import CentreFollowUps, CentreVisits, TruancyDeeds
from schoolward.domains.cases.exchange.diversion import DiversionCases, DiversionProofs
from schoolward.domains.cases.exchange.referrals import Referrals
from schoolward.domains.cases.exchange.seats_and_months import ClassSeats, Months

__all__ = [
    "AttendanceTable",
    "CentreFollowUps",
    "CentreVisits",
    "ClassSeats",
    "DiversionCases",
    "DiversionProofs",
    "Months",
    "Referrals",
    "Service",
    "Students",
    "TruancyDeeds",
]
