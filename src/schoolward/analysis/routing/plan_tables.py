"""Schools and pupils from CSV files: read at once, checked row by row, and refused whole if a row is wrong.

Errors name the row, the column, the value and the mend. Coordinates of pupils are addresses: an error shows
them rounded to whole degrees, which is enough to see what is wrong with them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.chains import Floats

__all__ = ["NAMED", "PUPILS", "SCHOOLS", "Area", "Placed", "RowFault", "TableFaults", "read_places"]

SCHOOLS = ("id", "lon", "lat")
PUPILS = ("id", "school", "lon", "lat")
NAMED = 20
"""So many faults are named; all are counted."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; 1 is the header."""

    row: int
    column: str
    value: str
    says: str

    def __str__(self) -> str:
        shown = f" “{self.value}”" if self.value else ""
        return f"row {self.row}, {self.column}{shown}: {self.says}"


class TableFaults(ValueError):
    """A file cannot be used. `faults` holds the first of `count` faults."""

    def __init__(self, name: str, faults: Sequence[RowFault], count: int) -> None:
        self.name, self.faults, self.count = name, tuple(faults), count
        more = f"\n… and {count - len(faults)} more" if count > len(faults) else ""
        lines = "\n".join(f"{name}: {fault}" for fault in faults)
        noun = "fault" if count == 1 else "faults"
        super().__init__(f"{name}: {count} {noun}; nothing is written.\n{lines}{more}")

    def without_values(self) -> TableFaults:
        """The same, telling row, column and mend alone: for files whose values may be of a pupil."""
        return TableFaults(self.name, [replace(one, value="") for one in self.faults], self.count)


@dataclass(frozen=True)
class Area:
    """The rectangle that a network covers, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, longitude: Floats, latitude: Floats, *, margin: float = 0.0) -> Area:
        """The rectangle around these points, and so many degrees around it."""
        return cls(
            float(longitude.min()) - margin,
            float(latitude.min()) - margin,
            float(longitude.max()) + margin,
            float(latitude.max()) + margin,
        )

    def holds(self, longitude: Floats, latitude: Floats) -> NDArray[np.bool_]:
        """Which points lie in it."""
        return (
            (self.west <= longitude)
            & (longitude <= self.east)
            & (self.south <= latitude)
            & (latitude <= self.north)
        )

    def __str__(self) -> str:
        return f"longitude {self.west:.2f} to {self.east:.2f}, latitude {self.south:.2f} to {self.north:.2f}"


@dataclass(frozen=True)
class Placed:
    """The rows of a file: k ids, where they are, and the school of each (-1 in a file of schools)."""

    ids: list[str]
    longitude: Floats
    latitude: Floats
    school_of: NDArray[np.int32]
    rows: NDArray[np.int64]  # k, the row of the file
    texts: dict[str, list[str]] = field(default_factory=dict)  # further columns, asked for and there

    def __len__(self) -> int:
        return len(self.ids)


@dataclass
class _Faults:
    """Faults as they are found, all counted."""

    found: list[RowFault] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, column: str, value: str, says: str) -> None:
        self.count += 1
        self.found.append(RowFault(row, column, value if len(value) <= 40 else value[:39] + "…", says))

    def raise_if_any(self, name: str) -> None:
        if self.count:
            raise TableFaults(name, sorted(self.found, key=lambda one: one.row)[:NAMED], self.count)


def read_places(
    data: bytes,
    name: str,
    *,
    columns: tuple[str, ...],
    area: Area,
    schools: Placed | None = None,
    texts: Sequence[str] = (),
) -> Placed:
    """Read schools (`id,lon,lat`) or, with `schools`, pupils (`id,school,lon,lat`).

    Columns may stand in any order, and others beside them: those of `texts` are kept. Schools must lie in the
    network's area; a pupil may live outside of it, but not where only swapped coordinates would put one.

    Raises:
        TableFaults: the file or a row of it is wrong.
    """
    faults = _Faults()
    rows, numbers = _rows(data, name, columns)
    where = [column.strip().lower() for column in rows[0]]
    width = len(where)
    at = {column: where.index(column) for column in columns}
    whole = [len(row) == width for row in rows]
    if not all(whole):
        for row, number, right in zip(rows, numbers, whole, strict=True):
            if not right:
                says = f"there are {len(row)} fields under {width} headings; mend the commas or the quotes."
                faults.add(number, "whole row", "", says)
        rows = [row for row, right in zip(rows, whole, strict=True) if right]
        numbers = [number for number, right in zip(numbers, whole, strict=True) if right]
    # Turned into columns at once: a loop over rows would take longer than the routes.
    table = list(zip(*rows, strict=True))
    ids = [value.strip() for value in table[at["id"]][1:]]
    numbers = numbers[1:]
    lon, lat = (_numbers(table[at[name]][1:], numbers, name, faults) for name in ("lon", "lat"))
    _check_ids(ids, numbers, faults)
    school_of = np.full(len(ids), -1, np.int32)
    if schools is not None:
        known = {school: place for place, school in enumerate(schools.ids)}
        named = [value.strip() for value in table[at["school"]][1:]]
        school_of = np.array([known.get(school, -1) for school in named], np.int32)
        for place in np.flatnonzero(school_of < 0).tolist():
            says = "no school has this id; mend it, or add the school." if named[place] else "is empty."
            faults.add(numbers[place], "school", named[place], says)
    _check_area(lon, lat, numbers, area, faults, of_pupils=schools is not None)
    faults.raise_if_any(name)
    kept = {
        column: [value.strip() for value in table[where.index(column)][1:]]
        for column in texts
        if column in where
    }
    return Placed(ids, lon, lat, school_of, np.array(numbers, np.int64), kept)


def _rows(data: bytes, name: str, columns: tuple[str, ...]) -> tuple[list[list[str]], list[int]]:
    """The rows that are not empty, the header first, and the number of each."""

    def refuse(row: int, column: str, value: str, says: str) -> TableFaults:
        return TableFaults(name, [RowFault(row, column, value, says)], 1)

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise refuse(row, "whole row", "", "is not UTF-8; save the file as CSV UTF-8.") from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise refuse(row, "whole row", "", "has a zero byte; this is no CSV file.")
    try:
        # One that has only carriage returns is read line by line as well.
        every = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise refuse(1, "whole file", "", f"is no CSV ({error}); mend the quotes.") from None
    numbered = [(row, number) for number, row in enumerate(every, 1) if any(map(str.strip, row))]
    if not numbered:
        raise refuse(1, "whole file", "", f"is empty; it needs the header {','.join(columns)}.")
    header = [column.strip().lower() for column in numbered[0][0]]
    missing = [column for column in columns if column not in header]
    if missing:
        hint = (
            " The columns are not divided by commas."
            if len(header) == 1 and set(";\t") & set(header[0])
            else ""
        )
        says = f"the header lacks {', '.join(missing)}; it needs {','.join(columns)}.{hint}"
        raise refuse(numbered[0][1], "header", ",".join(header)[:60], says)
    for column in columns:
        if header.count(column) > 1:
            raise refuse(numbered[0][1], "header", column, "stands there twice; leave one.")
    if len(numbered) == 1:
        raise refuse(numbered[0][1], "whole file", "", "has a header and no rows.")
    return [row for row, _ in numbered], [number for _, number in numbered]


def _numbers(values: Sequence[str], rows: Sequence[int], column: str, faults: _Faults) -> Floats:
    try:
        found = np.array(values, dtype=np.float64)
    except ValueError:
        found = np.array([_number(value) for value in values])
    for place in np.flatnonzero(~np.isfinite(found)).tolist():
        # Two numbers in one field, or a letter before one: what is left of an address is not shown.
        value = _DECIMALS.sub("…", values[place].strip())
        says = "is no number of degrees; write it like -121.4944." if value else "is empty; give degrees."
        faults.add(rows[place], column, value, says)
    return found


_DECIMALS = re.compile(r"(?<=[.,])\d+")


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return np.nan


def _check_ids(ids: Sequence[str], rows: Sequence[int], faults: _Faults) -> None:
    if len(set(ids)) == len(ids) and "" not in ids:
        return
    seen: dict[str, int] = {}
    for one, row in zip(ids, rows, strict=True):
        if not one:
            faults.add(row, "id", "", "is empty; give every row an id of its own.")
        elif one in seen:
            faults.add(row, "id", one, f"stands in row {seen[one]} already; give every row an id of its own.")
        else:
            seen[one] = row


def _check_area(
    lon: Floats, lat: Floats, rows: Sequence[int], area: Area, faults: _Faults, *, of_pupils: bool
) -> None:
    known = np.isfinite(lon) & np.isfinite(lat)
    inside = area.holds(lon, lat)
    impossible = known & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
    swapped = known & ~inside & area.holds(lat, lon)
    away = known & ~inside & ~swapped & ~impossible & (not of_pupils)
    for place in np.flatnonzero(impossible | swapped | away).tolist():
        value = f"{lon[place]:.0f}, {lat[place]:.0f}" if of_pupils else f"{lon[place]:.5f}, {lat[place]:.5f}"
        if swapped[place]:
            says = "longitude and latitude look swapped; lon comes first."
        elif impossible[place]:
            says = "is no place on the Earth; give degrees east and north."
        else:
            says = f"is outside the network's area ({area}); mend it, or build a network that holds it."
        faults.add(rows[place], "lon, lat", value, says)
