"""Tables about young people: referrals, seats, months and academies in and out; days of school, in alone."""

from schoolward.domains.cases.exchange.academies import Service, Students
from schoolward.domains.cases.exchange.attendance import AttendanceTable
from schoolward.domains.cases.exchange.referrals import Referrals
from schoolward.domains.cases.exchange.seats_and_months import ClassSeats, Months

__all__ = ["AttendanceTable", "ClassSeats", "Months", "Referrals", "Service", "Students"]
