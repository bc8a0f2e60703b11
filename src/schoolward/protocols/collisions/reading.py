"""Read a set of tables: the injured and the parties first, then the collisions they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import chain
from typing import BinaryIO

from schoolward.protocols.collisions import cells
from schoolward.protocols.collisions.layouts import SWITRS, Columns, Layout, TableKind, detect
from schoolward.protocols.collisions.places import degrees
from schoolward.protocols.collisions.records import Collision, Hurt, Quality, Severity
from schoolward.protocols.delimited import FileProblem, Table, open_table
from schoolward.protocols.faults import Fault, Faults
from schoolward.protocols.police_records.fields import WallClock

_CHUNK = 20_000
_LONGEST_NUMBER = 24
_LONGEST_STREET = 120
_GRAVENESS = (
    Severity.FATAL,
    Severity.SERIOUS,
    Severity.VISIBLE,
    Severity.PAIN,
    Severity.DAMAGE,
    Severity.UNKNOWN,
)


@dataclass(slots=True)
class CollisionFiles:
    """What a set held: the collisions, how many rows were read, and every fault.

    `faults` with ``kept`` are cautions: the row was read all the same.
    """

    layout: Layout
    collisions: list[Collision]
    rows: int
    kinds: frozenset[TableKind]
    faults: Faults

    @property
    def refused(self) -> int:
        """How many faults cost their row. Of the first 10,000 that are told in words."""
        return sum(1 for fault in self.faults.kept if not fault.kept)


@dataclass(slots=True)
class _Involved:
    """What the other tables say of one collision."""

    pedestrian: bool = False
    bicycle: bool = False
    gravest: Severity = Severity.UNKNOWN
    people: int = 0
    hurt: Hurt = field(default_factory=Hurt)


@dataclass(slots=True)
class _Opened:
    """A table with its name, its layout and where its fields stand."""

    name: str
    layout: Layout
    kind: TableKind
    places: Mapping[str, int]
    header: Sequence[str]
    table: Table

    def column(self, name: str) -> str:
        """The file's own word for a field."""
        if name in self.places and self.header:
            return self.header[self.places[name]]
        columns: Columns = self.layout.tables[self.kind]
        return columns.headers[name][0]

    def rows(self, faults: Faults) -> Iterator[tuple[int, Callable[[str], str]]]:
        """Each row's number with what looks a field up. Rows of another width are faults."""
        width = len(self.header) or len(self.layout.tables[self.kind].order)
        for first, chunk in self.table.chunks(_CHUNK):
            for row, values in enumerate(chunk, first):
                if not any(map(str.strip, values)):
                    continue
                if len(values) < width or any(map(str.strip, values[width:])):
                    mend = "Give the row one field for each column; quote text that holds a comma."
                    error = f"has {len(values)} fields where {width} belong"
                    faults.add(Fault(row, "", "", error, mend, file=self.name))
                    continue
                yield row, _Lookup(self.places, values)


class _Lookup:
    """Looks fields of one row up; a field that the table has not is blank."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: Sequence[str]) -> None:
        self._places = places
        self._values = values

    def __call__(self, name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else self._values[place].replace("\0", "").strip()


def read(files: Sequence[tuple[str, BinaryIO]], *, today: date | None = None) -> CollisionFiles:
    """Read one to three tables of one layout, in any order: (name, stream) each.

    The collisions' table must be there; parties tell who was involved where the collisions do not, and only
    the table of the injured tells surely whether it was the walker or cyclist who was gravely hurt. Faults
    name the file, the row and the column; values are shown but for what might be of a person. A collision
    of a day after ``today`` is a fault; without ``today`` every day is taken. Raises
    FileProblem where a file is of no known layout, is given twice, or belongs to the other layout.
    """
    opened = _open_all(files)
    faults = Faults()
    layout = next(iter(opened.values())).layout
    involved: dict[str, _Involved] = {}
    rows = 0
    if TableKind.PARTIES in opened:
        rows += _read_parties(opened[TableKind.PARTIES], involved, faults)
    people_known = TableKind.INJURED in opened
    if people_known:
        rows += _read_injured(opened[TableKind.INJURED], involved, faults)
    reader = _CollisionReader(opened[TableKind.COLLISIONS], involved, people_known, faults, today)
    collisions = list(reader.read())
    return CollisionFiles(layout, collisions, rows + reader.rows, frozenset(opened), faults)


def _open_all(files: Sequence[tuple[str, BinaryIO]]) -> dict[TableKind, _Opened]:
    opened: dict[TableKind, _Opened] = {}
    for name, stream in files:
        try:
            one = _open(name, stream)
        except FileProblem as problem:
            raise FileProblem(f"{name}: {problem}") from problem
        if one.kind in opened:
            raise FileProblem(
                f"{name} and {opened[one.kind].name} are both a table of {one.kind}. Give one at a time."
            )
        others = {other.layout.key for other in opened.values()} - {one.layout.key}
        if others:
            raise FileProblem(
                f"{name} is of the layout {one.layout.key}, the other files are of {others.pop()}. "
                "Import the two sets one after the other."
            )
        opened[one.kind] = one
    if TableKind.COLLISIONS not in opened:
        raise FileProblem("The table of the collisions is missing. Parties and the injured belong to one.")
    return opened


def _open(name: str, stream: BinaryIO) -> _Opened:
    table = open_table(stream, delimiters=",|\t;")
    layout, kind, has_header = detect(table.header)
    columns = layout.tables[kind]
    if has_header:
        return _Opened(name, layout, kind, columns.bind(table.header), table.header, table)
    bare = Table([], chain([table.header], table.rows), table.header_row - 1)
    return _Opened(name, layout, kind, columns.bind(columns.order), (), bare)


def _read_parties(table: _Opened, involved: dict[str, _Involved], faults: Faults) -> int:
    rows = 0
    for row, cell in table.rows(faults):
        rows += 1
        number, kind = cell("number"), cell("kind").lower()
        if not number:
            faults.add(_no_number(table, row))
            continue
        if table.layout is SWITRS:
            pedestrian = kind == cells.SWITRS_PARTY_PEDESTRIAN
            bicycle = kind == cells.SWITRS_PARTY_BICYCLIST
        else:
            pedestrian, bicycle = kind.startswith("pedestrian"), kind.startswith("bicycl")
        if pedestrian or bicycle:
            one = involved.setdefault(number, _Involved())
            one.pedestrian |= pedestrian
            one.bicycle |= bicycle
    return rows


def _read_injured(table: _Opened, involved: dict[str, _Involved], faults: Faults) -> int:
    rows = 0
    degrees_known = cells.SWITRS_DEGREE if table.layout is SWITRS else cells.CCRS_DEGREE
    persons: set[str] = set()
    for row, cell in table.rows(faults):
        rows += 1
        number, kind, code = cell("number"), cell("kind").lower(), cell("degree")
        if not number:
            faults.add(_no_number(table, row))
            continue
        severity = degrees_known.get(code.lower().replace(" ", ""))
        if severity is None:
            known = ", ".join(sorted(key for key in degrees_known if key))
            mend = f"Write one of the codes that the layout has: {known}."
            error = "is no degree of injury that the layout knows"
            faults.add(Fault(row, table.column("degree"), code[:40], error, mend, file=table.name))
            continue
        person = cell("person")
        if person and person in persons:
            mend = "Nothing need be done: the person was counted once."
            error = "the same person stands there twice"
            faults.add(Fault(row, table.column("person"), "", error, mend, file=table.name, kept=True))
            continue
        persons.add(person)
        one = involved.setdefault(number, _Involved())
        one.gravest = min(one.gravest, severity, key=_GRAVENESS.index)
        one.people += severity is not Severity.DAMAGE
        walking = kind == cells.SWITRS_PEDESTRIAN or kind.startswith("pedestrian")
        cycling = kind == cells.SWITRS_BICYCLIST or kind.startswith("bicycl")
        if walking or cycling:
            one.hurt = one.hurt.plus(cycling, severity)
            one.pedestrian |= walking
            one.bicycle |= cycling
    return rows


def _no_number(table: _Opened, row: int) -> Fault:
    mend = "Export the table again: without the number nobody can tell which collision it belongs to."
    return Fault(row, table.column("number"), "", "the collision's number is missing", mend, file=table.name)


class _Refused(Exception):
    """A row that cannot be read: field, value, error, mend."""

    def __init__(self, name: str, value: str, error: str, mend: str) -> None:
        super().__init__(error)
        self.name, self.value, self.error, self.mend = name, value, error, mend


class _CollisionReader:
    """Reads the collisions' table against what the other two said."""

    def __init__(
        self,
        table: _Opened,
        involved: dict[str, _Involved],
        people_known: bool,
        faults: Faults,
        today: date | None,
    ) -> None:
        self.table, self.involved, self.people_known, self.faults = table, involved, people_known, faults
        self.rows = 0
        self._today = today
        self._seen: dict[str, Collision] = {}
        self._clock = WallClock()

    def read(self) -> Iterator[Collision]:
        """The collisions, one by one; faults are noted on the way."""
        for row, cell in self.table.rows(self.faults):
            self.rows += 1
            try:
                collision = self._collision(row, cell)
            except _Refused as refused:
                self._note(row, refused, kept=False)
                continue
            earlier = self._seen.setdefault(collision.number, collision)
            if earlier is not collision:
                same = replace(earlier, row=row) == collision
                said = f"the collision stands already in row {earlier.row}" + (
                    "" if same else ", and differs there"
                )
                mend = "Nothing need be done." if same else "Keep the row that is right and remove the other."
                self._note(row, _Refused("number", collision.number, said, mend), kept=same)
                continue
            yield collision

    def _note(self, row: int, refused: _Refused, *, kept: bool) -> None:
        column = self.table.column(refused.name)
        self.faults.add(
            Fault(
                row, column, refused.value[:80], refused.error, refused.mend, file=self.table.name, kept=kept
            )
        )

    def _caution(self, row: int, name: str, value: str, error: str, mend: str) -> None:
        self._note(row, _Refused(name, value, error, mend), kept=True)

    def _collision(self, row: int, cell: Callable[[str], str]) -> Collision:
        number = cell("number")
        if not number or len(number) > _LONGEST_NUMBER:
            error = "the collision's number is missing" if not number else "is too long for a number"
            raise _Refused("number", number, error, "Export the table again; each collision has a number.")
        day, hour = self._when(row, cell)
        if self._today is not None and day > self._today:
            name = "moment" if "moment" in self.table.places else "day"
            mend = f"Today is {self._today}. Check the year, the month and the day."
            raise _Refused(name, cell(name), "is still to come", mend)
        known = self.involved.get(number, _Involved())
        killed, injured = self._count(row, cell, "killed"), self._count(row, cell, "injured")
        severity = self._severity(row, cell, known, killed, injured)
        hurt = self._hurt(row, cell, known, severity, killed, injured)
        words = cell("involved").lower()
        longitude, latitude, quality = self._where(row, cell)
        return Collision(
            layout=self.table.layout.key,
            number=number,
            row=row,
            day=day,
            hour=hour,
            severity=severity,
            pedestrian=known.pedestrian or cells.says_yes(cell("pedestrian")) or "pedestrian" in words,
            bicycle=known.bicycle or cells.says_yes(cell("bicycle")) or "bicycl" in words,
            killed=killed,
            injured=injured,
            hurt=hurt,
            primary_street=" ".join(cell("primary_street").split())[:_LONGEST_STREET],
            secondary_street=" ".join(cell("secondary_street").split())[:_LONGEST_STREET],
            distance_m=self._distance(row, cell),
            direction=cells.read_direction(cell("direction")),
            place=cell("place")[:8],
            longitude=longitude,
            latitude=latitude,
            quality=quality,
            retracted=cells.says_yes(cell("retracted")),
        )

    def _when(self, row: int, cell: Callable[[str], str]) -> tuple[date, time | None]:
        name = "moment" if "moment" in self.table.places else "day"
        try:
            if name == "moment":
                day, hour = cells.read_moment(cell("moment"), self._clock)
                return day, None if "2500" in cell("hour_words") else hour
            day = cells.read_day(cell("day"))
        except ValueError as error:
            mend = "Write the day as in 2020-07-26 (SWITRS: 20200726), for CCRS with the hour."
            raise _Refused(name, cell(name), str(error), mend) from None
        try:
            return day, cells.read_hour(cell("hour"))
        except ValueError as error:
            self._caution(row, "hour", cell("hour"), str(error), "The collision was read without its hour.")
            return day, None

    def _count(self, row: int, cell: Callable[[str], str], name: str) -> int | None:
        try:
            count = cells.read_count(cell(name))
        except ValueError as error:
            raise _Refused(
                name, cell(name), str(error), "Write how many people, or leave it blank."
            ) from None
        if count is None and cell(name) not in {"", "-"}:
            self._caution(row, name, cell(name), "is below nought", "It was read as not known.")
        return count

    def _severity(
        self, row: int, cell: Callable[[str], str], known: _Involved, killed: int | None, injured: int | None
    ) -> Severity:
        if "severity" in self.table.places:
            severity = cells.SWITRS_SEVERITY.get(cell("severity"))
            if severity is None:
                mend = "Write 1 (fatal), 2 (severe), 3 (other visible), 4 (pain) or 0 (damage alone)."
                raise _Refused("severity", cell("severity"), "is no code of severity", mend)
            return severity
        if killed:
            return Severity.FATAL
        if known.gravest is not Severity.UNKNOWN and known.people:
            return known.gravest
        if killed is None and injured is None:
            return Severity.UNKNOWN
        return Severity.UNKNOWN if injured else Severity.DAMAGE

    def _hurt(
        self,
        row: int,
        cell: Callable[[str], str],
        known: _Involved,
        severity: Severity,
        killed: int | None,
        injured: int | None,
    ) -> Hurt | None:
        """Who was hurt, where the injured are known and are not fewer than the collision says."""
        if not self.people_known:
            return None
        said = (killed or 0) + (injured or 0)
        if known.people < said or (severity in {Severity.FATAL, Severity.SERIOUS} and not known.people):
            error = f"the table of the injured holds {known.people} of {said} people killed or injured"
            mend = "Export both tables for the same days. Until then the collision's gravest injury counts."
            self._caution(row, "injured", cell("injured"), error, mend)
            return None
        return known.hurt

    def _distance(self, row: int, cell: Callable[[str], str]) -> float | None:
        try:
            return cells.read_distance_m(cell("distance"), cell("distance_unit"))
        except ValueError as error:
            self._caution(row, "distance", cell("distance"), str(error), "The collision was read without it.")
            return None

    def _where(self, row: int, cell: Callable[[str], str]) -> tuple[float | None, float | None, Quality]:
        for x, y, quality in (
            ("geocoded_longitude", "geocoded_latitude", Quality.GEOCODED),
            ("longitude", "latitude", Quality.REPORTED),
        ):
            where = degrees(cell(x), cell(y))
            if isinstance(where, str):
                mend = (
                    "The collision was read without this position; its streets may still tell where it was."
                )
                self._caution(row, x, f"{cell(y)}, {cell(x)}", where, mend)
            elif where is not None:
                return *where, quality
        return None, None, Quality.NONE
