"""The three files as rows without a student's name, each fault by file, row and field."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import BinaryIO

from schoolward.protocols.calpads.layouts import (
    DELIMITER,
    EXPULSION,
    FILES,
    IN_SCHOOL,
    OFFENSES_WITH_WEAPON,
    SUSPENSION,
    Field,
)
from schoolward.protocols.delimited import FileProblem, open_table
from schoolward.protocols.faults import Fault, Faults

ROWS_AT_ONCE = 1_000
_SCHOOL_DIGITS, _LEA_DIGITS, _SSID_DIGITS = 7, 7, 10
_FIRST_MONTH = 7
"""A year of the state's incidents runs from 1 July to 30 June."""

Key = tuple[str, int, str]
"""School, year in which the school year begins, and the incident's number there."""


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    school: str
    """The school's own seven digits, the last of its code of 14."""
    lea: str
    year: int
    incident: str
    student: int
    """A number that this run alone makes of the student's."""

    @property
    def key(self) -> Key:
        """The incident that the row is about."""
        return self.school, self.year, self.incident


@dataclass(frozen=True, slots=True)
class IncidentRow(_Row):
    """A student in an incident."""

    on: date
    statutory: bool


@dataclass(frozen=True, slots=True)
class ResultRow(_Row):
    """What followed an incident for a student. ``days`` are days of removal."""

    code: str
    days: float | None


@dataclass(frozen=True, slots=True)
class OffenseRow(_Row):
    """An offense of a student in an incident, with the kind of weapon where one was in it."""

    code: str
    weapon: str = ""


@dataclass(slots=True)
class Incidents:
    """What was read of the three files."""

    involved: list[IncidentRow] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)
    offenses: list[OffenseRow] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    faults: Faults = field(default_factory=Faults)


def read(files: Mapping[str, BinaryIO]) -> Incidents:
    """Read the files that are given, by SINC, SIRS and SOFF, and hold them against each other.

    SINC must be among them: the others point at it. Raises :class:`FileProblem` where one is no such file.
    """
    if "SINC" not in files:
        raise FileProblem("There is no SINC file. It is the first of the three: the others point at it.")
    reading = _Reading()
    for name in FILES:
        if name in files:
            reading.take(name, files[name])
    reading.hold_together(files.keys())
    return reading.found


class _Reading:
    """One run over the files."""

    def __init__(self) -> None:
        self.found = Incidents()
        self._key = secrets.token_bytes(16)
        self._seen: set[tuple[object, ...]] = set()

    def take(self, name: str, stream: BinaryIO) -> None:
        """Read one file."""
        fields = FILES[name]
        for row, cells in _rows(name, stream):
            self.found.rows[name] += 1
            said = dict(zip((one.name for one in fields), cells, strict=False))
            if self._is_whole(name, row, cells, said):
                self._keep(name, row, said)

    def hold_together(self, given: Collection[str]) -> None:
        """See that results and offenses point at incidents, and that an incident has what it must."""
        there = {(one.key, one.student) for one in self.found.involved}
        statutory = {one.key for one in self.found.involved if one.statutory}
        incidents = {one.key for one in self.found.involved}
        for name, rows in (("SIRS", self.found.results), ("SOFF", self.found.offenses)):
            for one in rows:
                if (one.key, one.student) not in there:
                    error = "has no row in SINC for this school, year, incident and student"
                    self._fault(name, one.row, 12, one.incident, error, "Send the row of SINC as well.")
                elif name == "SOFF" and one.key not in statutory:
                    error = "is an incident without a statutory offense by SINC"
                    self._fault(
                        name, one.row, 12, one.incident, error, "Write Y in 18.15, or leave this row out."
                    )
        followed = {one.key for one in self.found.results}
        offended = {one.key for one in self.found.offenses}
        first = {one.key: one.row for one in reversed(self.found.involved)}
        for key in sorted(incidents, key=first.__getitem__):
            if "SIRS" in given and key not in followed:
                self._fault(
                    "SINC", first[key], 12, key[2], "has no result in SIRS", "Send a row of SIRS for it."
                )
            if "SOFF" in given and key in statutory and key not in offended:
                error = "has a statutory offense and no row in SOFF"
                self._fault(
                    "SINC", first[key], 12, key[2], error, "Send the offense in SOFF, or write N in 18.15."
                )

    def _is_whole(self, name: str, row: int, cells: list[str], said: dict[str, str]) -> bool:
        fields = FILES[name]
        if said.get("Record Type Code") != name:
            shown = said.get("Record Type Code", "")[:8] if len(cells) > 1 else ""
            mend = f"Each row of this file begins with {name}^, and there is no header."
            self._fault(name, row, 0, shown, f"is not {name}", mend)
            return False
        if len(cells) > len(fields) and not any(cells[len(fields) :]):
            cells = cells[: len(fields)]
        if len(cells) != len(fields):
            error = f"has {len(cells)} fields where the layout has {len(fields)}"
            self._fault(name, row, 0, name, error, "Blank fields keep their carets.")
            return False
        faults = list(self._wrong(name, said))
        for place, error, mend in faults:
            self._fault(name, row, place, cells[place], error, mend)
        return not faults

    def _wrong(self, name: str, said: dict[str, str]) -> Iterator[tuple[int, str, str]]:
        """Each field that is wrong by itself: its place, the error and the mend."""
        for place, one in enumerate(FILES[name]):
            text = said[one.name]
            if not text and one.required:
                yield place, "is blank", "Fill it in."
            elif "\ufffd" in text:
                yield place, "is not UTF-8 text", "Save the file as UTF-8."
        for place, digits in ((3, _LEA_DIGITS), (4, _SCHOOL_DIGITS), (6, _SSID_DIGITS)):
            text = said[FILES[name][place].name]
            if text and not (text.isascii() and text.isdigit() and len(text) == digits):
                yield place, f"is not a number of {digits} digits", "Look for a leading zero that is lost."
        year = said["Academic Year ID"]
        if year and _year(year) is None:
            yield 5, "is not a school year", "Write it as 2012-2013."
        yield from {"SINC": _wrong_incident, "SIRS": _wrong_result, "SOFF": _wrong_offense}[name](said)

    def _keep(self, name: str, row: int, said: dict[str, str]) -> None:
        year = _year(said["Academic Year ID"])
        assert year is not None  # noqa: S101 - checked before
        shared = {
            "row": row,
            "school": said["School of Attendance"],
            "lea": said["Reporting LEA"],
            "year": year,
            "incident": said["Incident ID Local"],
            "student": self._mark(said["SSID"]),
        }
        facts = tuple(said[one.name] for one in FILES[name][13:])
        mark = (
            name,
            *(shared[k] for k in ("school", "year", "incident", "student")),
            *facts[: name != "SINC"],
        )
        if mark in self._seen:
            error, mend = "stands in an earlier row already", "Leave one of the rows out."
            self._fault(name, row, 12, said["Incident ID Local"], error, mend)
            return
        self._seen.add(mark)
        if name == "SINC":
            on = _day(said["Incident Occurrence Date"])
            assert on is not None  # noqa: S101 - checked before
            statutory = said["Statutory Offense Indicator"] == "Y"
            self.found.involved.append(IncidentRow(**shared, on=on, statutory=statutory))  # type: ignore[arg-type]
        elif name == "SIRS":
            days = said["Incident Result Duration Days"]
            code = said["Incident Result Code"]
            self.found.results.append(ResultRow(**shared, code=code, days=float(days) if days else None))  # type: ignore[arg-type]
        else:
            code, weapon = said["Student Offense Code"], said["Weapon Category Code"]
            self.found.offenses.append(OffenseRow(**shared, code=code, weapon=weapon))  # type: ignore[arg-type]

    def _mark(self, ssid: str) -> int:
        return int.from_bytes(blake2b(ssid.encode(), digest_size=8, key=self._key).digest())

    def _fault(self, name: str, row: int, place: int, value: str, error: str, mend: str) -> None:
        one: Field = FILES[name][place]
        shown = "" if one.personal else value[:40]
        self.found.faults.add(Fault(row, one.title, shown, error, mend, name))


def _rows(name: str, stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with its number. The first line is a row: there is no header."""
    table = open_table(stream, delimiters=DELIMITER)
    yield table.header_row, table.header
    for first, rows in table.chunks(ROWS_AT_ONCE):
        for row, cells in enumerate(rows, start=first):
            if any(cell.strip() for cell in cells):
                yield row, [cell.strip() for cell in cells]


def _year(text: str) -> int | None:
    """The year in which a school year begins: 2012 for 2012-2013."""
    match = re.fullmatch(r"(\d{4})-(\d{4})", text)
    return int(match[1]) if match and int(match[2]) == int(match[1]) + 1 else None


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date() if len(text) == 8 else None  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _wrong_incident(said: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    text, year = said["Incident Occurrence Date"], _year(said["Academic Year ID"])
    on = _day(text)
    if text and on is None:
        yield 13, "is not a date", "Write it as 20120906 (year, month, day, without hyphens)."
    elif (
        on is not None
        and year is not None
        and not date(year, _FIRST_MONTH, 1) <= on < date(year + 1, _FIRST_MONTH, 1)
    ):
        yield 13, "lies outside the school year, 1 July to 30 June", "Correct the date or the year."
    if said["Statutory Offense Indicator"] not in ("Y", "N", ""):
        yield 14, "is neither Y nor N", "Write Y or N."


def _wrong_result(said: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    code, days = said["Incident Result Code"], said["Incident Result Duration Days"]
    if days and not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", days):
        yield 15, "is not a number of days", "Write days such as 3 or 0.5."
    elif not days and code in (SUSPENSION, IN_SCHOOL, EXPULSION):
        yield 15, f"is blank for the result {code}", "Write how many days (SIRS0489)."
    elif days and code in (SUSPENSION, IN_SCHOOL) and float(days) == 0:
        yield 15, f"is 0 for the result {code}", "Write more than 0 (SIRS0507)."
    if code == EXPULSION and not said["Incident Result Modification Code"]:
        yield 16, "is blank for an expulsion", "Write how it was modified (SIRS0491)."


def _wrong_offense(said: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    code = said["Student Offense Code"]
    if code in OFFENSES_WITH_WEAPON and not said["Weapon Category Code"]:
        yield 14, f"is blank for the offense {code}", "Write the kind of weapon (SOFF0095)."
