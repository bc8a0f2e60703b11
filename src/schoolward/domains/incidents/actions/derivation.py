"""From what a source says to what is stored: local time, offence, position, site, school hours, identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from hashlib import blake2b
from operator import itemgetter

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from schoolward.analysis.addresses import normalise
from schoolward.analysis.attribution import ALWAYS_FROM, ALWAYS_TO, Attribution, Campuses, attribute
from schoolward.analysis.local_time import LocalClock
from schoolward.analysis.offences import NON_CRIMES, canonical_code, category_named, classify
from schoolward.domains.incidents.actions.stated import StatedSites
from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Offence, Placement, Source
from schoolward.domains.incidents.reference_points import grid_centroids
from schoolward.domains.places import queries as places
from schoolward.domains.places.school_hours import ASSUMED_BEGIN, ASSUMED_END
from schoolward.protocols.police_records import Records, Remembered

EPOCH_DAY = date(1970, 1, 1)
_DIGEST_BYTES = 16
_MEMORY = 200_000
_MICRODEGREE = 1e6
_NO_POSITION = -999_000_000


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH_DAY).days


def campus_table() -> Campuses:
    """The spans in which each campus held a K-12 school, as arrays."""
    spans = places.campus_table_for_attribution()
    return Campuses(
        campus=np.array([span.campus_id for span in spans], dtype=np.int64),
        address_key=[span.address_key for span in spans],
        longitude=np.array([np.nan if s.longitude is None else s.longitude for s in spans], dtype=np.float64),
        latitude=np.array([np.nan if s.latitude is None else s.latitude for s in spans], dtype=np.float64),
        first_day=np.array(
            [ALWAYS_FROM if s.first_day is None else day_number(s.first_day) for s in spans], dtype=np.int64
        ),
        last_day=np.array(
            [ALWAYS_TO if s.last_day is None else day_number(s.last_day) for s in spans], dtype=np.int64
        ),
    )


class SchoolDay:
    """Tells for many incidents at once whether school was in at their campus."""

    def __init__(self) -> None:
        self._hours = places.school_hours_table()
        self._span: dict[tuple[int, int], tuple[int, int]] = {}

    def is_in(
        self, campus: NDArray[np.int64], day: NDArray[np.int64], minute: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell for campus numbers (-1 for none: the district's hours), days and minutes of the day."""
        if not self._hours.bells and not self._hours.closed:
            begin, end = _minutes(ASSUMED_BEGIN), _minutes(ASSUMED_END)
            return np.asarray(((day + 3) % 7 < 5) & (minute >= begin) & (minute < end))
        pairs, where = np.unique(np.stack((campus, day)), axis=1, return_inverse=True)
        spans = np.array([self._of(int(at), int(on)) for at, on in pairs.T], dtype=np.int64).reshape(-1, 2)
        begins, ends = spans[where.reshape(-1)].T
        return np.asarray((minute >= begins) & (minute < ends))

    def _of(self, campus: int, day: int) -> tuple[int, int]:
        if len(self._span) > _MEMORY:
            self._span.clear()
        if (campus, day) not in self._span:
            hours = self._hours.on(None if campus < 0 else campus, EPOCH_DAY + timedelta(days=day))
            self._span[campus, day] = (_minutes(hours[0]), _minutes(hours[1])) if hours else (0, 0)
        return self._span[campus, day]


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


Meaning = tuple[int, str, bool, str]
"""An offence's id, its category, whether it is a crime, and all its words in one text."""


class Offences(dict[tuple[str, str, str], Meaning]):
    """What is meant by code, description and the category that the source names ("" for none).

    Rows of the offence table are made when they are first met.
    """

    def __missing__(self, key: tuple[str, str, str]) -> Meaning:
        if len(self) > _MEMORY:
            self.clear()
        code, description, named = key
        meaning = classify(code, description)
        category = category_named(named) if named else meaning.category
        if category is None:
            raise LookupError(named)
        agrees = category is meaning.category
        canonical = canonical_code(code)
        offence, _made = Offence.objects.get_or_create(
            code=canonical,
            description=description,
            category=category.value,
            defaults={
                "nibrs": meaning.nibrs if agrees else "",
                "school_statute": meaning.school_statute,
            },
        )
        words = "\x1f".join((canonical, description, category.value))
        value = self[key] = (offence.pk, category.value, category not in NON_CRIMES, words)
        return value


class Derivation:
    """Everything that stays the same during one import: time zone, campuses, school hours, offences."""

    def __init__(self) -> None:
        self.clock = LocalClock(settings.TIME_ZONE)
        self.campuses = campus_table()
        self.school_day = SchoolDay()
        self.offences = Offences()
        self.address_keys = Remembered(normalise)
        self.stated = StatedSites()

    def locate(self, records: Records) -> list[str]:
        """Put records without a position in the middle of their grid; return each one's placement."""
        has = ~np.isnan(records.longitude)
        placement = [Placement.EXACT.value] * len(records)
        if has.all():
            return placement
        centroids = grid_centroids()
        for index in np.flatnonzero(~has).tolist():
            centroid = centroids.get(records.grid[index])
            if centroid is None:
                placement[index] = Placement.NONE.value
            else:
                records.longitude[index], records.latitude[index] = centroid
                placement[index] = Placement.GRID.value
        return placement

    def utc(self, records: Records) -> NDArray[np.int64]:
        """Return the moments of records as seconds of UTC since 1970."""
        moments = records.seconds.copy()
        walls = ~records.is_utc
        if walls.any():
            moments[walls] = self.clock.to_utc(records.seconds[walls])
        return moments

    def prepare(
        self,
        records: Records,
        *,
        sources: list[str],
        keys: list[str],
        utc: NDArray[np.int64],
        meanings: Sequence[Meaning],
        digests: list[str],
    ) -> Prepared:
        """Return records as they are stored. Positions that are missing are filled in, into `records`."""
        placement = self.locate(records)
        local = self.clock.to_local(utc)
        day, minute = local // 86_400, local % 86_400 // 60
        address_keys = self.site_keys(records, day)
        found = self.attribute(address_keys, records.longitude, records.latitude, day)
        return Prepared(
            source=sources,
            source_key=keys,
            content_digest=digests,
            utc=utc,
            day=day,
            minute=minute,
            offence_id=[meaning[0] for meaning in meanings],
            category=[meaning[1] for meaning in meanings],
            is_crime=[meaning[2] for meaning in meanings],
            address=records.address,
            address_key=address_keys,
            district=records.district,
            beat=records.beat,
            grid=records.grid,
            longitude=records.longitude,
            latitude=records.latitude,
            placement=placement,
            campus=found.campus,
            method=found.method,
            distance_m=found.distance_m,
            near=found.near,
            in_school_hours=self.school_day.is_in(found.campus, day, minute),
            generated=[source == Source.GENERATED for source in sources],
        )

    def days(self, utc: NDArray[np.int64]) -> list[date]:
        """Return the local dates of moments."""
        return [EPOCH_DAY + timedelta(days=day) for day in (self.clock.to_local(utc) // 86_400).tolist()]

    def site_keys(self, records: Records, day: NDArray[np.int64]) -> list[str]:
        """Return the address by which each record finds its site: that of the school it names, or its own."""
        keys = self.address_keys.column(records.address)
        if any(records.campus_cds):
            for index, code in enumerate(records.campus_cds):
                on = EPOCH_DAY + timedelta(days=int(day[index]))
                if code and (site := self.stated.address(code, on)):
                    keys[index] = site[1]
        return keys

    def attribute(
        self,
        address_keys: Sequence[str],
        longitude: NDArray[np.float64],
        latitude: NDArray[np.float64],
        day: NDArray[np.int64],
    ) -> Attribution:
        """Attribute incidents to the campuses of the moment that this derivation was made."""
        return attribute(address_keys, longitude, latitude, day, self.campuses)

    def meanings(self, records: Records) -> list[Meaning]:
        """Return what each record's code, description and category mean."""
        named = zip(records.code, records.description, records.category, strict=True)
        return list(map(self.offences.__getitem__, named))

    def digests(self, records: Records, utc: NDArray[np.int64], meanings: Sequence[Meaning]) -> list[str]:
        """Return 128 bits of each record's content in hexadecimal, to be asked before `prepare`.

        Where the record was placed and which site it belongs to do not count: a new school does not make a
        record look changed; which one it names beside another address does. Positions count to a millionth
        of a degree.
        """
        degrees = [
            np.where(np.isnan(column), _NO_POSITION, np.round(column * _MICRODEGREE))
            .astype(np.int64)
            .tolist()
            for column in (records.longitude, records.latitude)
        ]
        places = records.address
        if any(records.campus_cds):
            own = self.address_keys.column(records.address)
            named = self.site_keys(records, self.clock.to_local(utc) // 86_400)
            places = [
                address if key == at else f"{address}\x1e{at}"
                for address, key, at in zip(places, own, named, strict=True)
            ]
        contents = zip(
            map(str, utc.tolist()),
            places,
            map(itemgetter(3), meanings),
            records.district,
            records.beat,
            records.grid,
            map(str, degrees[0]),
            map(str, degrees[1]),
            strict=True,
        )
        return [
            blake2b(content.encode(), digest_size=_DIGEST_BYTES).hexdigest()
            for content in map("\x1f".join, contents)
        ]
