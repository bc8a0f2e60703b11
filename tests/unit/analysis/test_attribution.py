"""Address first, distance second, and only campuses in operation on the day."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.attribution import (
    ADDRESS,
    ALWAYS_FROM,
    ALWAYS_TO,
    DISTANCE,
    NONE,
    Campuses,
    attribute,
)
from schoolward.analysis.geodesy import EARTH_RADIUS_M, haversine_m

DEGREE_M = EARTH_RADIUS_M * np.pi / 180  # metres in a degree of latitude


def campuses(*rows: tuple[int, str, float, float, int, int]) -> Campuses:
    number, key, longitude, latitude, first, last = zip(*rows, strict=True)
    return Campuses(
        np.array(number),
        list(key),
        np.array(longitude, dtype=float),
        np.array(latitude, dtype=float),
        np.array(first),
        np.array(last),
    )


def one(key: str, north_m: float, day: int, table: Campuses) -> tuple[int, int, float, bool]:
    """Attribute a single incident `north_m` metres north of 38 N 121 W."""
    found = attribute([key], np.array([-121.0]), np.array([38 + north_m / DEGREE_M]), np.array([day]), table)
    return int(found.campus[0]), int(found.method[0]), float(found.distance_m[0]), bool(found.near[0])


TABLE = campuses(
    (7, "3500 FLORIN RD", -121.0, 38.0, 0, 1000),
    (8, "1 OTHER ST", -121.0, 38.0 + 500 / DEGREE_M, 0, 1000),
)


@pytest.mark.parametrize(
    ("north_m", "near"), [(0, True), (304.9, True), (305.1, False), (-304.9, True), (-305.1, False)]
)
def test_the_radius_is_305_metres(north_m: float, near: bool) -> None:
    campus, method, distance, was_near = one("", north_m if north_m <= 0 else -north_m, 5, TABLE)
    assert was_near is near
    assert (campus, method) == ((7, DISTANCE) if near else (-1, NONE))
    assert distance == pytest.approx(abs(north_m), abs=0.01) if near else np.isnan(distance)


def test_an_address_wins_over_a_nearer_campus_and_over_the_radius() -> None:
    campus, method, distance, near = one("3500 FLORIN RD", 450, 5, TABLE)
    assert (campus, method, near) == (7, ADDRESS, True)  # near, because campus 8 is 50 m away
    assert distance == pytest.approx(450, abs=0.01)
    assert one("3500 FLORIN RD", -900, 5, TABLE)[3] is False


def test_the_nearest_campus_wins() -> None:
    assert one("", 249, 5, TABLE)[0] == 7
    assert one("", 251, 5, TABLE)[0] == 8


def test_a_campus_that_is_not_in_operation_does_not_count() -> None:
    assert one("3500 FLORIN RD", 0, 1000, TABLE)[:2] == (7, ADDRESS)  # its last day is included
    assert one("3500 FLORIN RD", 0, 1001, TABLE)[:2] == (-1, NONE)
    assert one("3500 FLORIN RD", 0, -1, TABLE)[:2] == (-1, NONE)
    later = campuses((7, "A", -121.0, 38.0, 100, ALWAYS_TO), (8, "B", -121.0, 38.001, ALWAYS_FROM, 99))
    assert one("", 0, 99, later)[0] == 8
    assert one("", 0, 100, later)[0] == 7


def test_one_campus_may_have_two_spans() -> None:
    gap = campuses((7, "A", -121.0, 38.0, 0, 10), (7, "A", -121.0, 38.0, 20, 30))
    assert [one("A", 0, day, gap)[1] for day in (5, 15, 25)] == [ADDRESS, NONE, ADDRESS]


def test_without_a_position_an_address_still_counts() -> None:
    nowhere = np.array([np.nan])
    found = attribute(["1 OTHER ST"], nowhere, nowhere, np.array([5]), TABLE)
    assert (found.campus[0], found.method[0], found.near[0]) == (8, ADDRESS, False)
    assert np.isnan(found.distance_m[0])
    assert attribute([""], nowhere, nowhere, np.array([5]), TABLE).method[0] == NONE


def test_a_campus_without_a_point_or_address_matches_nothing_by_it() -> None:
    bare = campuses((7, "", np.nan, np.nan, 0, 10))
    assert one("", 0, 5, bare)[:2] == (-1, NONE)
    assert one("A", 0, 5, campuses((7, "A", np.nan, np.nan, 0, 10)))[:2] == (7, ADDRESS)


def test_many_closed_campuses_do_not_hide_an_open_one() -> None:
    closed = [(n, "", -121.0, 38.0 + n / DEGREE_M, 0, 10) for n in range(20)]
    table = campuses(*closed, (99, "", -121.0, 38.0 + 300 / DEGREE_M, 0, 1000))
    assert one("", 0, 500, table)[0] == 99


def by_hand(
    keys: Sequence[str], longitude: np.ndarray, latitude: np.ndarray, day: np.ndarray, table: Campuses
) -> list[tuple[int, int, bool]]:
    """The definition, one incident at a time."""
    out = []
    for index, key in enumerate(keys):
        best, metres = -1, np.inf
        at = -1
        for row in range(len(table.campus)):
            if not table.first_day[row] <= day[index] <= table.last_day[row]:
                continue
            if key and key == table.address_key[row] and at < 0:
                at = row
            away = float(
                haversine_m(longitude[index], latitude[index], table.longitude[row], table.latitude[row])
            )
            if away <= 305.0 and away < metres:
                best, metres = row, away
        chosen = at if at >= 0 else best
        method = ADDRESS if at >= 0 else DISTANCE if best >= 0 else NONE
        out.append((int(table.campus[chosen]) if chosen >= 0 else -1, method, best >= 0))
    return out


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "A", "B", "C"]), st.integers(0, 12), st.integers(0, 12), st.integers(0, 9)
        ),
        min_size=1,
        max_size=25,
    ),
    incidents=st.lists(
        st.tuples(
            st.sampled_from(["", "A", "B", "X"]), st.integers(0, 12), st.integers(0, 12), st.integers(0, 20)
        ),
        max_size=25,
    ),
)
def test_agrees_with_the_definition(
    rows: list[tuple[str, int, int, int]], incidents: list[tuple[str, int, int, int]]
) -> None:
    step = 0.0008  # about 70 to 90 m: several campuses within reach, and many ties
    table = campuses(
        *(
            (n, key, -121 + x * step, 38 + y * step, first, first + 8)
            for n, (key, x, y, first) in enumerate(rows)
        )
    )
    keys = [key for key, _, _, _ in incidents]
    longitude = np.array([-121 + x * step for _, x, _, _ in incidents])
    latitude = np.array([38 + y * step for _, _, y, _ in incidents])
    day = np.array([on for _, _, _, on in incidents], dtype=np.int64)
    found = attribute(keys, longitude, latitude, day, table)
    got = list(zip(found.campus.tolist(), found.method.tolist(), found.near.tolist(), strict=True))
    assert got == by_hand(keys, longitude, latitude, day, table)
