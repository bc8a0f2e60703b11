"""The pages about measures: values, history, sites, and what must not be broken down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schoolward.platform.access.models import Agency
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Measure, Rows, all_measures

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
KEY = "incidents.at_campus"
ASKED = "?from=2012-09-01&to=2012-09-06"


@pytest.mark.parametrize("role", HUMAN_ROLES)
def test_every_role_reads_every_measure_with_its_definition(role: str, client_of: ClientOf) -> None:
    page = client_of(role).get("/measures")
    assert page.status_code == 200
    text = page.content.decode()
    assert all(f"/measures/{measure.key}?" in text for measure in all_measures())
    assert "not collected" in text


def test_a_value_leads_to_its_records_for_the_same_question(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    client = client_of("lead")
    for _name, figures in client.get(f"/measures{ASKED}").context["groups"]:
        for figure in figures:
            trace = client.get(figure.trace_url)
            assert trace.context["reading"] == figure.reading


def test_a_measures_page_has_definition_example_and_value(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    page = client_of("lead").get(f"/measures/{KEY}{ASKED}")
    text = page.content.decode()
    assert page.context["figure"].reading.value == 3
    assert "From these rows the measure reads <strong>3</strong>." in text
    assert f'hx-get="/measures/{KEY}/months?' in text
    assert f'hx-get="/measures/{KEY}/sites?' in text


def test_months_add_up_to_the_whole(client_of: ClientOf, records: dict[str, Any]) -> None:
    page = client_of("lead").get(f"/measures/{KEY}/months{ASKED}")
    parts = page.context["parts"]
    assert [part.first for part in parts][:: len(parts) - 1] == [date(2011, 9, 1), date(2012, 9, 1)]
    assert [part.reading.value for part in parts if part.reading.collected] == [1, 3]
    assert "<svg" in page.content.decode()


def test_sites_add_up_to_the_whole_the_busiest_first(client_of: ClientOf, records: dict[str, Any]) -> None:
    page = client_of("lead").get(f"/measures/{KEY}/sites?from=2012-06-01&to=2012-08-31")
    assert [(part.label, part.reading.value) for part in page.context["parts"]] == [
        (str(records["7"].campus), 1),
        (str(records["1"].campus), 0),
    ]


def test_htmx_gets_the_part_alone(client_of: ClientOf, records: dict[str, Any]) -> None:
    client = client_of("lead")
    part = client.get(f"/measures/{KEY}/sites{ASKED}", headers={"HX-Request": "true"}).content.decode()
    whole = client.get(f"/measures/{KEY}/sites{ASKED}").content.decode()
    assert "<html" not in part
    assert "<html" in whole
    assert part.strip() in whole


def test_a_count_of_students_is_not_broken_down_by_month(
    client_of: ClientOf, measured: Callable[[Measure], Measure], records: dict[str, Any]
) -> None:
    def rows(period: Period, scope: Scope) -> Rows:
        return Rows(numerator=Agency.objects.all())

    measured(
        Measure(
            key="test.students",
            title="Students",
            definition="Students.",
            unit="students",
            owner="lead",
            record_class="education",
            numerator="",
            denominator="",
            rows=rows,
            minimum_count=11,
        )
    )
    client = client_of("lead")
    text = client.get("/measures/test.students").content.decode()
    assert "This number is not broken down by month" in text
    assert "/measures/test.students/months" not in text
    assert client.get("/measures/test.students/months").context["parts"] == []


@pytest.mark.parametrize("page", ["/measures", f"/measures/{KEY}", f"/measures/{KEY}/months", "/overview"])
def test_dates_that_cannot_be_read_get_400(page: str, client_of: ClientOf) -> None:
    answer = client_of("lead").get(f"{page}?to=yesterday")
    assert answer.status_code == 400
    assert "“to” is “yesterday”, which is no date." in answer.content.decode()
