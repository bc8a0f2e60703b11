"""The columns of each file, by version.

Names, order, required fields, references and lists of values are those of IMS OneRoster 1.1 and 1.2.1
("CSV Binding", 1EdTech, final releases of 2017 and 2023), as public implementations of it have them. Of the
grade book (line items, results, resources) only the names of files are known: nothing of it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a cell holds."""

    GUID = auto()
    GUIDS = auto()
    TEXT = auto()
    LIST = auto()
    WORD = auto()
    BOOLEAN = auto()
    DATE = auto()
    MOMENT = auto()
    YEAR = auto()
    EMAIL = auto()
    UNREAD = auto()
    """Never looked at: passwords, telephone numbers, ways to sign in."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``of`` lists the words of a WORD; ``refers_to`` names the file that a GUID points into."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    of: tuple[str, ...] = ()
    refers_to: str = ""
    personal: bool = False
    """Whether its value may be of a child or a family, and so is never shown."""


def _id(name: str, refers_to: str = "", *, required: bool = True, many: bool = False) -> Column:
    kind = Kind.GUIDS if many else Kind.GUID
    return Column(name, kind, required, refers_to=refers_to, personal=refers_to == "users")


def _word(name: str, *of: str, required: bool = True) -> Column:
    return Column(name, Kind.WORD, required, of=of)


def _date(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, required)


def _unread(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.UNREAD, personal=True) for name in names)


def _personal(name: str, kind: Kind = Kind.TEXT, *, required: bool = False) -> Column:
    return Column(name, kind, required, personal=True)


_BASE = (
    Column("sourcedId", Kind.GUID, required=True),
    _word("status", "active", "tobedeleted", required=False),
    Column("dateLastModified", Kind.MOMENT),
)
_ORGS = (
    *_BASE,
    Column("name", required=True),
    _word("type", "department", "school", "district", "local", "state", "national"),
    Column("identifier"),
    _id("parentSourcedId", "orgs", required=False),
)
_SESSIONS = (
    *_BASE,
    Column("title", required=True),
    _word("type", "gradingPeriod", "semester", "schoolYear", "term"),
    _date("startDate", required=True),
    _date("endDate", required=True),
    _id("parentSourcedId", "academicSessions", required=False),
    Column("schoolYear", Kind.YEAR, required=True),
)
_COURSES = (
    *_BASE,
    _id("schoolYearSourcedId", "academicSessions", required=False),
    Column("title", required=True),
    Column("courseCode"),
    Column("grades", Kind.LIST),
    _id("orgSourcedId", "orgs"),
    Column("subjects", Kind.LIST),
    Column("subjectCodes", Kind.LIST),
)
_CLASSES = (
    *_BASE,
    Column("title", required=True),
    Column("grades", Kind.LIST),
    _id("courseSourcedId", "courses"),
    Column("classCode"),
    _word("classType", "homeroom", "scheduled"),
    Column("location"),
    _id("schoolSourcedId", "orgs"),
    _id("termSourcedIds", "academicSessions", many=True),
    Column("subjects", Kind.LIST),
    Column("subjectCodes", Kind.LIST),
    Column("periods", Kind.LIST),
)
_USER_BASE = (Column("sourcedId", Kind.GUID, required=True, personal=True), *_BASE[1:])
"""Ids of users and of what hangs on them: many systems write a student's number into them."""
_ENROLLMENTS = (
    *_USER_BASE,
    _id("classSourcedId", "classes"),
    _id("schoolSourcedId", "orgs"),
    _id("userSourcedId", "users"),
    _word("role", "administrator", "proctor", "student", "teacher"),
    Column("primary", Kind.BOOLEAN),
    _date("beginDate"),
    _date("endDate"),
)
_ENABLED = Column("enabledUser", Kind.BOOLEAN, required=True)
_NAMED = (
    _personal("username", required=True),
    *_unread("userIds"),
    _personal("givenName", required=True),
    _personal("familyName", required=True),
    *_unread("middleName"),
    _personal("identifier"),
    _personal("email", Kind.EMAIL),
    *_unread("sms", "phone"),
    _id("agentSourcedIds", "users", required=False, many=True),
    *_unread("grades", "password"),
)
_USERS_11 = (
    *_USER_BASE,
    _ENABLED,
    _id("orgSourcedIds", "orgs", many=True),
    _word("role", "administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher"),
    *_NAMED,
)
_USERS_12 = (
    *_USER_BASE,
    _ENABLED,
    *_NAMED,
    *_unread("userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName"),
    _id("primaryOrgSourcedId", "orgs", required=False),
    *_unread("pronouns"),
)
_ROLES = (
    *_USER_BASE,
    _id("userSourcedId", "users"),
    _word("roleType", "primary", "secondary"),
    _word(
        "role",
        "aide",
        "counselor",
        "districtAdministrator",
        "guardian",
        "parent",
        "principal",
        "proctor",
        "relative",
        "siteAdministrator",
        "student",
        "systemAdministrator",
        "teacher",
    ),
    _date("beginDate"),
    _date("endDate"),
    _id("orgSourcedId", "orgs"),
    _id("userProfileSourcedId", "userProfiles", required=False),
)
_PROFILES = (
    *_USER_BASE,
    _id("userSourcedId", "users"),
    Column("profileType", required=True),
    Column("vendorId", required=True),
    Column("applicationId"),
    *_unread("description"),
    Column("credentialType", required=True),
    _personal("username", required=True),
    *_unread("password"),
)

_SHARED = {
    "orgs": _ORGS,
    "academicSessions": _SESSIONS,
    "courses": _COURSES,
    "classes": _CLASSES,
    "enrollments": _ENROLLMENTS,
}
COLUMNS: dict[str, dict[str, tuple[Column, ...]]] = {
    "1.1": {**_SHARED, "users": _USERS_11},
    "1.2": {**_SHARED, "roles": _ROLES, "users": _USERS_12, "userProfiles": _PROFILES},
}
"""The files that are read, by version, each with its columns in order."""

NEVER_READ = "demographics"
_GRADE_BOOK = ("categories", "classResources", "courseResources", "lineItems", "resources", "results")
_GRADE_BOOK_12 = (
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "resultLearningObjectiveIds",
    "resultScoreScales",
    "scoreScales",
    "userResources",
)
FILES: dict[str, frozenset[str]] = {
    "1.1": frozenset({*COLUMNS["1.1"], NEVER_READ, *_GRADE_BOOK}),
    "1.2": frozenset({*COLUMNS["1.2"], NEVER_READ, *_GRADE_BOOK, *_GRADE_BOOK_12}),
}
"""The files that a manifest must name, by version."""
