"""Daily attendance as a CSV file: the days of students who are named by number, and of nobody else.

Every system writes its own columns and codes. So a :class:`Layout` states what a file calls its columns and
its marks; the one that stands when nothing is stated knows the usual names.
"""

from schoolward.protocols.attendance.keeping import wanted_only
from schoolward.protocols.attendance.layout import FIELDS, BadLayout, Field, Layout, stated
from schoolward.protocols.attendance.reading import Attendance, Day, read
from schoolward.protocols.attendance.values import Mark, student_key

__all__ = [
    "FIELDS",
    "Attendance",
    "BadLayout",
    "Day",
    "Field",
    "Layout",
    "Mark",
    "read",
    "stated",
    "student_key",
    "wanted_only",
]
