"""The instruments are whole, and a facilities person can act on what fails."""

from __future__ import annotations

from collections import Counter

import pytest

from schoolward.analysis.assessing.instrument import BANDS
from unit.analysis.assessing.shipped import CROSSWALKS, FOLDER, INSTRUMENTS, shipped


def test_there_are_four_and_nothing_else() -> None:
    files = {path.stem for path in FOLDER.glob("*.yaml")}
    assert files == {*INSTRUMENTS, *CROSSWALKS}
    assert {shipped(name).kind for name in INSTRUMENTS} == {
        "cpted",
        "vulnerability",
        "security_audit",
        "way_to_school",
    }


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_what_can_fail_says_what_to_do(name: str) -> None:
    instrument = shipped(name)
    assert instrument.credit
    for item in instrument.items:
        assert item.text.endswith((".", "?")), item.code
        assert item.fails_at is None or item.recommendation.endswith("."), item.code
        free = item.trade in {"procedure", "locks", "alarms"}  # where a rule or a setting may be the mend
        assert item.fails_at is None or free or item.estimate_cents, item.code
    for field in ("text", "recommendation"):
        written = Counter(value for item in instrument.items if (value := getattr(item, field)))
        assert [value for value, times in written.items() if times > 1] == []


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_word_that_is_explained_is_used(name: str) -> None:
    instrument = shipped(name)
    used = {zone for section in instrument.sections for zone in section.zones}
    for item in instrument.items:
        used |= {item.area, item.principle, item.layer, item.asset, item.threat}
    assert set(instrument.terms) == used - {""}


def test_the_school_walk_crosses_three_areas_with_five_principles() -> None:
    instrument = shipped("cpted_school")
    assert 95 <= len(instrument.items) <= 110
    crossed = {(item.area, item.principle) for item in instrument.items}
    areas = ("grounds", "buildings", "interiors")
    principles = (
        "natural_surveillance",
        "access_management",
        "territoriality",
        "physical_maintenance",
        "order_maintenance",
    )
    assert crossed == {(area, principle) for area in areas for principle in principles}
    for item in instrument.items:
        assert instrument.scale_of(item).may_not_exist
        assert instrument.scale_of(item).may_be_unobserved
        assert item.code[0] == item.area[0].upper()
    for band in BANDS:
        assert 90 <= len(instrument.items_for(band)) < len(instrument.items)


def test_the_vulnerability_of_each_layer_is_met_by_detect_delay_and_respond() -> None:
    instrument = shipped("vulnerability")
    measures = {(item.layer, item.principle) for item in instrument.items if item.area == "measures"}
    layers = ("site_perimeter", "building_perimeter", "building_interior")
    assert measures == {(layer, act) for layer in layers for act in ("detect", "delay", "respond")}
    assert {item.layer for item in instrument.items if item.asset and item.threat} == set(layers)
    for factor in ("asset", "threat"):
        alone = {getattr(item, factor) for item in instrument.items if bool(item.asset) != bool(item.threat)}
        paired = {getattr(item, factor) for item in instrument.items if item.asset and item.threat}
        assert alone - {""} == paired


def test_the_audit_has_the_six_headings_of_the_first_one() -> None:
    areas = Counter(item.area for item in shipped("security_audit").items)
    assert list(areas) == [
        "plans",
        "deployment",
        "communication",
        "internal_measures",
        "external_measures",
        "police",
    ]
    assert min(areas.values()) >= 8


def test_what_fails_on_the_way_is_a_kind_of_barrier() -> None:
    from schoolward.domains.routes.models import BarrierKind

    instrument = shipped("way_to_school")
    assert {item.area for item in instrument.items} <= set(BarrierKind.values)
    assert all(item.fails_at is not None for item in instrument.items)
    assert {instrument.scale_of(item).highest for item in instrument.items} == {3}
