"""The school directory gives the same sites in whatever order and in however many files it comes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.places.seed import DIRECTORY
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run

AT = datetime(2012, 9, 6, 19, 0, tzinfo=UTC)
HEADER, *ROWS = Path(DIRECTORY).read_text().splitlines()
# Every address with two schools, and some with one.
STREETS = ("Meadowview", "Marin", "18th Street", "Matson", "El Paraiso", "29th Street", "J Street")
SHARED = [row for row in ROWS if any(street in row for street in STREETS)]


def bring(rows: list[str]) -> None:
    content = "\n".join([HEADER, *rows]).encode()
    report = run("schools", io.BytesIO(content), by=Viewer.system(at=AT), at=AT)
    assert report.rejected == []


def picture() -> tuple[set[object], set[object]]:
    places = set(Campus.objects.values_list("address_key", "name", "longitude", "latitude"))
    columns = ("school__cds_code", "campus__address_key", "valid_from", "valid_to")
    return places, set(SchoolOccupancy.objects.values_list(*columns))


class OrderDoesNotMatter(TestCase):
    @given(st.permutations(SHARED), st.integers(0, len(SHARED)))
    @settings(max_examples=25, deadline=None)
    def test_same_sites(self, rows: list[str], cut: int) -> None:
        bring(SHARED)
        expected = picture()
        SchoolOccupancy.objects.all().delete()
        School.objects.all().delete()
        Campus.objects.all().delete()
        if cut:
            bring(rows[:cut])
        if cut < len(rows):
            bring(rows[cut:])
        assert picture() == expected


def test_the_sample_has_shared_sites() -> None:
    assert len(SHARED) >= 8
