"""Risk is a product with bands, and a missing factor is a range."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.assessing.instrument import Answer, Mark
from schoolward.analysis.assessing.risk import Band, band_of, group, risks
from schoolward.analysis.assessing.scoring import AnswerProblem
from unit.analysis.assessing.invented import answers_to, instrument, item

FACTOR = {"scale": "ten", "weight": 0.0, "fails_at": None}
PAIRS = instrument(
    item("A1", asset="people", **FACTOR),
    item("A2", asset="metal", **FACTOR),
    item("T1", threat="theft", **FACTOR),
    item("T2", threat="fire", **FACTOR),
    item("V1", asset="people", threat="fire", layer="inside", section="two", **FACTOR),
    item("V2", asset="metal", threat="theft", layer="edge", **FACTOR),
    item("V3", asset="metal", threat="fire", layer="edge", **FACTOR),
    item("M1"),
)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (1, Band.LOW),
        (60, Band.LOW),
        (61, Band.MEDIUM),
        (175, Band.MEDIUM),
        (176, Band.HIGH),
        (1000, Band.HIGH),
    ],
)
def test_the_bands_of_fema(value: int, band: Band) -> None:
    assert band_of(value) is band


@pytest.mark.parametrize("value", [0, -1, 1001])
def test_what_is_no_product_has_no_band(value: int) -> None:
    with pytest.raises(ValueError, match="no product of three ratings"):
        band_of(value)


def test_every_product_of_three_ratings_has_a_band() -> None:
    counted = [band_of(a * t * v) for a, t, v in product(range(1, 11), repeat=3)]
    slow = [sum(a * t * v <= most for a, t, v in product(range(1, 11), repeat=3)) for most in (60, 175)]
    assert counted.count(Band.LOW) == slow[0]
    assert counted.count(Band.MEDIUM) == slow[1] - slow[0]


def test_by_hand() -> None:
    answers: dict[str, Answer] = {"A1": 10, "A2": 4, "T1": 8, "T2": 3, "V1": 5, "V2": 7, "V3": 2}
    found = risks(PAIRS, answers)
    assert [(one.item.code, one.product, one.band) for one in found.risks] == [
        ("V2", 224, Band.HIGH),
        ("V1", 150, Band.MEDIUM),
        ("V3", 24, Band.LOW),
    ]
    assert found.campus.highest == found.risks[0]
    assert found.campus.mean == pytest.approx((224 + 150 + 24) / 3)
    assert found.campus.counts == {Band.LOW: 1, Band.MEDIUM: 1, Band.HIGH: 1}
    assert found.by_layer["edge"].mean == 124
    assert found.by_zone["hall"].highest == found.risks[1]
    assert found.by_zone["gate"] == found.by_zone["yard"] == found.by_layer["edge"] == found.by_asset["metal"]
    assert found.by_threat["fire"].band is Band.MEDIUM


def test_a_missing_factor_is_a_range_and_what_does_not_exist_is_no_risk() -> None:
    answers: dict[str, Answer] = {"A1": 2, "A2": 4, "T1": 8, "T2": 3, "V1": Mark.UNOBSERVED, "V2": 7}
    found = risks(PAIRS, answers)
    by_code = {one.item.code: one for one in found.risks}
    unseen = by_code["V1"]
    assert (unseen.product, unseen.low, unseen.high, unseen.band) == (None, 6, 60, Band.LOW)
    assert (by_code["V3"].low, by_code["V3"].high, by_code["V3"].band) == (12, 120, None)
    assert (found.campus.unrated, found.campus.band) == (2, Band.HIGH)
    assert found.by_threat["fire"].highest is None
    assert (found.by_threat["fire"].low, found.by_threat["fire"].high) == (12, 120)
    assert found.by_threat["fire"].band is None

    without = risks(PAIRS, {**answers, "A2": Mark.DOES_NOT_EXIST})
    assert [one.item.code for one in without.risks] == ["V1"]
    assert "metal" not in without.by_asset


def test_nothing_is_no_risk_of_0() -> None:
    empty = group([])
    assert (empty.highest, empty.mean, empty.low, empty.high, empty.band, empty.unrated) == (None,) * 5 + (0,)
    assert risks(instrument(item("M1")), {}).risks == ()
    with pytest.raises(AnswerProblem, match="A1 cannot be “11”"):
        risks(PAIRS, {"A1": 11})


@given(answers_to(PAIRS), st.data())
def test_whatever_is_rated_later_the_risk_stays_in_its_range(
    answers: dict[str, Answer], data: st.DataObject
) -> None:
    before = risks(PAIRS, answers)
    later = dict(answers)
    for one in PAIRS.items:
        if answers.get(one.code) in (None, Mark.UNOBSERVED):
            values = [choice.value for choice in PAIRS.scale_of(one).choices]
            later[one.code] = data.draw(st.sampled_from(values))
    after = {one.item.code: one for one in risks(PAIRS, later).risks}
    assert set(after) == {one.item.code for one in before.risks}
    for one in before.risks:
        settled = after[one.item.code].product
        assert settled is not None
        assert one.low <= settled <= one.high
        assert one.product in (None, settled)
        assert one.band in (None, band_of(settled))
    group_after = risks(PAIRS, later).campus
    if before.campus.low is not None and before.campus.high is not None:
        assert group_after.highest is not None
        assert before.campus.low <= group_after.highest.low <= before.campus.high
