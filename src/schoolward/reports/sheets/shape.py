"""What a sheet is made of. A field is composed once; page, PDF, CSV and JSON show the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Raw = str | int | float | None
Layout = Literal["facts", "table", "pictures", "prose"]
MOST_NUMBERS = 6
"""With more columns of numbers than this a table stays one on a narrow screen too."""


@dataclass(frozen=True)
class Picture:
    """A picture, and what it shows in words, for those who do not see it.

    A kept one is the row of its file; one that was drawn for the sheet has ``svg`` in its place.
    """

    stored: Any
    alt: str
    svg: str = ""


@dataclass(frozen=True)
class Value:
    """One field of one row: the value for machines, the same in words, and where its records open.

    ``url`` is a path of this site. ``None`` as ``raw`` is something that nobody collected, never 0.
    """

    raw: Raw
    shown: str
    url: str = ""
    picture: Picture | None = None
    pieces: tuple[Value, ...] = ()
    """Of a sentence: its words and its numbers one after another, each number with its own records."""


Row = Mapping[str, Value]


@dataclass(frozen=True)
class Column:
    """A field of a part: its name, its title and how it stands in a table.

    ``align``: words stand on the left, numbers on the right, and a day is not broken over lines. ``width`` is
    its share of the line in print.
    """

    key: str
    title: str
    align: Literal["left", "right", "day"] = "left"
    width: str = "1"


@dataclass(frozen=True)
class Part:
    """A part of a sheet. ``facts`` has one row, whose fields are told one below the other; of
    ``prose`` each row is a paragraph.

    ``missing`` says why there are no rows; a part with neither is left out. ``note`` goes with its rows.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    layout: Layout = "table"
    missing: str = ""
    note: str = ""

    @property
    def is_collected(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows)

    @property
    def is_grid(self) -> bool:
        """Whether it is read across as much as down: a table of so many numbers that it stays a table."""
        return sum(column.align == "right" for column in self.columns) > MOST_NUMBERS


@dataclass(frozen=True)
class Sheet:
    """A whole paper. ``copy_name`` and ``notice`` stand on every page of it."""

    report: str
    title: str
    subject: str
    copy: str
    copy_name: str
    notice: str
    as_of: date
    district: str
    invented: bool
    parts: tuple[Part, ...]
    standfirst: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    """What tells this sheet from others of its report, for machines: the site's short name."""
    csv_parts: tuple[str, ...] = ()
    """The parts of one kind of row that the CSV is a plain table of; without any it tells every field."""

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        names = (self.report, self.about.get("site", ""), self.copy, self.as_of.isoformat())
        return "-".join(name for name in names if name)
