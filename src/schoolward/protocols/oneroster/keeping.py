"""The part of a set that may lie on a disk until it is applied: staff alone, or students asked for alone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import BinaryIO

from schoolward.protocols.faults import Faults
from schoolward.protocols.oneroster.layouts import COLUMNS, Kind
from schoolward.protocols.oneroster.manifest import NAME, read_manifest
from schoolward.protocols.oneroster.members import Members, packed
from schoolward.protocols.oneroster.tables import SetTable
from schoolward.protocols.oneroster.values import STAFF_ROLES, STUDENT, Manifest, Mode

Judge = Callable[[dict[str, str]], bool]
NOT_OF_A_STUDENT = {"username": "-", "email": "", "agentSourcedIds": ""}
"""Cells of a student that nobody asks for, with what stands in their place: one must not be blank."""


def orgs_only(members: Members) -> BinaryIO:
    """The set as a ZIP archive with its manifest and its bodies alone. Raises :class:`SetProblem`."""
    read_manifest(members, Faults())
    return packed(members, (NAME, "orgs"))


def staff_only(members: Members) -> BinaryIO:
    """The set as a ZIP archive with its bodies and of its people the staff alone.

    Rows of others are blank lines, so that the rows keep their numbers; cells that nobody reads are blank.
    Raises :class:`SetProblem`.
    """
    manifest = read_manifest(members, Faults())
    return _people_only(members, manifest, _judge(members, manifest))


def students_only(members: Members, numbers: Collection[str]) -> BinaryIO:
    """The set as a ZIP archive with its bodies and of its people the students of these numbers alone.

    The number is the user's ``identifier``. Of them the addresses, the ids of their families and whatever
    nobody reads are left out. Rows of others are blank lines. Raises :class:`SetProblem`.
    """
    manifest = read_manifest(members, Faults())
    wanted = frozenset(numbers)
    ids: set[str] = set()
    if "users" in members.names():
        for _row, cells, header in _table(members, manifest, "users").raw():
            said = _by_name(header, cells)
            if said.get("identifier") in wanted and said.get("role", STUDENT) == STUDENT:
                ids.add(said.get("sourcedId", ""))
    return _people_only(
        members,
        manifest,
        lambda said: said.get("userSourcedId", said.get("sourcedId")) in ids,
        NOT_OF_A_STUDENT,
    )


def _people_only(
    members: Members, manifest: Manifest, is_kept: Judge, instead: Mapping[str, str] | None = None
) -> BinaryIO:
    """The set with its bodies and the people who are kept; ``instead`` is what some of their cells hold."""
    made = packed(members, (NAME, "orgs"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in ("roles", "users"):
            if name in COLUMNS[manifest.version] and name in members.names():
                with archive.open(f"{name}.csv", "w") as target:
                    _copy(
                        _table(members, manifest, name),
                        is_kept,
                        instead or {},
                        io.TextIOWrapper(target, "utf-8", newline=""),
                    )
    made.seek(0)
    return made


def _table(members: Members, manifest: Manifest, name: str) -> SetTable:
    return SetTable(name, members, manifest.version, Mode.BULK, Faults())


def _judge(members: Members, manifest: Manifest) -> Judge:
    """Whether a row of the roles or of the users is of staff. Keeps the ids of staff and of no one else."""
    if "roles" not in COLUMNS[manifest.version]:
        return lambda said: said.get("role") in STAFF_ROLES
    if "roles" not in members.names():
        return lambda _cells: False
    staff: set[str] = set()
    for _row, cells, header in _table(members, manifest, "roles").raw():
        said = _by_name(header, cells)
        if said.get("role") in STAFF_ROLES:
            staff.add(said.get("userSourcedId", ""))
    for _row, cells, header in _table(members, manifest, "roles").raw():
        said = _by_name(header, cells)
        if said.get("role") == STUDENT:
            staff.discard(said.get("userSourcedId", ""))
    return lambda said: said.get("userSourcedId", said.get("sourcedId")) in staff


def _by_name(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _copy(table: SetTable, is_kept: Judge, instead: Mapping[str, str], target: io.TextIOWrapper) -> None:
    """Write the header and the rows that are kept, each in its place."""
    writer = csv.writer(target, lineterminator="\r\n")
    unread = {column.name for column in table.columns if column.kind is Kind.UNREAD}
    written = 0
    for row, cells, header in table.raw():
        if not written:
            target.write("\r\n" * (table.header_row - 1))
            writer.writerow(header)
            written = table.header_row
        if len(cells) == len(header) and is_kept(_by_name(header, cells)):
            target.write("\r\n" * (row - written - 1))
            writer.writerow(
                [
                    "" if name in unread else instead.get(name, cell)
                    for name, cell in zip(header, cells, strict=True)
                ]
            )
            written = row
    target.flush()
    target.detach()
