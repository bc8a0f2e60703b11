"""Incidents for the demonstration, drawn from counts of real ones and marked as generated.

What happened, on which weekday, at which hour and in which police grid is drawn from the real joint counts;
which day, where in the grid and at which site is drawn by a seeded generator. So totals by category, hour and
area look like Sacramento's, and no single record is real.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime
from importlib import resources

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from schoolward.domains.incidents.actions.derivation import Derivation, day_number
from schoolward.domains.incidents.actions.storing import Writer
from schoolward.domains.incidents.actions.tallies import Changes
from schoolward.domains.incidents.models import Source
from schoolward.domains.incidents.reference_points import grid_centroids
from schoolward.domains.places import queries as places
from schoolward.platform.access.models import Agency, AgencyKind, RecordClass
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.protocols.police_records import Records

YEARLY = 38_119
"""Records a year: as many as the police file of 2021 holds."""

SHARE_AT_SITES = 129 / 7584
"""Share of records at the address of a school: that of the police file of January 2006."""

SHARE_IN_SCHOOL_HOURS = 111 / 129
"""Share of those on weekdays from 07:00 to 15:59: that of the same file."""

_CHUNK = 20_000
_SPREAD_DEGREES = 0.0012  # about 120 m: the scatter of records within a grid
_SITE_SPREAD_DEGREES = 0.0006  # about 60 m: a street address against a school's point


def generate(*, first: date, last: date, seed: int, by: Viewer, at: datetime) -> int:
    """Make and keep generated incidents for the days from `first` to `last`; return how many.

    The same seed and sites give the same incidents.
    """
    draw = np.random.default_rng(seed)
    first_day, last_day = day_number(first), day_number(last)
    count = round(YEARLY * (last_day - first_day + 1) / 365.25)
    records = _records(draw, first_day, last_day, count)
    police = Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk").first()
    writer = Writer(agency_id=police.pk if police else None, record_class=RecordClass.POLICE, at=at)
    derivation, changes = Derivation(), Changes()
    with transaction.atomic():
        for start in range(0, count, _CHUNK):
            _write(_part(records, start, min(start + _CHUNK, count)), start, derivation, writer, changes)
        changes.write()
        record(
            "incidents.generated",
            by=by,
            at=at,
            subject="incidents.Incident",
            detail={"created": count, "first": first.isoformat(), "last": last.isoformat()},
        )
    return count


def _write(part: Records, start: int, derivation: Derivation, writer: Writer, changes: Changes) -> None:
    utc = derivation.utc(part)
    meanings = derivation.meanings(part)
    rows = derivation.prepare(
        part,
        sources=[Source.GENERATED.value] * len(part),
        keys=[f"{start + index:07}" for index in range(len(part))],
        utc=utc,
        meanings=meanings,
        digests=derivation.digests(part, utc, meanings),
    )
    if writer.insert(rows) != len(rows):
        raise RuntimeError("generated incidents are there already; reset the demonstration first")
    changes.add_prepared(rows, np.arange(len(rows), dtype=np.int64))


def _records(draw: np.random.Generator, first_day: int, last_day: int, count: int) -> Records:
    cells = _table("counts.csv")
    weights = np.array([int(cell["records"]) for cell in cells], dtype=np.float64)
    chosen = draw.choice(len(cells), count, p=weights / weights.sum())
    weekday = np.array([int(cell["weekday"]) for cell in cells])[chosen]
    hour = np.array([int(cell["hour"]) for cell in cells])[chosen]
    site_rows = np.flatnonzero(draw.random(count) < SHARE_AT_SITES)
    in_hours = site_rows[draw.random(len(site_rows)) < SHARE_IN_SCHOOL_HOURS]
    weekday[in_hours] = draw.integers(0, 5, len(in_hours))
    hour[in_hours] = draw.integers(7, 16, len(in_hours))
    day = _days(draw, weekday, first_day, last_day)
    seconds = day * 86_400 + hour * 3600 + draw.integers(0, 60, count) * 60
    centroids = grid_centroids()
    grids = [cell["grid"] for cell in cells]
    points = np.array([centroids.get(grid, (np.nan, np.nan)) for grid in grids])[chosen]
    points += draw.normal(0, _SPREAD_DEGREES, points.shape)
    address = [""] * count
    _put_at_sites(draw, site_rows, address, points)
    codes, descriptions = _offences(draw, [cell["category"] for cell in cells], chosen)
    order = np.argsort(seconds, kind="stable")
    nothing = [""] * count
    return Records(
        rows=np.arange(count),
        seconds=seconds[order],
        is_utc=np.zeros(count, dtype=np.bool_),
        longitude=points[order, 0],
        latitude=points[order, 1],
        number=nothing,
        address=[address[i] for i in order.tolist()],
        code=[codes[i] for i in order.tolist()],
        description=[descriptions[i] for i in order.tolist()],
        category=nothing,
        district=nothing,
        beat=nothing,
        grid=[grids[i] for i in chosen[order].tolist()],
        campus_cds=nothing,
    )


def _days(
    draw: np.random.Generator, weekday: NDArray[np.int64], first_day: int, last_day: int
) -> NDArray[np.int64]:
    """Draw a day of the span for each weekday (0 is Monday), every such day alike."""
    offset = (weekday - (first_day + 3)) % 7
    weeks = (last_day - first_day - offset) // 7 + 1
    return np.asarray(first_day + offset + 7 * draw.integers(0, weeks))


def _put_at_sites(
    draw: np.random.Generator, rows: NDArray[np.int64], address: list[str], points: NDArray[np.float64]
) -> None:
    """Give some rows the address and about the point of a site, larger schools more often."""
    year = places.latest_enrolment_year(date(9999, 1, 1))
    on = date((year or 2011) + 1, 1, 1)
    students = places.students_by_campus(year, on) if year is not None else {}
    sites = [site for site in places.operating_campuses(on).order_by("pk") if site.longitude is not None]
    if not sites:
        return
    weights = np.array([students.get(site.pk, 100) for site in sites], dtype=np.float64)
    chosen = draw.choice(len(sites), len(rows), p=weights / weights.sum())
    scatter = draw.normal(0, _SITE_SPREAD_DEGREES, (len(rows), 2))
    for row, index, shift in zip(rows.tolist(), chosen.tolist(), scatter, strict=True):
        address[row] = sites[index].address
        points[row] = np.array([sites[index].longitude, sites[index].latitude]) + shift


def _offences(
    draw: np.random.Generator, categories: list[str], chosen: NDArray[np.int64]
) -> tuple[list[str], list[str]]:
    """Draw a code and description for each row from those of its category."""
    by_category: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for line in _table("offences.csv"):
        by_category[line["category"]].append((line["code"], line["description"], int(line["records"])))
    codes, descriptions = [""] * len(chosen), [""] * len(chosen)
    drawn = np.array(categories)[chosen]
    for category, offences in sorted(by_category.items()):
        rows = np.flatnonzero(drawn == category)
        weights = np.array([n for _code, _text, n in offences], dtype=np.float64)
        picks = draw.choice(len(offences), len(rows), p=weights / weights.sum())
        for row, pick in zip(rows.tolist(), picks.tolist(), strict=True):
            codes[row], descriptions[row], _n = offences[pick]
    return codes, descriptions


def _part(records: Records, start: int, end: int) -> Records:
    """Rows from `start` up to `end` as records of their own."""
    return Records(
        **{
            name: getattr(records, name)[start:end]
            for name in Records.__dataclass_fields__
            if name not in ("problems", "cautions")
        }
    )


def _table(name: str) -> list[dict[str, str]]:
    path = resources.files("schoolward.domains.incidents").joinpath("data", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
