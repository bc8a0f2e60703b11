"""Alarms in the board paper's Results: the sentence, the rates, the causes, what was done, the trend."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schoolward.domains.alarms.examples.rows import signal
from schoolward.domains.alarms.models import Signal
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.registry import Example, get
from schoolward.reports.asking import named_period, words_for
from schoolward.reports.board_summary import blocks
from schoolward.reports.board_summary.report import BOARD_SUMMARY
from schoolward.reports.composing import Composer, SectionError
from schoolward.reports.content import Block, Composition
from schoolward.reports.difference import plain

AS_OF = date(2012, 5, 21)
SHOWN = "\n\n".join(f"[[show: {name}]]" for name in ("alarms", "alarm-causes", "alarm-corrections"))


def made(key: str) -> dict[str, Any]:
    """The records of a measure's worked example."""
    example = get(key).example
    assert isinstance(example, Example)
    return example.build(parse(example.rows))


def composed(text: str, as_of: date = AS_OF) -> Composition:
    return Composer(as_of, blocks=BOARD_SUMMARY.blocks).compose([("results", "Results", text)])


def heard_since(when: str, number: int = 99) -> None:
    """One more signal: from the first to the last it is known what was set off."""
    any_signal = Signal.objects.select_related("system", "segment").all()[0]
    assert any_signal.system is not None
    signal({"what": "test", "when": when}, number, any_signal.system, any_signal.segment)


def table(found: list[Block]) -> Block:
    return next(block for block in found if block["kind"] == "table")


@pytest.mark.parametrize(
    ("name", "as_of", "first", "last"),
    [
        ("twelve-months", date(2012, 9, 6), date(2011, 9, 7), date(2012, 9, 6)),
        ("twelve-months-before", date(2012, 9, 6), date(2010, 9, 7), date(2011, 9, 6)),
        ("twelve-months", date(2012, 2, 29), date(2011, 3, 1), date(2012, 2, 29)),
        ("twelve-months-before", date(2012, 2, 29), date(2010, 3, 1), date(2011, 2, 28)),
    ],
)
def test_twelve_months_end_at_the_day(name: str, as_of: date, first: date, last: date) -> None:
    period = named_period(name, as_of)
    assert (period.start, period.end) == (first, last)
    assert words_for(name, as_of).startswith("the twelve months to")


@pytest.mark.django_db
def test_every_number_of_it_opens_its_records() -> None:
    made("alarms.corrections")
    heard_since("2010-05-01 08:00")

    found = composed(SHOWN)

    text = plain(found.sections["results"])
    assert text.startswith(
        "The alarm systems were set off 8 times in the twelve months to May 21, 2012. "
        "Police were sent to 0 of these alarms; 7 were false."
    )
    assert "What set most of the false ones off: not found out, 7." in text
    assert "that were verified: 1. Since then, false alarms of these zones came to" in text
    assert "North, Example W: verified May 11, 2012." in text
    by_token = {cell.token: cell for cell in found.cells}
    # Nobody reported when the site was armed, and the paper says so.
    wanting = {cell.reading.measure.key for cell in found.cells if not cell.is_collected}
    assert wanting == {"alarms.activations_per_1000_armed_hours"}
    assert by_token["alarms.activations period=twelve-months"].lineage.count == 8
    assert by_token["alarms.after_corrections period=twelve-months"].lineage.count == 2
    assert by_token["alarms.false.unknown period=twelve-months"].lineage.count == 7


@pytest.mark.django_db
def test_the_year_before_stands_beside_where_it_is_known() -> None:
    made("alarms.corrections")
    heard_since("2010-05-01 08:00")
    titles = [column["title"] for column in table(composed(SHOWN).sections["results"])["columns"]]
    assert titles == ["Rate", "Value", "Interval", "Twelve months before"]

    Signal.objects.filter(frame_index=99).update(received_at="2011-05-01T15:00:00Z")
    titles = [column["title"] for column in table(composed(SHOWN).sections["results"])["columns"]]
    assert titles == ["Rate", "Value", "Interval"]


@pytest.mark.django_db
def test_part_of_a_year_is_not_printed_as_one() -> None:
    made("alarms.corrections")  # heard of for three weeks
    text = plain(composed(SHOWN).sections["results"])
    assert text.startswith("Alarms of the last twelve months: not collected")
    assert "What set" not in text
    (cell,) = composed("[[alarms.activations from=2012-05-01]]").cells
    assert (cell.shown, cell.is_collected) == ("8", True)


@pytest.mark.django_db
def test_without_any_alarm_it_says_so_and_draws_nothing() -> None:
    found = composed(f"{SHOWN}\n\n[[show: alarm-months]]\n\n[[show: alarm-note]]")
    assert "not collected" in plain(found.sections["results"])
    assert found.charts == {}


@pytest.mark.django_db
def test_the_trend_draws_whole_months_that_were_heard_of() -> None:
    made("alarms.corrections")
    heard_since("2012-02-10 08:00")
    assert composed("[[show: alarm-months]]", date(2012, 6, 10)).cells[-1].is_collected is False
    heard_since("2012-06-05 08:00", 100)

    found = composed("[[show: alarm-months]]", date(2012, 6, 10))

    (chart,) = found.sections["results"]
    assert chart["alt"].startswith(
        "Two lines over 3 months, March 2012 to May 2012. Alarms were most in May 2012"
    )
    assert {cell.token.split()[0] for cell in found.cells} == {
        "alarms.activations",
        "alarms.police_dispatch_rate",
    }
    assert all(cell.in_chart for cell in found.cells)


@pytest.mark.django_db
def test_an_interval_is_printed_where_the_measure_knows_one() -> None:
    made("alarms.false_rate")  # two of four were false
    week = "from=2012-09-01 to=2012-09-06"
    text = " ".join(
        f"[[{key} {week} show=interval]]"
        for key in ("alarms.false_rate", "alarms.dispatches_per_system_year")
    )
    share, rate = composed(text, date(2012, 9, 6)).cells
    assert share.shown == "15.0% to 85.0%"  # Wilson's, by hand: (2 + z²/2 ± z·sqrt(1 + z²/4)) / (4 + z²)
    low, high = rate.reading.interval or (0, 0)
    years = 6 / 365.25  # three events have 0.6187 to 8.7673 (Garwood's table)
    assert (low * years, high and high * years) == (
        pytest.approx(0.6187, abs=1e-4),
        pytest.approx(8.7673, abs=1e-4),
    )

    with pytest.raises(SectionError, match="has no interval; leave show=interval out"):
        composed(f"[[alarms.activations {week} show=interval]]", date(2012, 9, 6))


@pytest.mark.django_db
def test_invented_alarms_are_called_so_in_place() -> None:
    rows = made("alarms.activations")
    composer = Composer(date(2012, 9, 6), blocks=BOARD_SUMMARY.blocks)
    composer.number("alarms.activations", from_="2012-09-01")
    assert blocks.alarm_note(composer) == []
    case = rows["A"]
    case.generated = True
    case.save()
    (note,) = blocks.alarm_note(composer)
    assert "are invented" in note["runs"][0]["text"]
