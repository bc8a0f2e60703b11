"""Small OneRoster sets for tests: nobody in them is real."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from schoolward.protocols.oneroster import COLUMNS

Rows = list[dict[str, str]]

SCHOOL, OTHER = "34674390000001", "34674390000002"
ORGS: Rows = [
    {"sourcedId": "d1", "name": "Example Unified", "type": "district", "identifier": "3467439"},
    {"sourcedId": "s1", "name": "Alder Elementary", "type": "school", "identifier": SCHOOL}
    | {"parentSourcedId": "d1"},
    {"sourcedId": "s2", "name": "Birch High", "type": "school", "parentSourcedId": "d1"},
]


def user(sourced_id: str, given: str, family: str, **more: str) -> dict[str, str]:
    """A row of users.csv."""
    return {
        "sourcedId": sourced_id,
        "enabledUser": "true",
        "username": sourced_id,
        "givenName": given,
        "familyName": family,
        **more,
    }


def role(sourced_id: str, of: str, what: str, org: str = "s1", **more: str) -> dict[str, str]:
    """A row of roles.csv."""
    return {
        "sourcedId": sourced_id,
        "userSourcedId": of,
        "roleType": "primary",
        "role": what,
        "orgSourcedId": org,
        **more,
    }


PEOPLE_11: Rows = [
    user("t1", "Tess", "Invented", role="teacher", orgSourcedIds="s1,s2", email="tess@example.org"),
    user("p1", "Paul", "Invented", role="administrator", orgSourcedIds="s1"),
    user(
        "k1", "Kim", "Pretend", role="student", orgSourcedIds="s1", identifier="00123", agentSourcedIds="m1"
    ),
    user("k2", "Kai", "Pretend", role="student", orgSourcedIds="s2", identifier="00456"),
    user("m1", "Mo", "Pretend", role="parent", orgSourcedIds="s1"),
]
PEOPLE_12: Rows = [{k: v for k, v in row.items() if k not in ("role", "orgSourcedIds")} for row in PEOPLE_11]
ROLES: Rows = [
    role("r1", "t1", "teacher"),
    role("r2", "p1", "principal"),
    role("r3", "k1", "student"),
    role("r4", "k2", "student", "s2"),
    role("r5", "m1", "parent"),
]
SESSIONS: Rows = [
    {"sourcedId": "y1", "title": "2012-13", "type": "schoolYear", "startDate": "2012-07-01"}
    | {"endDate": "2013-06-30", "schoolYear": "2013"}
]
COURSES: Rows = [{"sourcedId": "c1", "title": "Reading", "orgSourcedId": "d1", "schoolYearSourcedId": "y1"}]
CLASSES: Rows = [
    {"sourcedId": "k9", "title": "Reading 1", "courseSourcedId": "c1", "classType": "scheduled"}
    | {"schoolSourcedId": "s1", "termSourcedIds": "y1"}
]
ENROLLMENTS: Rows = [
    {"sourcedId": "e1", "classSourcedId": "k9", "schoolSourcedId": "s1", "userSourcedId": "k1"}
    | {"role": "student", "beginDate": "2012-09-04", "endDate": "2013-06-13"}
]
DEMOGRAPHICS = "sourcedId,birthDate\r\nk1,2001-02-03\r\n"


def whole(version: str = "1.2", **changed: Rows) -> dict[str, Rows]:
    """The rows of a whole set by file, some of them changed."""
    shared = {"orgs": ORGS, "academicSessions": SESSIONS, "courses": COURSES, "classes": CLASSES}
    of_version = {"users": PEOPLE_11} if version == "1.1" else {"users": PEOPLE_12, "roles": ROLES}
    return {**shared, "enrollments": ENROLLMENTS, **of_version, **changed}


def table(header: Iterable[str], rows: Rows) -> str:
    """Rows as CSV, with what stands in them beside the header at its right."""
    columns = list(dict.fromkeys([*header, *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def texts(files: Mapping[str, Rows], version: str = "1.2", mode: str = "bulk", **said: str) -> dict[str, str]:
    """A set as the text of each file, with its manifest; ``said`` are properties with _ for the dot."""
    from schoolward.protocols.oneroster.layouts import FILES

    properties = {"manifest.version": "1.0", "oneroster.version": version}
    properties |= {f"file.{name}": mode if name in files else "absent" for name in sorted(FILES[version])}
    properties |= {name.replace("_", "."): value for name, value in said.items()}
    manifest = "propertyName,value\r\n" + "".join(f"{n},{v}\r\n" for n, v in properties.items() if v)
    made = {name: table([c.name for c in COLUMNS[version][name]], rows) for name, rows in files.items()}
    return {"manifest": manifest, **made}


def archive(files: Mapping[str, str | bytes], folder: str = "") -> BinaryIO:
    """The files as a ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{folder}{name}.csv", text)
    made.seek(0)
    return made


def roster(version: str = "1.2", mode: str = "bulk", **changed: Rows) -> BinaryIO:
    """A set as a ZIP archive."""
    return archive(texts(whole(version, **changed), version, mode))
