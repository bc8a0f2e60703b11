"""Tables about campuses and schools that go in and out: the directory, enrolment, bell times, days without
school."""

from schoolward.domains.places.exchange.calendar import BellTimesTable, EnrolmentTable, NonSchoolDaysTable
from schoolward.domains.places.exchange.schools import SchoolDirectory

__all__ = ["BellTimesTable", "EnrolmentTable", "NonSchoolDaysTable", "SchoolDirectory"]
