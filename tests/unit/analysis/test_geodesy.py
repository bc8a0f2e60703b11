"""Distances against figures worked out by other means."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.geodesy import EARTH_RADIUS_M, chord_length, haversine_m, unit_vectors

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)


def test_one_degree_along_a_meridian_is_a_360th_of_the_circumference() -> None:
    assert haversine_m(0, 0, 0, 1) == pytest.approx(2 * math.pi * EARTH_RADIUS_M / 360, rel=1e-12)


def test_a_degree_of_longitude_shrinks_with_latitude() -> None:
    # At 60 degrees north a degree of longitude is half as long as at the equator (to first order of the
    # chord).
    assert haversine_m(0, 60, 0.001, 60) == pytest.approx(float(haversine_m(0, 0, 0.001, 0)) / 2, rel=1e-6)


def test_antipodes_are_half_the_circumference_apart() -> None:
    assert haversine_m(0, 0, 180, 0) == pytest.approx(math.pi * EARTH_RADIUS_M)


def test_broadcasting_gives_the_matrix_of_all_pairs() -> None:
    lon, lat = np.array([-121.47, -121.48, -121.49]), np.array([38.53, 38.54, 38.55])
    matrix = haversine_m(lon[:, None], lat[:, None], lon, lat)
    assert matrix.shape == (3, 3)
    assert np.all(np.diag(matrix) == 0)
    np.testing.assert_allclose(matrix, matrix.T)


def test_a_missing_coordinate_gives_a_missing_distance() -> None:
    distances = haversine_m([float("nan"), -121.0], [38.0, 38.0], -121.0, 38.0)
    assert math.isnan(distances[0])
    assert distances[1] == 0


@given(longitudes, latitudes, longitudes, latitudes)
def test_the_chord_between_unit_vectors_spans_the_great_circle(
    lon1: float, lat1: float, lon2: float, lat2: float
) -> None:
    one, other = unit_vectors([lon1, lon2], [lat1, lat2])
    straight = float(np.linalg.norm(one - other))
    assert straight == pytest.approx(float(chord_length(haversine_m(lon1, lat1, lon2, lat2))), abs=1e-7)
