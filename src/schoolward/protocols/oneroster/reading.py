"""A set as values: bodies and staff, students only by their local numbers, and every fault by its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from schoolward.protocols.faults import Faults
from schoolward.protocols.oneroster.layouts import COLUMNS, Column
from schoolward.protocols.oneroster.manifest import read_manifest
from schoolward.protocols.oneroster.members import Members
from schoolward.protocols.oneroster.references import References
from schoolward.protocols.oneroster.tables import FURTHER, SetTable, Values
from schoolward.protocols.oneroster.values import (
    LEAVING,
    STAFF_ROLES,
    STUDENT,
    Engagement,
    Manifest,
    Mode,
    Org,
    Person,
    Roster,
)

ALL = ("orgs", "academicSessions", "courses", "classes", "roles", "users", "userProfiles", "enrollments")
"""The files in the order in which they are read: who somebody is stands in the roles, before the users."""
ORGS = ("orgs",)
STAFF = ("orgs", "roles", "users")
"""What an import of staff needs. Nothing else of the set is opened."""


def read(members: Members, *, students: Collection[str] = (), files: Iterable[str] = ALL) -> Roster:
    """Read a set: its bodies, its staff, and of the students those whose local number is in ``students``.

    The number is the user's ``identifier``. Of everybody else nothing outlives the row but a number that
    this run alone can make. Demographics are never opened. ``files`` narrows what is opened at all; what
    points at a file that is not read whole is not held against it.

    Raises :class:`SetProblem` where the set as a whole cannot be read.
    """
    faults = Faults()
    manifest = read_manifest(members, faults)
    return _Reading(members, manifest, frozenset(students), faults).run(frozenset(files))


class _Reading:
    """One run over a set."""

    def __init__(
        self, members: Members, manifest: Manifest, students: frozenset[str], faults: Faults
    ) -> None:
        self._members = members
        self._manifest = manifest
        self._students = students
        self._references = References()
        self._roster = Roster(manifest, faults=faults)
        self._staff_roles: dict[str, list[Engagement]] = defaultdict(list)
        self._student_marks: set[int] = set()
        self._other_marks: set[int] = set()

    def run(self, files: frozenset[str]) -> Roster:
        """Read the files in turn, then see to what points nowhere."""
        keepers = {"orgs": self._keep_org, "roles": self._keep_role, "users": self._keep_user}
        opened = [name for name in ALL if name in files and self._is_there(name)]
        tables = {name: self._table(name) for name in opened}
        for name, table in tables.items():
            columns = [c for c in COLUMNS[self._manifest.version][name] if c.refers_to]
            for row, values in table.rows():
                if self._is_new(table, row, values, columns) and name in keepers:
                    keepers[name](table, row, values)
            self._roster.rows[name] = table.read
        self._staff_roles.clear()
        self._place_students(files)
        self._tell_what_is_lost(tables)
        return self._roster

    def _is_there(self, name: str) -> bool:
        known = COLUMNS[self._manifest.version]
        return name in known and self._manifest.mode(name) is not Mode.ABSENT

    def _table(self, name: str) -> SetTable:
        mode = self._manifest.mode(name)
        return SetTable(name, self._members, self._manifest.version, mode, self._roster.faults)

    def _is_new(self, table: SetTable, row: int, values: Values, columns: list[Column]) -> bool:
        """Take in the ids of a row. A second row of the same id is a fault."""
        sourced_id = values["sourcedId"]
        if not self._references.is_first(table.name, sourced_id):
            shown = sourced_id if table.shows("sourcedId") else ""
            mend = "Leave in the row that is right: an id stands once in a file."
            table.fault(row, "sourcedId", shown, "stands in an earlier row already", mend)
            return False
        if values.get("status") == LEAVING:
            return True  # what it pointed at may be gone before it
        for column in columns:
            pointed: Any = values.get(column.name, ())
            for one in (pointed,) if isinstance(pointed, str) else pointed:
                self._references.want(table.name, column.name, row, column.refers_to, one)
        return True

    def _keep_org(self, table: SetTable, row: int, values: Values) -> None:
        self._roster.orgs.append(
            Org(
                row=row,
                sourced_id=values["sourcedId"],
                name=values["name"],
                type=values["type"],
                identifier=values.get("identifier", ""),
                parent=values.get("parentSourcedId", ""),
                leaves=values.get("status") == LEAVING,
                further={name: value for name, value in values.items() if name.startswith(FURTHER)},
            )
        )

    def _keep_role(self, table: SetTable, row: int, values: Values) -> None:
        """Note who is what: of staff the role, of the others only that there is one."""
        user, role = values["userSourcedId"], values["role"]
        if values.get("status") == LEAVING:
            return
        if role in STAFF_ROLES:
            self._staff_roles[user].append(_engagement(values))
        elif role == STUDENT:
            self._student_marks.add(self._references.mark(user))
        else:
            self._other_marks.add(self._references.mark(user))

    def _keep_user(self, table: SetTable, row: int, values: Values) -> None:
        engagements = self._engagements(values)
        is_student = self._is_student(values)
        if engagements and not is_student:
            self._roster.staff.append(_person(row, values, engagements))
        elif is_student and values.get("identifier") in self._students:
            self._roster.students.append(_person(row, values, engagements))
        else:
            self._roster.left_out += 1
            if not is_student and not engagements and self._has_no_role(values):
                table.fault(
                    row,
                    "sourcedId",
                    "",
                    "is of nobody whom roles.csv gives a role",
                    "Add a row to roles.csv, or leave the user out.",
                    kept=True,
                )

    def _engagements(self, values: Values) -> tuple[Engagement, ...]:
        """The roles of a user as staff; in 1.1 they stand in the user's own row."""
        role = values.get("role")
        if role is None:
            return tuple(self._staff_roles.get(values["sourcedId"], ()))
        kept = role in STAFF_ROLES or values.get("identifier") in self._students
        return tuple(Engagement(role, org) for org in values["orgSourcedIds"]) if kept else ()

    def _is_student(self, values: Values) -> bool:
        role = values.get("role")
        if role is None:
            return self._references.mark(values["sourcedId"]) in self._student_marks
        return bool(role == STUDENT)

    def _has_no_role(self, values: Values) -> bool:
        """Whether a whole roles.csv says nothing of a user."""
        whole = self._manifest.version != "1.1" and self._manifest.mode("roles") is Mode.BULK
        return whole and self._references.mark(values["sourcedId"]) not in self._other_marks

    def _place_students(self, files: frozenset[str]) -> None:
        """Read the roles once more for the few students who were asked for: where they are."""
        wanted = {person.sourced_id for person in self._roster.students}
        if not wanted or "roles" not in files or not self._is_there("roles"):
            return
        unheard = SetTable("roles", self._members, self._manifest.version, Mode.BULK, Faults())
        found: dict[str, list[Engagement]] = defaultdict(list)
        for _row, values in unheard.rows():
            if values["userSourcedId"] in wanted and values["role"] == STUDENT:
                found[values["userSourcedId"]].append(_engagement(values))
        self._roster.students = [
            replace(person, engagements=tuple(found[person.sourced_id])) for person in self._roster.students
        ]

    def _tell_what_is_lost(self, tables: dict[str, SetTable]) -> None:
        modes = self._manifest.mode
        whole = frozenset(name for name in tables if modes(name) is Mode.BULK)
        for file, column, target, row in self._references.lost(whole):
            error = f"points at nothing in {target}.csv"
            mend = f"Add the row to {target}.csv, or correct the id."
            tables[file].fault(row, column, "", error, mend, kept=True)


def _engagement(values: Values) -> Engagement:
    return Engagement(
        values["role"],
        values["orgSourcedId"],
        values["roleType"] == "primary",
        values.get("beginDate"),
        values.get("endDate"),
    )


def _person(row: int, values: Values, engagements: tuple[Engagement, ...]) -> Person:
    return Person(
        row=row,
        sourced_id=values["sourcedId"],
        given_name=values["givenName"],
        family_name=values["familyName"],
        engagements=engagements,
        identifier=values.get("identifier", ""),
        email=values.get("email", ""),
        enabled=values["enabledUser"],
        leaves=values.get("status") == LEAVING,
    )
