"""Names of streets: none over another, each where its street is straight, and all of them readable."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.school_map.framing import Frame
from schoolward.analysis.school_map.joining import join_lines
from schoolward.analysis.school_map.labels import (
    Free,
    Label,
    Named,
    label_streets,
    printable,
    short,
    width_of,
)

FRAME = Frame(540, 500, 0, 0, 1, 1, 1)


def corners(label: Label) -> list[tuple[float, float]]:
    """The corners of a name's small letters."""
    half, high = width_of(label.text, label.size) / 2, label.size * 0.5
    turn = math.radians(label.turned)
    dx, dy = math.cos(turn), math.sin(turn)
    return [
        (label.x + along * dx + up * dy, label.y + along * dy - up * dx)
        for along, up in ((-half, 0), (half, 0), (half, high), (-half, high))
    ]


def apart(one: Label, other: Label) -> bool:
    """Whether a straight line lies between two names (for boxes that is whether they do not overlap)."""
    for box in (one, other):
        turn = math.radians(box.turned)
        for axis in ((math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))):
            spans = [[x * axis[0] + y * axis[1] for x, y in corners(label)] for label in (one, other)]
            if max(spans[0]) <= min(spans[1]) + 2 or max(spans[1]) <= min(spans[0]) + 2:
                return True
    return False


coordinate = st.floats(-50, 590, allow_nan=False)
streets = st.lists(
    st.builds(
        Named,
        name=st.sampled_from(("Oak Street", "Northeast 12th Avenue", "Elm", "Martin Luther King Boulevard")),
        line=st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=4, unique=True),
        rank=st.integers(0, 50),
        size=st.sampled_from((5.5, 6.0, 7.5)),
        above=st.floats(1, 4),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(streets)
def test_no_name_lies_over_another_or_beyond_the_paper(found: list[Named]) -> None:
    labels = label_streets(found, FRAME, Free(FRAME))
    for one, other in itertools.combinations(labels, 2):
        assert apart(one, other)
    for label in labels:
        assert -90.01 <= label.turned <= 90.0
        for x, y in corners(label):
            assert -2 <= x <= 542
            assert -2 <= y <= 502


def test_a_name_stands_above_its_street_in_the_middle() -> None:
    (label,) = label_streets([Named("Oak Street", [(100, 200), (300, 200)], 1, 6, 2)], FRAME, Free(FRAME))
    assert (label.text, label.turned) == ("Oak Street", 0)
    assert label.x == pytest.approx(200, abs=4)
    assert label.y == pytest.approx(198)


def test_a_name_that_does_not_fit_is_cut_short_and_then_left_out() -> None:
    wide = width_of("Northeast 12th Avenue", 6)
    narrow = width_of("NE 12th Ave", 6)

    def shown(length: float) -> list[str]:
        street = Named("Northeast 12th Avenue", [(100.0, 200.0), (100 + length, 200.0)], 1, 6, 2)
        return [label.text for label in label_streets([street], FRAME, Free(FRAME))]

    assert shown(wide + 5) == ["Northeast 12th Avenue"]
    assert shown(wide - 1) == ["NE 12th Ave"]
    assert shown(narrow - 1) == []


def test_names_are_read_upwards_and_from_the_left() -> None:
    for line in ([(100, 400), (100, 100)], [(100, 100), (100, 400)]):
        (label,) = label_streets([Named("Oak Street", line, 1, 6, 2)], FRAME, Free(FRAME))
        assert label.turned == pytest.approx(-90)
        assert label.x < 100
    (label,) = label_streets([Named("Oak", [(300, 100), (100, 120)], 1, 6, 2)], FRAME, Free(FRAME))
    assert -10 < label.turned < 0


def test_where_something_stands_no_name_is_written() -> None:
    free = Free(FRAME)
    free.take(200, 195, 60)
    street = Named("Oak Street", [(170, 200), (230, 200)], 1, 6, 2)
    assert label_streets([street], FRAME, free) == []


def test_a_street_in_pieces_is_one() -> None:
    pieces = [
        [(0.0, 0.0), (10.0, 0.0)],
        [(20.0, 0.0), (10.0, 0.0)],
        [(20.0, 0.0), (30.0, 1.0)],
        [(20.0, 0.0), (20.0, 9.0)],
    ]
    joined = sorted(join_lines(pieces), key=len)
    assert [len(line) for line in joined] == [2, 4]
    assert {joined[1][0], joined[1][-1]} == {(0.0, 0.0), (30.0, 1.0)}


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=3, unique=True),
        max_size=9,
    )
)
def test_joining_loses_and_doubles_nothing(lines: list[list[tuple[int, int]]]) -> None:
    def steps(parts: list[list[tuple[float, float]]]) -> list[frozenset[tuple[float, float]]]:
        return sorted((frozenset(pair) for part in parts for pair in itertools.pairwise(part)), key=sorted)

    given_lines = [[(float(x), float(y)) for x, y in line] for line in lines]
    assert steps(join_lines(given_lines)) == steps(given_lines)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("Southeast 12th Avenue", "SE 12th Ave"),
        ("Avenue Road", "Avenue Road"),
        ("Avenida da Boavista", "Av. da Boavista"),
        ("Broadway", "Broadway"),
    ],
)
def test_names_cut_short(name: str, cut: str) -> None:
    assert short(name) == cut


def test_which_names_can_be_printed() -> None:
    assert printable("Rua de São João \N{EN DASH} O\N{RIGHT SINGLE QUOTATION MARK}Donnell")
    assert printable("Улица Ленина")
    assert not printable("中山路")
    assert not printable("")


def test_width_grows_with_letters() -> None:
    assert width_of("ill", 10) < width_of("MMM", 10)
    assert width_of("é", 10) == width_of("e", 10)
    assert np.isclose(width_of("aa", 5) * 2, width_of("aa", 10))
