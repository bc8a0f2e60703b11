"""The map of an invented school for tests, and what a printed sheet says."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdf

from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.school_map.content import Entrance, GuardPost, MapContent
from schoolward.analysis.school_map.gathering import around
from unit.analysis.routing.drawn import position, small_town

DAY = date(2026, 11, 27)
AT_SCHOOL = position(310, 590)


def make_town(folder: Path) -> StreetNetwork:
    """The small town."""
    return make(small_town().write(folder / "town.osm"))


def content_of(town: StreetNetwork, **changed: Any) -> MapContent:
    """The map of a school in its north."""
    given: dict[str, Any] = {
        "school": "Invented School",
        "day": DAY,
        "minutes": 10,
        "guards": [GuardPost(position(300, 300), "Main Street and 4th Street", "7:30 to 8:15")],
        "invented": "All of this is invented.",
    }
    return around(town, [Entrance(AT_SCHOOL)], **(given | changed))


def text_of(pdf: bytes) -> str:
    """The words of a sheet's only page, and its only page it is."""
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())
