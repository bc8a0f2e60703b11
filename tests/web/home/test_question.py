"""The query string of every page that asks for a period and a site."""

from __future__ import annotations

from datetime import date

import pytest

from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.home.question import BadQuestion, ask, spans, twelve_months
from schoolward.platform.measures.period import Period

TODAY = date(2012, 9, 6)


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ({}, Period(date(2011, 10, 1), TODAY, TODAY)),
        ({"from": "2012-01-01"}, Period(date(2012, 1, 1), TODAY, TODAY)),
        ({"to": "2012-01-31"}, Period(None, date(2012, 1, 31), date(2012, 1, 31))),
        ({"as_of": "2011-06-30"}, Period(None, date(2011, 6, 30), date(2011, 6, 30))),
        (
            {"from": "2012-01-01", "to": "2012-01-31", "as_of": "2012-03-01"},
            Period(date(2012, 1, 1), date(2012, 1, 31), date(2012, 3, 1)),
        ),
        ({"from": " 2012-01-01 ", "to": ""}, Period(date(2012, 1, 1), TODAY, TODAY)),
    ],
)
def test_dates_left_out_are_filled_in(asked: dict[str, str], period: Period) -> None:
    assert ask(asked, today=TODAY, start=twelve_months(TODAY)).period == period


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"from": "6/9/2012"}, "“from” is “6/9/2012”, which is no date. Write it like 2012-09-06."),
        ({"to": "2012-13-01"}, "“to” is “2012-13-01”, which is no date."),
        ({"from": "0001-01-01"}, "These dates cannot be asked about: the date 0001-01-01 lies outside"),
        ({"to": "9999-12-31"}, "These dates cannot be asked about: the date 9999-12-31 lies outside"),
        ({"as_of": "today"}, "“as_of” is “today”, which is no date."),
        ({"from": "2012-09-07"}, "“from” (2012-09-07) lies after “to” (2012-09-06). Exchange the two dates."),
    ],
)
def test_a_date_that_cannot_be_read_is_named_with_its_mend(asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadQuestion) as refusal:
        ask(asked, today=TODAY)
    assert str(refusal.value).startswith(sentence)


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["burbank", "34674390100000"])
def test_a_site_is_named_by_its_short_name_or_by_a_school_of_it(site: str) -> None:
    campus = Campus.objects.create(name="Burbank", slug="burbank", address_key="3500 FLORIN RD")
    school = School.objects.create(name="Burbank High", cds_code="34674390100000", kind="high")
    SchoolOccupancy.objects.create(campus=campus, school=school)
    question = ask({"site": site}, today=TODAY)
    assert (question.scope.campus_id, question.scope.label) == (campus.pk, "Burbank")
    assert question.parameters()["site"] == site


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["nowhere", "99999999999999"])
def test_an_unknown_site_is_refused(site: str) -> None:
    with pytest.raises(BadQuestion, match=rf"There is no site “{site}”"):
        ask({"site": site}, today=TODAY)


def test_a_question_is_written_back_as_it_was_asked() -> None:
    asked = {"from": "2012-01-01", "to": "2012-01-31", "as_of": "2012-03-01"}
    question = ask(asked, today=TODAY)
    assert question.parameters() == asked
    assert ask(question.parameters(), today=date(2020, 1, 1)) == question


def test_the_named_periods_of_the_board_meeting() -> None:
    assert [(str(span.title), span.start, span.end) for span in spans(TODAY)] == [
        ("Last 30 days", date(2012, 8, 8), TODAY),
        ("School year to date", date(2012, 7, 1), TODAY),
        ("Last school year", date(2011, 7, 1), date(2012, 6, 30)),
        ("Last 12 months", date(2011, 10, 1), TODAY),
        ("All dates", None, TODAY),
    ]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (TODAY, date(2011, 10, 1)),
        (date(2012, 2, 29), date(2011, 3, 1)),
        (date(2012, 1, 31), date(2011, 2, 1)),
        (date(2012, 12, 1), date(2012, 1, 1)),
    ],
)
def test_twelve_months_end_with_the_days_own(day: date, first: date) -> None:
    assert twelve_months(day) == first
