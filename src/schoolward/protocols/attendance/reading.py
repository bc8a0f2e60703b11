"""An attendance file as days of the students who are wanted. Of anybody else a row is counted, and gone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from schoolward.protocols.attendance.layout import Layout
from schoolward.protocols.attendance.values import (
    BadCell,
    Mark,
    check_number,
    read_day,
    read_minutes,
    read_yes,
    student_key,
)
from schoolward.protocols.delimited import Problem, open_table

ROWS_AT_ONCE = 1_000
_READERS: dict[str, Callable[[str], Any]] = {
    "date": read_day,
    "minutes_absent": read_minutes,
    "excused": read_yes,
    "enrolled": read_yes,
}
_SHOWN = frozenset({"date", "mark", "minutes_absent", "excused", "enrolled"})
"""Columns whose values a fault may show: they say nothing without the number."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one student. ``number`` is as the caller wrote it, not as the file does."""

    row: int
    number: str
    on: date
    mark: Mark
    minutes_absent: int | None
    excused: bool | None
    enrolled: bool


class Attendance:
    """One file that is being read. The counts are whole when :meth:`days` has been walked to its end."""

    def __init__(self, stream: BinaryIO, layout: Layout, students: Collection[str]) -> None:
        """Open a file. Raises :class:`BadLayout` and :class:`FileProblem`."""
        self._table = open_table(stream)
        self._layout = layout
        self._places = layout.bind(self._table.header)
        self._students: Mapping[str, str] = {student_key(number): number for number in students if number}
        self._seen: dict[tuple[str, date], tuple[int, Day]] = {}
        self.read = 0
        self.left_out = 0
        """Rows of students who are not wanted."""
        self.repeated = 0
        """Rows that say what an earlier row says."""
        self.problems: list[Problem] = []
        """Why rows of students who are wanted, or of nobody, were refused. No number is in them."""

    def days(self) -> Iterator[Day]:
        """Each good day of a wanted student once, in the order of the file. Raises :class:`FileProblem`."""
        for first, rows in self._table.chunks(ROWS_AT_ONCE):
            for row, cells in enumerate(rows, start=first):
                if any(cell.strip() for cell in cells):
                    self.read += 1
                    day = self._day(row, [cell.strip() for cell in cells])
                    if day is not None and self._is_new(day):
                        yield day

    def wanted_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row of a wanted student, and each whose number is no number, with its cells: those of the
        fields alone, the others blank. Raises :class:`FileProblem`."""
        fields = set(self._places.values())
        at = self._places["student_number"]
        for first, rows in self._table.chunks(ROWS_AT_ONCE):
            for row, cells in enumerate(rows, start=first):
                number = cells[at].strip() if at < len(cells) else ""
                is_wanted = student_key(number) in self._students if number else any(map(str.strip, cells))
                if is_wanted:
                    yield row, [cell if place in fields else "" for place, cell in enumerate(cells)]

    @property
    def header(self) -> tuple[int, list[str]]:
        """The row in which the header stands, and the header."""
        return self._table.header_row, self._table.header

    def _day(self, row: int, cells: list[str]) -> Day | None:
        width = len(self._table.header)
        said = {name: cells[at] if at < len(cells) else "" for name, at in self._places.items()}
        text = said["student_number"]
        if len(cells) < width or any(cells[width:]):
            error = f"has {len(cells)} cells where the header has {width}"
            self._refuse(row, "", "", error, "Look for a comma or a quotation mark that is not quoted.")
            return None
        try:
            check_number(text)
        except BadCell as bad:
            self._refuse(row, "student_number", "", bad.error, bad.mend)
            return None
        if not text:
            self._refuse(row, "student_number", "", "is blank", "Fill it in.")
            return None
        number = self._students.get(student_key(text))
        if number is None:
            self.left_out += 1
            return None
        return self._of(row, number, said)

    def _of(self, row: int, number: str, said: Mapping[str, str]) -> Day | None:
        """The day that a row of a wanted student tells of; every fault of the row is told at once."""
        found: dict[str, Any] = {}
        is_good = True
        for name, reader in _READERS.items():
            text = said.get(name, "")
            try:
                found[name] = reader(text) if text else None
            except BadCell as bad:
                self._refuse(row, name, text, bad.error, bad.mend)
                is_good = False
        if not said["date"]:
            self._refuse(row, "date", "", "is blank", "Fill it in.")
            is_good = False
        code = said.get("mark", "").lower()
        mark = self._mark(row, code, found.get("minutes_absent"))
        if not is_good or mark is None:
            return None
        return Day(
            row=row,
            number=number,
            on=found["date"],
            mark=mark,
            minutes_absent=found["minutes_absent"],
            excused=self._layout.excused.get(code) if found["excused"] is None else found["excused"],
            enrolled=found["enrolled"] is not False,
        )

    def _mark(self, row: int, code: str, minutes: int | None) -> Mark | None:
        """What a code means; where the file gives none, minutes say whether a part of the day was missed."""
        mark = self._layout.marks.get(code)
        if mark is not None:
            return mark
        if not code and minutes is not None:
            return Mark.PARTLY if minutes else Mark.PRESENT
        if not code:
            self._refuse(row, "mark", "", "is blank, and so are the minutes", "Write how the student was.")
            return None
        known = ", ".join(sorted(code for code in self._layout.marks if code))
        mend = f"Write one of {known}, or state what the code means."
        self._refuse(row, "mark", code, "is no mark that is known", mend)
        return None

    def _is_new(self, day: Day) -> bool:
        """Whether the day was not told before. Another word on the same day is a fault of the later row."""
        row, earlier = self._seen.setdefault((day.number, day.on), (day.row, day))
        if row == day.row:
            return True
        facts = ("mark", "minutes_absent", "excused", "enrolled")
        if all(getattr(day, name) == getattr(earlier, name) for name in facts):
            self.repeated += 1
        else:
            error = f"tells otherwise of the student's day than row {row}"
            self._refuse(day.row, "date", day.on.isoformat(), error, "Leave in the row that is right.")
        return False

    def _refuse(self, row: int, column: str, value: str, error: str, mend: str) -> None:
        shown = value[:80] if column in _SHOWN else ""
        title = self._table.header[self._places[column]] if column in self._places else column
        self.problems.append(Problem(row, title, shown, error, mend))


def read(stream: BinaryIO, students: Collection[str], layout: Layout | None = None) -> Attendance:
    """Open a file for the days of these students. Raises :class:`BadLayout` and :class:`FileProblem`."""
    return Attendance(stream, layout or Layout(), students)
