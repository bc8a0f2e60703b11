"""The overview: figures that open their records, charts that agree with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from schoolward.home.question import ask, twelve_months, whole_months
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.measures.period import Period

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
TODAY = date(2012, 9, 6)


@pytest.mark.parametrize("role", HUMAN_ROLES)
@pytest.mark.parametrize("page", ["/", "/overview", "/map", "/search", "/help", "/about"])
def test_every_role_opens_every_page(
    role: str, page: str, client_of: ClientOf, records: dict[str, Any]
) -> None:
    assert client_of(role).get(page).status_code == 200


def test_an_empty_installation_says_what_is_not_collected(client_of: ClientOf) -> None:
    text = client_of("lead").get("/overview").content.decode()
    assert "Incidents at sites: not collected." in text
    assert "figure-value" not in text


def test_charts_count_what_the_figures_count(client_of: ClientOf, records: dict[str, Any]) -> None:
    page = client_of("lead").get("/overview")
    overview = page.context["overview"]
    values = {figure.measure.key: figure.reading.value for figure in overview.incident_figures}
    picture = overview.picture
    assert values["incidents.at_campus"] == 4
    assert sum(count for _month, count in picture.at_sites) == 4
    assert sum(count for _month, count in picture.near_sites) == values["incidents.near_campus"]
    assert sum(count for _kind, count in picture.kinds) == 4
    assert sum(picture.hours.values()) == 4
    assert sum(site.count.at_campus for site in picture.sites) == 4
    assert (
        sum(site.count.in_school_hours for site in picture.sites)
        == values["incidents.at_campus.school_hours"]
    )


def test_a_sites_numbers_open_exactly_their_records(client_of: ClientOf, records: dict[str, Any]) -> None:
    client = client_of("lead")
    for site in client.get("/overview").context["overview"].picture.sites:
        assert client.get(site.trace_at).context["reading"].value == site.count.at_campus
        assert client.get(site.trace_hours).context["reading"].value == site.count.in_school_hours
        if site.count.rate is not None:
            assert client.get(site.trace_rate).context["reading"].value == site.count.rate


def test_charts_of_a_site_lead_count_the_own_site_and_say_so(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    own = records["7"].campus
    page = client_of("site_lead", campuses=[own]).get("/overview")
    assert [site.count.campus_id for site in page.context["overview"].picture.sites] == [own.pk]
    assert "The charts below count your own sites" in page.content.decode()


def test_who_may_see_no_incidents_gets_the_figures_alone(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    page = client_of("provider").get("/overview")
    assert page.context["overview"].picture is None
    assert "<svg xmlns" not in page.content.decode()


def test_the_first_sentence_compares_with_the_year_before(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    text = client_of("lead").get("/overview?from=2012-06-01").content.decode()
    assert "4 incidents at sites since June 2012." in text


@pytest.mark.parametrize(
    ("asked", "compared"),
    [
        ("", (date(2010, 10, 1), date(2011, 9, 6))),
        ("?from=2012-01-01&to=2012-02-29", (date(2011, 1, 1), date(2011, 2, 28))),
        ("?from=2013-01-01&to=2013-02-28&as_of=2013-02-28", (date(2012, 1, 1), date(2012, 2, 29))),
        ("?from=2011-09-01", None),  # its first days would be the last of the year before
        ("?to=2012-08-31", None),
    ],
)
def test_no_day_counts_in_both_periods_that_are_compared(
    client_of: ClientOf, records: dict[str, Any], asked: str, compared: tuple[date, date] | None
) -> None:
    overview = client_of("lead").get(f"/overview{asked}").context["overview"]
    before = overview.year_before
    assert (before and (before.question.period.start, before.question.period.end)) == compared
    if before:
        assert before.question.period.end < overview.headline.question.period.start


def test_every_page_of_numbers_begins_alike(client_of: ClientOf, records: dict[str, Any]) -> None:
    client = client_of("lead")
    key = "incidents.at_campus"
    periods = {
        page: client.get(page).context["question"].period
        for page in ("/overview", "/measures", f"/measures/{key}", "/map")
    }
    assert set(periods.values()) == {Period(date(2011, 10, 1), TODAY, TODAY)}


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ({}, Period(date(2011, 10, 1), TODAY, TODAY)),
        ({"from": "2012-02-10", "to": "2012-03-10"}, Period(date(2012, 2, 1), *[date(2012, 3, 31)] * 2)),
        ({"from": "2012-09-03"}, Period(date(2012, 9, 1), TODAY, TODAY)),
        ({"to": "2012-02-01"}, Period(None, *[date(2012, 2, 29)] * 2)),
    ],
)
def test_the_overview_asks_about_whole_months(asked: dict[str, str], period: Period) -> None:
    question = whole_months(ask(asked, today=TODAY, start=twelve_months(TODAY)), TODAY)
    assert question.period == period


@pytest.mark.parametrize(
    ("page", "most"), [("/overview", 70), ("/", 30), ("/map", 20), ("/search?q=north", 20)]
)
def test_the_number_of_queries_does_not_grow_with_the_district(
    page: str,
    most: int,
    client_of: ClientOf,
    records: dict[str, Any],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("lead")
    with django_assert_max_num_queries(most):
        client.get(page)
