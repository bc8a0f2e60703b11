"""OneRoster 1.1 and 1.2: a student information system's bodies and people as a set of CSV files, in.

By the specification of 1EdTech (IMS Global): "OneRoster CSV Tables 1.1" (2017) and "CSV Binding 1.2.1"
(2023). A set says who every student of a district is; the partnership needs its staff. So a reading keeps
bodies and staff, and of students those alone whom the caller names by number. Demographics are never opened.
"""

from schoolward.protocols.faults import Fault
from schoolward.protocols.oneroster.keeping import orgs_only, staff_only, students_only
from schoolward.protocols.oneroster.layouts import COLUMNS
from schoolward.protocols.oneroster.members import Archive, Folder, Members, packed
from schoolward.protocols.oneroster.reading import ALL, ORGS, STAFF, read
from schoolward.protocols.oneroster.values import (
    STAFF_ROLES,
    Engagement,
    Manifest,
    Mode,
    Org,
    Person,
    Roster,
    SetProblem,
)

__all__ = [
    "ALL",
    "COLUMNS",
    "ORGS",
    "STAFF",
    "STAFF_ROLES",
    "Archive",
    "Engagement",
    "Fault",
    "Folder",
    "Manifest",
    "Members",
    "Mode",
    "Org",
    "Person",
    "Roster",
    "SetProblem",
    "orgs_only",
    "packed",
    "read",
    "staff_only",
    "students_only",
]
