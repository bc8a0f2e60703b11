"""The layouts: which columns they have, by which names, and what each row must hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from schoolward.protocols.delimited import FileProblem, Problem
from schoolward.protocols.police_records.fields import (
    Positions,
    Region,
    Tidy,
    WallClock,
    read_positions,
)
from schoolward.protocols.police_records.records import TEXT_COLUMNS, Caution, Records

_Refusal = tuple[int, str, str, str, str]  # index, column, value, error, mend

_LIMITS = {
    "number": 48,
    "address": 160,
    "code": 16,
    "description": 200,
    "category": 80,
    "district": 16,
    "beat": 16,
    "grid": 16,
    "campus_cds": 20,
}
"""The longest text that a field may hold; longer text is a sign of a broken row."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a layout can hold: our name for it, the file's names for it, and what it means."""

    name: str
    headers: tuple[str, ...]
    help: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file.

    `has_numbers`: the file itself tells records apart by a number that never changes. `is_utc`: its times are
    of UTC, also where they do not say so.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    region: Region
    has_numbers: bool = False
    is_utc: bool = False

    def missing(self, header: Sequence[str]) -> list[Field]:
        """Return the required fields that a header does not name."""
        names = {_plain(name) for name in header}
        return [f for f in self.fields if f.required and names.isdisjoint(map(_plain, f.headers))]

    def bind(self, header: Sequence[str]) -> "BoundLayout":
        """Find each field's column in a header.

        Raises FileProblem naming the columns that are missing, or that stand there twice.
        """
        lacking = self.missing(header)
        if lacking:
            names = ", ".join(f.headers[0] for f in lacking)
            message = (
                f"The header lacks {names}. The layout {self.key} needs these columns: {self.columns()}."
            )
            raise FileProblem(message)
        times = Counter(map(_plain, header))
        doubled = [f.headers[0] for f in self.fields if any(times[_plain(h)] > 1 for h in f.headers)]
        if doubled:
            names = ", ".join(doubled)
            raise FileProblem(f"The header names {names} twice. Rename or remove the column that is wrong.")
        places = {_plain(name): index for index, name in enumerate(header)}
        found = {
            f.name: next((places[_plain(h)] for h in f.headers if _plain(h) in places), -1)
            for f in self.fields
        }
        return BoundLayout(self, list(header), {name: place for name, place in found.items() if place >= 0})

    def columns(self) -> str:
        """Return the header names of the layout, for a message."""
        return ", ".join(f.headers[0] for f in self.fields)


@dataclass(slots=True)
class BoundLayout:
    """A layout whose columns have been found in one file's header; parses that file's rows."""

    layout: Layout
    header: list[str]
    places: dict[str, int]
    _clock: WallClock = field(default_factory=WallClock)
    _tidy: dict[str, Tidy] = field(
        default_factory=lambda: {
            name: Tidy(limit, digits=4 if name == "grid" else 0) for name, limit in _LIMITS.items()
        }
    )

    @property
    def has_numbers(self) -> bool:
        """Tell whether the file tells its records apart by a number."""
        return "number" in self.places

    def parse(self, rows: Sequence[Sequence[str]], first_row: int) -> Records:
        """Return the rows as columns; `first_row` is the spreadsheet row of rows[0].

        Bad rows become problems.
        """
        width = len(self.header)
        row_numbers = np.arange(first_row, first_row + len(rows), dtype=np.int64)
        misshapen: list[tuple[int, Sequence[str]]] = []
        if set(map(len, rows)) != {width} or not all(map(itemgetter(self.places["occurred_at"]), rows)):
            good: list[tuple[int, Sequence[str]]] = []
            for number, row in zip(row_numbers.tolist(), rows, strict=True):
                trimmed = _trim(row, width)
                if any(text.strip() for text in trimmed):
                    (good if len(trimmed) == width else misshapen).append((number, trimmed))
            row_numbers = np.array([number for number, _ in good], dtype=np.int64)
            rows = [row for _, row in good]
        records = self._columns(rows, row_numbers)
        for number, row in misshapen:
            records.problems.append(_misshapen(number, row, width))
        return records

    def _columns(self, rows: Sequence[Sequence[str]], row_numbers: NDArray[np.int64]) -> Records:
        columns: list[tuple[str, ...]] = list(zip(*rows, strict=True)) if rows else [()] * len(self.header)
        count = len(rows)
        nothing = [""] * count
        refused: list[_Refusal] = []
        seconds, is_utc = self._times(columns, refused)
        positions, raw_longitude, raw_latitude = self._positions(columns, count)
        text = {
            name: self._tidy[name].column(columns[self.places[name]]) if name in self.places else nothing
            for name in TEXT_COLUMNS
        }
        records = Records(
            rows=row_numbers,
            seconds=seconds,
            is_utc=is_utc,
            longitude=positions.longitude,
            latitude=positions.latitude,
            number=text["number"],
            address=text["address"],
            code=text["code"],
            description=text["description"],
            category=text["category"],
            district=text["district"],
            beat=text["beat"],
            grid=text["grid"],
            campus_cds=text["campus_cds"],
        )
        for index in positions.mended:
            value = f"{raw_latitude[index]}, {raw_longitude[index]}"
            said = "the sign of the position was flipped; it was mended"
            records.cautions.append(
                Caution(int(row_numbers[index]), self.column_name("latitude"), value, said)
            )
        for index, name, error in positions.wrong:
            value = raw_longitude[index] if name == "longitude" else raw_latitude[index]
            mend = "Write degrees, for example 38.5504 and -121.3914, or leave both coordinates empty."
            refused.append((index, self.column_name(name), value, error, mend))
        refused.extend(self._texts(text))
        refused.extend(self._meaning(records))
        records.reject(refused)
        return records

    def column_name(self, field_name: str) -> str:
        """Return the header under which the file holds a field, or the field's own name."""
        place = self.places.get(field_name, self.places.get("geo", -1))
        return self.header[place] if place >= 0 else field_name

    def _times(
        self, columns: Sequence[Sequence[str]], refused: list[_Refusal]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        seconds, is_utc = self._moments(columns[self.places["occurred_at"]], refused)
        return seconds, np.ones_like(is_utc) if self.layout.is_utc else is_utc

    def _moments(
        self, texts: Sequence[str], refused: list[_Refusal]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        try:
            return self._clock.column(texts)
        except ValueError:
            pairs: list[tuple[int, bool]] = []
        for index, text in enumerate(texts):
            try:
                pairs.append(self._clock.read(text))
            except ValueError as error:
                pairs.append((0, False))
                mend = "Write the date and the time, for example 2012-09-06 08:15."
                refused.append((index, self.column_name("occurred_at"), text, str(error), mend))
        moments, utc = zip(*pairs, strict=True)
        return np.array(moments, dtype=np.int64), np.array(utc, dtype=np.bool_)

    def _positions(
        self, columns: Sequence[Sequence[str]], count: int
    ) -> tuple[Positions, Sequence[str], Sequence[str]]:
        if "geo" in self.places:
            pairs = [text.partition(",") for text in columns[self.places["geo"]]]
            latitudes: Sequence[str] = [latitude for latitude, _, _ in pairs]
            longitudes: Sequence[str] = [longitude for _, _, longitude in pairs]
        elif "longitude" in self.places and "latitude" in self.places:
            longitudes, latitudes = columns[self.places["longitude"]], columns[self.places["latitude"]]
        else:
            longitudes = latitudes = [""] * count
        return read_positions(longitudes, latitudes, self.layout.region), longitudes, latitudes

    def _texts(self, text: dict[str, list[str]]) -> Iterator[_Refusal]:
        for name, column in text.items():
            faults = self._tidy[name].faults
            if not faults:
                continue
            for index, value in enumerate(column):
                if value in faults:
                    yield index, self.column_name(name), value[:80], *faults[value]

    def _meaning(self, records: Records) -> Iterator[_Refusal]:
        if not (all(records.code) or all(records.description) or all(records.category)):
            said = zip(records.code, records.description, records.category, strict=True)
            for index, parts in enumerate(said):
                if not any(parts):
                    error = "the record does not say what happened"
                    yield (
                        index,
                        self.column_name("code"),
                        "",
                        error,
                        "Give a code, a description or a category.",
                    )
        if self.layout.has_numbers and self.has_numbers and not all(records.number):
            for index, number in enumerate(records.number):
                if not number:
                    error = "the record's number is missing"
                    yield index, self.column_name("number"), "", error, "Give each record its own number."


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def _trim(row: Sequence[str], width: int) -> Sequence[str]:
    extra = row[width:]
    return row[:width] if extra and not any(text.strip() for text in extra) else row


def _misshapen(number: int, row: Sequence[str], width: int) -> Problem:
    lines = sum(text.count("\n") for text in row)
    error = f"has {len(row)} fields where the header names {width}"
    if lines:
        error += f", and {lines + 1} lines were read as one row because a quotation mark is not closed"
    shown = ", ".join(row)
    mend = "Give the row one field for each column; put text that holds a comma in quotation marks."
    return Problem(number, "", shown[:80], error, mend)
