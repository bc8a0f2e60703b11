"""A share opens what it counts, what that is held against, and what is outstanding."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Agency, AgencyKind
from schoolward.platform.measures import protection, registry
from schoolward.platform.measures.display import parts
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import open_part, read, record_keys
from schoolward.platform.measures.registry import Measure, NoSuchPart, Part, Rows, all_measures
from schoolward.platform.measures.walls import counting

pytestmark = pytest.mark.django_db
DAY = Period(None, None, date(2012, 9, 6))


@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.key)
def test_the_parts_of_a_measure_are_what_its_value_says(measure: Measure) -> None:
    assert measure.example is not None
    measure.example.build(parse(measure.example.rows))
    period = Period(*measure.example.period)
    reading = read(measure.key, period)
    counted = open_part(measure.key, period)

    assert (counted.records, counted.keys()) == (reading.records, record_keys(measure.key, period))
    held_against: set[str] = set()
    if Part.DENOMINATOR in reading.parts:
        opened = open_part(measure.key, period, part=Part.DENOMINATOR)
        held_against = set(opened.keys())
        assert opened.records == len(held_against)
        summed = measure.rows(period, Scope()).denominator_amount
        with counting(opened.behind):
            rows = opened.behind
            amounts = [1] * len(held_against) if summed is None else list(rows.values_list(summed, flat=True))
        assert sum(amounts) == reading.denominator
    if Part.OUTSTANDING in reading.parts:
        outstanding = open_part(measure.key, period, part=Part.OUTSTANDING).keys()
        assert set(outstanding) == held_against - set(counted.keys())
        assert set(counted.keys()) <= held_against


@pytest.mark.parametrize(
    "measure", [one for one in all_measures() if one.to_site], ids=lambda measure: measure.key
)
def test_sites_counted_in_one_question_are_those_counted_one_by_one(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which sites are withheld is decided from these counts; a site by itself is counted the other way."""
    assert measure.example is not None
    assert measure.by_site
    sites = [
        Campus.objects.create(name=f"Site {number}", slug=f"s{number}", address_key=f"{number} SITE ST").pk
        for number in range(3)
    ]
    # Where an example names no site: two of the three in turn, from the beginning, as it may not be changed.
    where = itertools.cycle(sites[:2])
    *way, field = measure.to_site.split("__")
    model: Any = measure.rows(DAY, Scope()).numerator.model
    for step in way:
        model = model._meta.get_field(step).related_model
    monkeypatch.setattr(model._meta.get_field(field), "_get_default", lambda: next(where))
    measure.example.build(parse(measure.example.rows))
    period = Period(*measure.example.period)
    whole, everywhere = measure.rows(period, Scope()), frozenset(Campus.objects.values_list("pk", flat=True))

    counts, against = protection._of_sites(measure, period, whole, everywhere)

    one_by_one = protection._of_sites(replace(measure, to_site=""), period, whole, everywhere)
    assert (counts, against or dict.fromkeys(everywhere, 0)) == one_by_one
    assert any(counts.values())
    assert not all(counts.values())


def test_shares_of_work_open_all_their_parts() -> None:
    for key in ("recommendations.completion", "initiatives.freshness", "assessments.coverage"):
        measure = registry.get(key)
        assert measure.example is not None
        measure.example.build(parse(measure.example.rows))
        assert read(key, DAY).parts == tuple(Part)


@pytest.mark.parametrize("part", [Part.DENOMINATOR, Part.OUTSTANDING])
def test_a_plain_count_has_no_such_part(part: Part) -> None:
    with pytest.raises(NoSuchPart, match=f"no records that are its {part}; there are numerator"):
        open_part("campuses.operating", DAY, part=part)


@pytest.fixture
def students(db: None) -> Iterator[Callable[[int], str]]:
    """A measure of students: of twenty, so many are counted."""
    Agency.objects.bulk_create(
        Agency(
            pk=number,
            key=f"a{number}",
            name=f"Agency {number}",
            kind=AgencyKind.DISTRICT,
            created_at="2012-09-06T00:00Z",
        )
        for number in range(1, 21)
    )

    def make(counted: int) -> str:
        def rows(period: Period, scope: Scope) -> Rows:
            everybody = Agency.objects.all()
            return Rows(numerator=everybody.filter(pk__lte=counted), denominator=everybody)

        registry._measures["test.students"] = Measure(
            key="test.students",
            title="Students",
            definition="Students.",
            unit="percent",
            owner="lead",
            record_class="education",
            numerator="Some",
            denominator="All",
            rows=rows,
            minimum_count=11,
        )
        return "test.students"

    yield make
    del registry._measures["test.students"]


@pytest.mark.parametrize(("counted", "outstanding"), [(20, 0), (15, None), (10, None)])
def test_few_outstanding_students_are_withheld(
    students: Callable[[int], str], counted: int, outstanding: int | None
) -> None:
    opened = open_part(students(counted), DAY, part=Part.OUTSTANDING)

    assert opened.is_hidden is (outstanding is None)
    assert opened.keys() == []
    assert opened.records == 0


def test_the_parts_of_a_share_of_money_are_told_as_money() -> None:
    measure = registry.get("grants.traceability")
    assert measure.example is not None
    measure.example.build(parse(measure.example.rows))
    reading = read(measure.key, Period(*measure.example.period))
    assert parts(reading) == "$750 of $1,000"
