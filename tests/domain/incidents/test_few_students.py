"""Enrolment under 11 is shown nowhere, and no sum gives it away (docs/decisions/0024)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.incidents.queries import Slice, by_site
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.measures.display import shown
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import open_part, read

pytestmark = pytest.mark.django_db
Import = Callable[..., Report]
ON = date(2012, 8, 31)
PERIOD = Period(None, ON, ON)
ENROLMENT = "cds_code,school_year,students\n34670000000001,2012-13,{north}\n34670000000002,2012-13,{south}\n"
ROW = "{n},2012-08-30 08:15,{address},theft,x,,\n"
HEADER = "incident_number,occurred_at,address,category,description,latitude,longitude\n"


@pytest.fixture
def incidents(schools: None, bring_in: Import) -> None:
    """Two incidents at North High, one at South Elementary."""
    rows = [("1", "10 First Street"), ("2", "10 First Street"), ("3", "20 First Street")]
    text = HEADER + "".join(ROW.format(n=n, address=address) for n, address in rows)
    assert bring_in("incidents", text).created == 3


@pytest.mark.parametrize("few", [1, 7, 10])
def test_few_students_are_no_denominator(incidents: None, bring_in: Import, few: int) -> None:
    bring_in("enrolment", ENROLMENT.format(north=400, south=few))
    north, south = Campus.objects.order_by("address")
    small = read("incidents.rate", PERIOD, Scope(south.pk))
    told = small.as_json()
    assert (told["suppressed"], told["value"], told["numerator"], told["denominator"]) == (
        True,
        None,
        None,
        None,
    )
    assert "fewer than 11" in told["note"]
    assert shown(small) == "withheld: too few students"
    assert open_part("incidents.rate", PERIOD, Scope(south.pk)).keys() == []
    whole = read("incidents.rate", PERIOD)
    assert (whole.numerator, whole.denominator) == (2, 400), "nothing is had by subtraction"
    assert read("incidents.rate", PERIOD, Scope(north.pk)).denominator == 400
    assert read("incidents.at_campus", PERIOD, Scope(south.pk)).value == 1, "incidents are no students"


def test_eleven_students_are_enough(incidents: None, bring_in: Import) -> None:
    bring_in("enrolment", ENROLMENT.format(north=400, south=11))
    assert read("incidents.rate", PERIOD).denominator == 411


def test_pages_and_tables_do_not_tell(
    incidents: None,
    bring_in: Import,
    by: Viewer,
    viewer: Callable[..., Viewer],
    client_of: Callable[..., Client],
) -> None:
    bring_in("enrolment", ENROLMENT.format(north=400, south=7))
    south = Campus.objects.get(address="20 First Street")
    profile = reverse("places:detail", args=[south.slug])
    page = client_of("trustee").get(f"{profile}?on={ON}", follow=True).content.decode()
    assert "Fewer than 11, not shown" in page
    rates = {row.name: row.rate for row in by_site(by, Slice(date(2012, 8, 1), ON))}
    assert rates[south.name] is None
    exchange = get("enrolment")
    assert [row[2] for row in exchange.export_rows(viewer("trustee"))] == [400]
    assert [row[2] for row in exchange.export_rows(viewer("lead"))] == [400, 7], "who brings it in mends it"
