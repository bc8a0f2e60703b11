"""Applying a school directory: which campuses there are, and which school is where from when to when.

A campus is found by the key of its address, a school by its code; what the directory says of them is then
taken over. Rules that the directory itself leaves open:

- A campus takes name and point from the school that has been there longest; of schools that came on the
same day, from
  the one that is still there. The rule looks at dates only, so the same directory gives the same campuses
  whenever it is read. A name or point that a person set stays.
- A school whose address has changed moves on the day of the import: its old occupancy ends the day before.
- A school that the directory no longer lists stays as it is; closing it takes a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from schoolward.analysis.addresses import is_intersection, normalise
from schoolward.domains.places.models import NOT_K12, Campus, Origin, School, SchoolOccupancy

_SCHOOL_FIELDS = (
    "name",
    "kind",
    "level",
    "grades",
    "is_charter",
    "charter_funding",
    "opened",
    "closed",
    "longitude",
    "latitude",
)


class Outcome(StrEnum):
    """What a row changed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class RowRefused(ValueError):
    """A row cannot be applied: the column, what is wrong and how it is mended."""

    def __init__(self, column: str, error: str, mend: str) -> None:
        super().__init__(f"{column} {error}")
        self.column = column
        self.error = error
        self.mend = mend


@dataclass(frozen=True)
class DirectoryRow:
    """One school as a directory lists it. Coordinates in degrees; dates are the first and last day of
    operation."""

    cds_code: str
    name: str
    kind: str
    address: str
    level: str = ""
    grades: str = ""
    is_charter: bool = False
    charter_funding: str = ""
    zip_code: str = ""
    longitude: float | None = None
    latitude: float | None = None
    opened: date | None = None
    closed: date | None = None
    former_name_note: str = ""

    @property
    def address_key(self) -> str:
        """The key by which the campus is found."""
        return normalise(self.address)

    def check(self) -> None:
        """Raise :class:`RowRefused` for values that do not go together."""
        if not self.address_key[:1].isdigit() or is_intersection(self.address):
            raise RowRefused(
                "address", _("is not the address of a building"), _("Write it as 5735 47th Avenue.")
            )
        if self.opened and self.closed and self.closed < self.opened:
            raise RowRefused(
                "closed",
                _("lies before the day on which the school opened"),
                _("Exchange or correct the dates."),
            )
        if (self.longitude is None) != (self.latitude is None):
            raise RowRefused("lat", _("is blank, or lon is"), _("Give both coordinates or neither."))
        if self.charter_funding and not self.is_charter:
            raise RowRefused(
                "charter_funding",
                _("is given for a school that is no charter"),
                _("Write Y under charter, or leave the funding blank."),
            )


class Directory:
    """Everything known of campuses and schools, to apply rows to. Use it inside one transaction."""

    def __init__(self, *, today: date) -> None:
        self.today = today
        self.moved: list[tuple[School, Campus, Campus]] = []
        self._campuses = {campus.address_key: campus for campus in Campus.objects.all()}
        self._slugs = {campus.slug for campus in self._campuses.values()}
        self._schools = {school.cds_code: school for school in School.objects.all()}
        self._occupancies: dict[int, list[SchoolOccupancy]] = defaultdict(list)
        school_of = {school.pk: school for school in self._schools.values()}
        campus_of = {campus.pk: campus for campus in self._campuses.values()}
        for occupancy in SchoolOccupancy.objects.all():
            # One object a row, so that what is changed here is what is looked at later.
            occupancy.school = school_of[occupancy.school_id]
            occupancy.campus = campus_of[occupancy.campus_id]
            self._occupancies[occupancy.school_id].append(occupancy)
        self._namers: dict[str, DirectoryRow] = {}
        self._changed = False

    def apply(self, rows: Iterable[DirectoryRow]) -> Iterator[Outcome | RowRefused]:
        """Apply rows in turn and give what became of each; a refused row leaves nothing behind."""
        listed = list(rows)
        for row in listed:
            best = self._namers.setdefault(row.address_key, row)
            if _longest_listed(row) < _longest_listed(best):
                self._namers[row.address_key] = row
        for row in listed:
            try:
                row.check()
                yield self._apply(row)
            except RowRefused as refusal:
                yield refusal

    def settle(self) -> bool:
        """Give campuses their names and points once all rows are applied. Tell whether anything has changed
        at all."""
        by_campus: dict[int, list[SchoolOccupancy]] = defaultdict(list)
        for owned in self._occupancies.values():
            for occupancy in owned:
                by_campus[occupancy.campus_id].append(occupancy)
        for campus in self._campuses.values():
            if by_campus[campus.pk] and self._take_over(campus, by_campus[campus.pk]):
                self._changed = True
        return self._changed

    def _apply(self, row: DirectoryRow) -> Outcome:
        existing = self._schools.get(row.cds_code)
        if existing is not None:
            self._check_dates(existing, row)
        campus = self._campus(row)
        values: dict[str, Any] = {name: getattr(row, name) for name in _SCHOOL_FIELDS}
        if existing is None:
            school = School.objects.create(
                cds_code=row.cds_code, former_name_note=row.former_name_note, **values
            )
            self._schools[row.cds_code] = school
            self._occupy(school, campus, row.opened, row.closed)
            outcome = Outcome.CREATED
        else:
            if row.former_name_note and not existing.former_name_verified:
                values["former_name_note"] = row.former_name_note
            changed = _set(existing, values)
            placed = self._place(existing, campus, row)
            outcome = Outcome.UPDATED if changed or placed else Outcome.UNCHANGED
        self._changed = self._changed or outcome is not Outcome.UNCHANGED
        return outcome

    def _campus(self, row: DirectoryRow) -> Campus:
        key = row.address_key
        campus = self._campuses.get(key)
        if campus is None:
            giver = self._namers[key]
            campus = Campus.objects.create(
                name=giver.name,
                slug=self._free_slug(giver),
                address=row.address,
                address_key=key,
                zip_code=row.zip_code,
                longitude=giver.longitude,
                latitude=giver.latitude,
            )
            self._campuses[key] = campus
        elif row.zip_code and not campus.zip_code:
            _set(campus, {"zip_code": row.zip_code})
        return campus

    def _free_slug(self, row: DirectoryRow) -> str:
        """Return a short name that stays for good: the school's, and with the house number where that is
        taken."""
        base = slugify(row.name)[:60] or "site"
        candidates = [base, f"{base}-{row.address_key.split()[0]}"]
        candidates += [f"{base}-{number}" for number in range(2, len(self._slugs) + 3)]
        slug = next(candidate for candidate in candidates if candidate not in self._slugs)
        self._slugs.add(slug)
        return slug

    def _occupy(self, school: School, campus: Campus, first: date | None, last: date | None) -> None:
        made = SchoolOccupancy.objects.create(school=school, campus=campus, valid_from=first, valid_to=last)
        self._occupancies[school.pk].append(made)

    def _check_dates(self, school: School, row: DirectoryRow) -> None:
        """Raise :class:`RowRefused` where new dates contradict where the school is known to have been."""
        owned = self._in_order(school)
        if len(owned) > 1 and row.opened and owned[0].valid_to and row.opened > owned[0].valid_to:
            raise RowRefused(
                "opened",
                _("lies after the school moved away from its first site"),
                _("Correct the date, or the school's moves on its site's page."),
            )
        if (
            owned
            and row.closed
            and owned[-1].valid_from
            and row.closed < owned[-1].valid_from
            and len(owned) > 1
        ):
            raise RowRefused(
                "closed",
                _("lies before the school moved to its last site"),
                _("Correct the date, or the school's moves on its site's page."),
            )

    def _in_order(self, school: School) -> list[SchoolOccupancy]:
        return sorted(self._occupancies[school.pk], key=lambda o: o.valid_from or date.min)

    def _place(self, school: School, campus: Campus, row: DirectoryRow) -> bool:
        """Bring where the school was in line with the row. Tell whether anything changed."""
        owned = self._in_order(school)
        if not owned:
            self._occupy(school, campus, row.opened, row.closed)
            return True
        first, last = owned[0], owned[-1]
        if last.campus_id == campus.pk:
            if first is last:
                return _set(last, {"valid_from": row.opened, "valid_to": row.closed})
            return _set(first, {"valid_from": row.opened}) | _set(last, {"valid_to": row.closed})
        self.moved.append((school, last.campus, campus))
        if last.valid_from and last.valid_from >= self.today:
            return _set(last, {"campus": campus, "valid_to": row.closed})
        moves_on = self.today if row.closed is None else min(self.today, row.closed)
        _set(last, {"valid_to": moves_on - timedelta(days=1)})
        self._occupy(school, campus, moves_on, row.closed)
        return True

    def _take_over(self, campus: Campus, owned: list[SchoolOccupancy]) -> bool:
        giver = min(owned, key=_longest_there).school
        values: dict[str, Any] = {}
        if campus.name_origin == Origin.DIRECTORY:
            values["name"] = giver.name
        if campus.point_origin == Origin.DIRECTORY and giver.longitude is not None:
            values |= {"longitude": giver.longitude, "latitude": giver.latitude}
        return _set(campus, values)


def _longest_there(occupancy: SchoolOccupancy) -> tuple[bool, date, bool, str]:
    school = occupancy.school
    return (
        not school.is_k12,
        occupancy.valid_from or date.min,
        occupancy.valid_to is not None,
        school.cds_code,
    )


def _longest_listed(row: DirectoryRow) -> tuple[bool, date, bool, str]:
    """The same order for schools that are not entered yet."""
    return row.kind in NOT_K12, row.opened or date.min, row.closed is not None, row.cds_code


def _set(row: Any, values: dict[str, Any]) -> bool:
    """Save the values that differ. Tell whether any did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    if different:
        row.save(update_fields=list(different))
    return bool(different)
