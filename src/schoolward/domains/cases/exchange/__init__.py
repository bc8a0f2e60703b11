"""Tables in and out: about young people, and incidents of discipline, in which nobody is."""

from schoolward.domains.cases.exchange.academies import Service, Students
from schoolward.domains.cases.exchange.attendance import AttendanceTable
from schoolward.domains.cases.exchange.centre import CentreFollowUps, CentreVisits, TruancyDeeds
from schoolward.domains.cases.exchange.discipline import DisciplineIncidents
from schoolward.domains.cases.exchange.diversion import DiversionCases, DiversionProofs
from schoolward.domains.cases.exchange.referrals import Referrals
from schoolward.domains.cases.exchange.roster import RosterStudents
from schoolward.domains.cases.exchange.seats_and_months import ClassSeats, Months

__all__ = [
    "AttendanceTable",
    "CentreFollowUps",
    "CentreVisits",
    "ClassSeats",
    "DisciplineIncidents",
    "DiversionCases",
    "DiversionProofs",
    "Months",
    "Referrals",
    "RosterStudents",
    "Service",
    "Students",
    "TruancyDeeds",
]
