"""Every registered measure, run on its own worked example; and the reference pages written from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolward.platform.measures import reference
from schoolward.platform.measures.examples import BadExample, parse, run
from schoolward.platform.measures.registry import Measure, UnknownMeasure, all_measures, get

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "measures"


@pytest.mark.django_db
@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.key)
def test_worked_example(measure: Measure) -> None:
    example = measure.example
    assert example is not None, f"{measure.key} needs a worked example: rows in, value and record ids out"

    outcome = run(measure, example)

    assert outcome.value == (None if example.value is None else pytest.approx(example.value))
    assert sorted(outcome.records) == sorted(example.records)


def test_reference_pages_are_current() -> None:
    assert reference.stale(REFERENCE) == [], "run: schoolward manage measure_reference"


def test_unknown_key_names_the_nearest() -> None:
    with pytest.raises(UnknownMeasure, match=r"'incidents.totl'; did you mean incidents.total\?"):
        get("incidents.totl")


def test_tables_of_examples() -> None:
    table = """
        id | campus | date
        ---|--------|-----
        1  | North  | 2012-01-01
        2  |        | 2012-01-02
    """
    assert parse(table) == [
        {"id": "1", "campus": "North", "date": "2012-01-01"},
        {"id": "2", "campus": "", "date": "2012-01-02"},
    ]


def test_a_row_of_another_width_is_named() -> None:
    with pytest.raises(BadExample, match="line 2 has 1 cells, the header has 2: 1"):
        parse("a | b\n1")
    with pytest.raises(BadExample, match="no header"):
        parse("")
