"""What is drawn of streets: joined and with fewer corners, and nowhere farther off than is seen."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.routing.street_tags import Pavement, Street
from schoolward.analysis.school_map.content import MapStreet
from schoolward.analysis.school_map.framing import Frame
from schoolward.analysis.school_map.paper import FINEST, OnPaper
from schoolward.analysis.school_map.stretching import stretches

FRAME = Frame(540, 500, 0, 0, 1, -1, 1)  # a degree is a point, down as up

Line = tuple[tuple[float, float], ...]
number = st.floats(0, 50, allow_nan=False).map(lambda value: round(value, 3))
lines = st.lists(
    st.lists(st.tuples(number, number), min_size=2, max_size=9).map(tuple), min_size=1, max_size=6
)


def laid(given_lines: list[Line]) -> OnPaper:
    return OnPaper.of_lines(given_lines, FRAME)


def off(point: tuple[float, float], line: list[tuple[float, float]]) -> float:
    """How far a point lies from a line."""
    return min(_off(point, *piece) for piece in itertools.pairwise(line))


def _off(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / long if long else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)


@settings(deadline=None)
@given(lines)
def test_no_corner_is_farther_off_than_is_seen(found: list[Line]) -> None:
    fewer = laid(found).simplified()
    kept = dict(zip(fewer.of.tolist(), fewer.lines(), strict=True))
    for number_, line in enumerate(found):
        spread = max(max(axis) - min(axis) for axis in zip(*line, strict=True))
        assert (number_ in kept) == (spread >= FINEST)
        if number_ not in kept:
            continue
        drawn = kept[number_]
        assert (drawn[0], drawn[-1]) == (line[0], line[-1])
        assert set(drawn) <= set(line)
        assert max(off(point, drawn) for point in line) <= FINEST / 2 + 1e-9


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=3, unique=True),
        min_size=1,
        max_size=9,
    ),
    st.integers(1, 3),
)
def test_joining_loses_and_doubles_nothing(found: list[list[tuple[int, int]]], kinds: int) -> None:
    given_lines = [tuple((float(x), float(y)) for x, y in line) for line in found]
    alike = np.arange(len(found)) % kinds
    joined = laid(given_lines).joined(alike)

    def steps(of: list[tuple[int, list[tuple[float, float]]]]) -> list[tuple[int, list[tuple[float, float]]]]:
        return sorted((kind, sorted(pair)) for kind, line in of for pair in itertools.pairwise(line))

    was = [(kind, list(line)) for kind, line in zip(alike.tolist(), given_lines, strict=True)]
    now = list(zip(alike[joined.of].tolist(), joined.lines(), strict=True))
    assert steps(now) == steps(was)
    # Wherever exactly two of a kind end, and they are not one line that runs around, they are one.
    ends = [(kind, place) for kind, line in now for place in (line[0], line[-1])]
    around = {(kind, line[0]) for kind, line in now if line[0] == line[-1]}
    assert all(ends.count(end) != 2 or end in around for end in ends)


def street(line: Line, name: str = "Oak Street", **more: float) -> MapStreet:
    return MapStreet(line, Street.RESIDENTIAL, name, Pavement.BOTH, **more)


def test_a_straight_street_of_many_blocks_is_one_line() -> None:
    blocks = [street(((10.0 * at, 50.0), (10.0 * at + 5, 50.01), (10.0 * at + 10, 50.0))) for at in range(8)]
    assert stretches(blocks, FRAME).laid.lines() == [[(0.0, 50.0), (80.0, 50.0)]]


def test_what_differs_is_not_joined() -> None:
    pieces = [
        street(((0.0, 5.0), (10.0, 5.0))),
        street(((10.0, 5.0), (20.0, 5.0)), "Elm Street"),
        street(((20.0, 5.0), (30.0, 5.0)), speed_kmh=40.0),
    ]
    assert len(stretches(pieces, FRAME).laid.lines()) == 3


def test_what_is_beyond_the_paper_is_not_drawn() -> None:
    pieces = [street(((-9.0, 5.0), (-1.0, 5.0))), street(((600.0, 5.0), (500.0, 5.0)), "Elm Street")]
    assert stretches(pieces, FRAME).names() == ["Elm Street"]
    assert laid([piece.line for piece in pieces]).held(FRAME).tolist() == [False, True]
    assert laid([]).held(FRAME).tolist() == []
    assert stretches([], FRAME).laid.lines() == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_street_that_runs_around_is_whole(turned: bool) -> None:
    corners = [(10.0, 10.0), (60.0, 10.0), (60.0, 60.0), (10.0, 60.0)]
    sides = [(a, b) for a, b in itertools.pairwise([*corners, corners[0]])]
    if turned:
        sides[1] = sides[1][::-1]
    (line,) = stretches([street(side) for side in sides], FRAME).laid.lines()
    assert set(line) == set(corners)
    assert line[0] == line[-1]


@settings(deadline=None)
@given(lines)
def test_a_path_says_where_its_lines_go(found: list[Line]) -> None:
    said = []
    for part in laid(found).path().split("M")[1:]:
        begin, steps = part.split("l")
        numbers = [round(float(number) * 10) for number in f"{begin} {steps}".split()]
        xs, ys = itertools.accumulate(numbers[::2]), itertools.accumulate(numbers[1::2])
        said.append(list(zip(xs, ys, strict=True)))
    wanted = []
    for line in found:
        points = [(round(10 * x), round(10 * y)) for x, y in line]
        once = [point for point, _ in itertools.groupby(points)]
        if len(once) > 1:
            wanted.append(once)
    assert said == wanted


def test_a_path_that_goes_far_beyond_the_paper_is_said_too() -> None:
    assert laid([((0.0, 0.0), (9000.5, -0.1), (9001.0, 2.0))]).path() == "M0 0l9000.5 -0.1 0.5 2.1"


@settings(deadline=None)
@given(lines, st.sampled_from((3.0, 7.5, 24.0)))
def test_places_along_lines_are_a_step_apart(found: list[Line], every: float) -> None:
    places = laid(found).sampled(every)
    for number_, line in enumerate(found):
        mine = places[places[:, 4] == number_]
        total = sum(math.dist(*piece) for piece in itertools.pairwise(line))
        if total < every:
            assert len(mine) == (total >= every / 3)
        else:
            assert len(mine) == total // every
        for x, y, dx, dy, _ in mine.tolist():
            assert off((x, y), list(line)) < 1e-6
            assert math.hypot(dx, dy) == pytest.approx(1)
        for a, b in itertools.pairwise(mine.tolist()):
            assert math.dist(a[:2], b[:2]) <= every + 1e-6
