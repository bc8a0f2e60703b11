"""Tables about campuses and schools that go in and out: the directory, enrolment, bell times, days without
school; and the schools of a roster, in alone."""

from schoolward.domains.places.exchange.calendar import BellTimesTable, EnrolmentTable, NonSchoolDaysTable
from schoolward.domains.places.exchange.roster import RosterSchools
from schoolward.domains.places.exchange.schools import SchoolDirectory

__all__ = ["BellTimesTable", "EnrolmentTable", "NonSchoolDaysTable", "RosterSchools", "SchoolDirectory"]
