"""Counts of students by site: what is withheld cannot be worked out, from page, API or paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db.models import QuerySet
from django.test import Client

from schoolward.domains.places.queries import campuses
from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read
from schoolward.platform.measures.registry import Rows, measure
from schoolward.reports.actions import publish
from schoolward.reports.models import Edition
from schoolward.reports.rendering import render_edition

pytestmark = pytest.mark.django_db

As = Callable[[str], Client]
Make = Callable[..., Edition]
AS_OF = date(2012, 9, 6)
COLUMNS = ("cds_code", "name", "kind", "level", "charter", "address", "lat", "lon", "opened", "closed")
PUPILS = {"North": 4, "South": 26, "East": 30, "West": 41}
"""Pupils of a program by site. North's are few: shown beside the others and their sum, they would be had."""


def code(name: str) -> str:
    return f"3467000000000{list(PUPILS).index(name) + 1}"


@pytest.fixture(autouse=True)
def pupils(by: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Four sites and a measure of students at them; the sites' numbers by name."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, name in enumerate(PUPILS):
        place = (f"{number + 1}0 First Street", f"38.{number + 4}0", "-121.50", "1980-07-01", "")
        writer.writerow((code(name), name, "High", "High", "N", *place))
    run("schools", io.BytesIO(out.getvalue().encode()), by=by, at=at)
    sites = dict(campuses().values_list("name", "pk"))
    Account.objects.bulk_create(
        Account(email=f"{name}{number}@example.org", name=f"pupil {sites[name]}")
        for name, count in PUPILS.items()
        for number in range(count)
    )

    def rows(period: Period, scope: Scope) -> Rows:
        found: QuerySet[Account] = Account.objects.filter(name__startswith="pupil ")
        return Rows(found if scope.campus_id is None else found.filter(name=f"pupil {scope.campus_id}"))

    monkeypatch.setattr(measures, "_measures", dict(measures._measures))
    measure(
        key="test.pupils",
        title="Pupils",
        definition="…",
        unit="students",
        owner="test",
        record_class="education",
        numerator="…",
        denominator="",
        minimum_count=11,
    )(rows)
    return sites


def ask(site: int | None) -> int | None:
    value = read("test.pupils", Period.school_year(AS_OF), Scope(site)).value
    return None if value is None else int(value)


def test_a_second_site_is_withheld_with_the_small_one(pupils: dict[str, int]) -> None:
    shown = {name: ask(site) for name, site in pupils.items()}

    assert ask(None) == 101
    assert shown["North"] is None
    assert sum(value is None for value in shown.values()) == 2
    assert all(shown[name] in (None, PUPILS[name]) for name in PUPILS)


def test_without_a_small_count_every_site_is_shown(pupils: dict[str, int]) -> None:
    Account.objects.filter(name=f"pupil {pupils['North']}").delete()

    assert {name: ask(site) for name, site in pupils.items()} == {**PUPILS, "North": 0}


def test_page_api_and_paper_withhold_the_same(pupils: dict[str, int], client_of: As, draft: Make) -> None:
    shown = {name: ask(site) for name, site in pupils.items()}
    client = client_of(Role.ACCOUNTABILITY)
    asked = "from=2012-07-01&to=2012-09-06&as_of=2012-09-06"
    page = client.get(f"/measures/test.pupils/sites?{asked}").content.decode()
    text = " ".join(f"{name} [[test.pupils site={code(name)}]]," for name in PUPILS)
    paper = render_edition(draft(f"{text} all [[test.pupils]]."))
    printed = {row["site"]: row["value"] for row in csv.DictReader(io.StringIO(paper.csv.decode()))}

    assert page.count("withheld") >= 2
    for name, value in shown.items():
        reading = client.get(f"/api/v1/measures/test.pupils?{asked}&site={code(name)}").json()
        trace = client.get(f"/api/v1/trace/test.pupils?{asked}&site={code(name)}").json()
        assert (reading["value"], reading["suppressed"]) == (value, value is None)
        assert len(trace["records"]) == (value or 0)
        assert printed[name] == ("" if value is None else str(value))
        assert (f">{value}<" in page.replace("\n", "")) == (value is not None)
    assert printed[""] == "101"


def test_what_an_earlier_edition_shows_is_not_withheld_in_vain(
    pupils: dict[str, int],
    approved: Make,
    person: Callable[..., Viewer],
    at: datetime,
) -> None:
    """The second site is chosen among those that no paper has shown yet."""
    first = {name for name, site in pupils.items() if ask(site) is None} - {"North"}
    shown_before = first.pop()
    small = Account.objects.filter(name=f"pupil {pupils['North']}")
    Account.objects.filter(pk__in=small.values("pk")).update(name="gone")
    publish(
        edition=approved(
            f"At {shown_before} [[test.pupils site={code(shown_before)}]], all [[test.pupils]]."
        ),
        by=person(3, Role.TRUSTEE),
        at=at,
    )
    Account.objects.filter(name="gone").update(name=f"pupil {pupils['North']}")

    withheld = {name for name, site in pupils.items() if ask(site) is None}
    assert withheld >= {"North"}
    assert shown_before not in withheld
    assert len(withheld) == 2
