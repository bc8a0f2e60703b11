"""Streets as rows of arrays are the same streets."""

from __future__ import annotations

import numpy as np
import pytest

from schoolward.analysis.routing.street_tags import Pavement, Street
from schoolward.analysis.school_map.content import MapStreet
from schoolward.analysis.school_map.street_rows import StreetRows

STREETS = (
    MapStreet(((1.0, 2.0), (3.0, 4.0)), Street.RESIDENTIAL, "Oak Street", Pavement.BOTH, 40.0, 1.2),
    MapStreet(((3.0, 4.0), (5.0, 6.0), (7.0, 8.0)), Street.PATH, is_sidewalk=True),
    MapStreet(((0.0, 1.0), (1.0, 2.0)), Street.PRIMARY, "Oak Street", Pavement.NONE, 56.0, 3.0),
)


def test_rows_are_the_streets_that_they_were_made_of() -> None:
    rows = StreetRows.of(STREETS)
    assert tuple(rows) == STREETS
    assert rows == STREETS
    assert rows != STREETS[:2]
    assert len(rows) == 3
    assert (rows[1], rows[-1]) == (STREETS[1], STREETS[2])
    assert rows[1:] == STREETS[1:]
    assert rows.taken(np.array([2, 0])) == (STREETS[2], STREETS[0])
    assert StreetRows.of(rows) is rows
    with pytest.raises(IndexError):
        rows[3]


def test_there_may_be_none() -> None:
    assert tuple(StreetRows.of(())) == ()
