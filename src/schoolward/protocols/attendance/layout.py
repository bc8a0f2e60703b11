"""What a file calls its columns and its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schoolward.protocols.attendance.values import Mark


@dataclass(frozen=True, slots=True)
class Field:
    """What a column holds, and the headers by which it is known."""

    name: str
    help: str
    headers: tuple[str, ...]
    required: bool = False
    example: str = ""


FIELDS = (
    Field(
        "student_number",
        "The district's own number of the student.",
        ("student_number", "local_student_id", "student_id", "stu_id", "perm_id", "local_id"),
        required=True,
        example="0012345",
    ),
    Field(
        "date",
        "The day of school.",
        ("date", "attendance_date", "att_date", "day", "abs_date"),
        required=True,
        example="2012-09-06",
    ),
    Field(
        "mark",
        "How the student was: present, tardy, partly, absent, or a code of the file that is stated.",
        ("mark", "attendance_code", "att_code", "code", "all_day_code", "status"),
        example="absent",
    ),
    Field(
        "minutes_absent",
        "Minutes of school missed that day. A mark or minutes must stand in each row.",
        ("minutes_absent", "absent_minutes", "minutes", "min_absent"),
        example="375",
    ),
    Field(
        "excused",
        "Whether the absence is excused: yes, no, or blank where it is not decided.",
        ("excused", "is_excused", "excused_flag"),
        example="no",
    ),
    Field(
        "enrolled",
        "Whether the student was enrolled that day; blank counts as yes.",
        ("enrolled", "is_enrolled", "enrolled_flag", "membership"),
        example="yes",
    ),
)

_MARKS: dict[str, Mark] = {
    "p": Mark.PRESENT,
    "present": Mark.PRESENT,
    "t": Mark.TARDY,
    "tardy": Mark.TARDY,
    "late": Mark.TARDY,
    "partly": Mark.PARTLY,
    "partial": Mark.PARTLY,
    "a": Mark.ABSENT,
    "absent": Mark.ABSENT,
    "u": Mark.ABSENT,
    "unexcused": Mark.ABSENT,
    "e": Mark.ABSENT,
    "excused": Mark.ABSENT,
}
_EXCUSED: dict[str, bool] = {"u": False, "unexcused": False, "e": True, "excused": True}


class BadLayout(ValueError):
    """What is stated of a file cannot be. The message says why."""


@dataclass(frozen=True)
class Layout:
    """What a file calls its columns and marks. ``columns`` are headers by field, where they are stated."""

    columns: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=lambda: dict(_MARKS))
    excused: Mapping[str, bool] = field(default_factory=lambda: dict(_EXCUSED))
    """Whether a mark by itself says that the absence is excused."""

    def bind(self, header: Sequence[str]) -> dict[str, int]:
        """The position of each field in a header. Raises :class:`BadLayout`."""
        by_key: dict[str, int] = {}
        for position, title in enumerate(header):
            by_key.setdefault(_key(title), position)
        found: dict[str, int] = {}
        for one in FIELDS:
            named = self.columns.get(one.name)
            titles = (named,) if named else one.headers
            place = next((by_key[_key(title)] for title in titles if _key(title) in by_key), None)
            if place is not None:
                found[one.name] = place
            elif named:
                raise BadLayout(f"The file has no column “{named}”, which is stated for {one.name}.")
            elif one.required:
                raise BadLayout(f"No column of the file is {one.name}. State which one it is.")
        if "mark" not in found and "minutes_absent" not in found:
            raise BadLayout(
                "The file has neither a mark nor minutes absent. State which column is one of them."
            )
        return found


def stated(columns: Mapping[str, str], marks: Iterable[str] = ()) -> Layout:
    """A layout with what is stated: headers by field, and marks as ``UNV=absent:unexcused``.

    Raises :class:`BadLayout`.
    """
    names = [one.name for one in FIELDS]
    for name in columns:
        if name not in names:
            raise BadLayout(f"There is no field {name}; there are {', '.join(names)}.")
    meant, excused = dict(_MARKS), dict(_EXCUSED)
    for one in marks:
        code, _equals, meaning = one.partition("=")
        word, colon, why = meaning.strip().partition(":")
        if word not in list(Mark) or (colon and why not in ("excused", "unexcused")):
            raise BadLayout(
                f"“{one}” states no mark. Write CODE=present, tardy, partly or absent, with :excused or "
                ":unexcused behind it where the code says so."
            )
        meant[code.strip().lower()] = Mark(word)
        excused.pop(code.strip().lower(), None)
        if colon:
            excused[code.strip().lower()] = why == "excused"
    return Layout(dict(columns), meant, excused)


def _key(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())
