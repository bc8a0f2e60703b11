"""The paper of an application: each table with its source, what is withheld, and who had it on record."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from domain.routes.plan_files import used_network
from schoolward.domains.places.models import Campus, Enrolment, School, SchoolOccupancy
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.models import Barrier
from schoolward.platform.access import clock
from schoolward.platform.audit.models import Event

Browser = Callable[..., Any]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "stands_still", lambda: True)


@pytest.fixture
def asked(oak: Campus, person: Any, barrier: Callable[..., Barrier], at: datetime) -> dict[str, Any]:
    """Oak with a school of seven, and a barrier that its owner is asked to mend."""
    school = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
    SchoolOccupancy.objects.create(school=school, campus=oak)
    Enrolment.objects.create(school=school, school_year=2012, students=7)
    made, by = barrier(), person("safe_routes")
    actions.decide_barrier(barrier_id=made.pk, move="accept", by=by, at=at)
    actions.recommend(
        barrier_id=made.pk,
        countermeasure="crosswalk",
        text="Mark it.",
        estimate_cents=18_000_50,
        by=by,
        at=at,
    )
    return {"site": oak.pk}


def _paper(kind: str) -> str:
    return reverse("reports:route_application_file", args=[kind])


def test_the_page_leads_to_the_paper_which_is_accessible(client_of: Browser, asked: dict[str, Any]) -> None:
    browser = client_of("safe_routes")
    page = browser.get(reverse("routes:application"), asked).content.decode()
    assert f'href="{_paper("pdf")}?site={asked["site"]}' in page
    assert "Question 3, Potential to Reduce Collisions" in page
    told = browser.get(_paper("pdf"), asked)
    assert (told["Content-Type"], told["Cache-Control"]) == ("application/pdf", "private, no-store")
    read = pypdf.PdfReader(io.BytesIO(told.content))
    # Five years of collisions take the long side; one barrier needs no page of its own.
    assert sum(page.mediabox.width > page.mediabox.height for page in read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "en-US"
    text = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    assert "Draft for an application".upper() in text
    assert "Non-infrastructure component" in text
    assert "18,000" in text
    event = Event.objects.get(action="reports.route_application_exported")
    assert event.detail == {"format": "pdf", "sites": 1, "opportunity": ""}


def test_a_table_of_two_barriers_takes_the_long_side(
    client_of: Browser, asked: dict[str, Any], barrier: Callable[..., Barrier], person: Any, at: datetime
) -> None:
    second = barrier(title="Dark")
    actions.decide_barrier(barrier_id=second.pk, move="accept", by=person("safe_routes"), at=at)
    read = pypdf.PdfReader(io.BytesIO(client_of("safe_routes").get(_paper("pdf"), asked).content))
    assert sum(page.mediabox.width > page.mediabox.height for page in read.pages) == 2


def test_each_table_has_its_source_and_small_counts_stay_withheld(
    client_of: Browser, asked: dict[str, Any]
) -> None:
    told = client_of("safe_routes").get(reverse("api:route_application_paper"), asked).json()
    parts = {part["key"]: part for part in told["parts"]}
    assert list(parts) == ["about", "maps", *queries.APPLICATION_TABLES, "sources"]
    (school,) = parts["schools"]["rows"]
    assert (school["enrolled"]["value"], school["enrolled"]["shown"]) == (None, "not shown")
    (barrier,) = parts["infrastructure"]["rows"]
    assert (barrier["estimate"]["value"], barrier["estimate"]["shown"]) == (18000.5, "18,000.50")
    assert "/routes/barriers/" in barrier["estimate"]["records"]
    sources = parts["sources"]["rows"]
    assert len(sources) == len(queries.APPLICATION_TABLES)
    assert sources[0]["heading"]["shown"] == "the district's own heading"
    assert all(row["source"]["shown"] for row in sources)
    assert parts["travel"]["missing"] == "Question 2, Potential to Increase Users. Nothing is known."


def test_a_school_has_its_map_where_a_network_is_in_use(
    client_of: Browser, asked: dict[str, Any], oak: Campus, person: Any, at: datetime, tmp_path: Path
) -> None:
    used_network([oak], tmp_path, by=person("safe_routes"), at=at)
    browser = client_of("safe_routes")
    told = browser.get(reverse("api:route_application_paper"), asked).json()
    (row,) = next(part for part in told["parts"] if part["key"] == "maps")["rows"]
    assert (row["picture"]["shown"], row["picture"]["value"]) == ("Oak", None)
    assert row["picture"]["records"].endswith(reverse("routes:school_map", args=["oak"]))
    assert row["streets"]["shown"]
    content = browser.get(_paper("pdf"), asked).content
    assert "Maps of the schools" in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_who_may_not_and_what_is_not_there(
    client_of: Browser, asked: dict[str, Any], elm: Campus, oak: Campus
) -> None:
    browser = client_of("safe_routes")
    assert browser.get(_paper("docx"), asked).status_code == 404
    assert browser.get(_paper("pdf"), {"site": "999999"}).status_code == 404
    over_http = reverse("api:route_application_paper_file", args=["pdf"])
    assert browser.get(over_http, asked).content.startswith(b"%PDF")
    assert browser.get(reverse("api:route_application_paper_file", args=["docx"]), asked).status_code == 404
    monitor = client_of("campus_monitor", [elm])
    assert monitor.get(_paper("pdf"), asked).status_code == 403
    assert monitor.get(over_http, asked).status_code == 403
    lead = client_of("lead", [elm])
    assert lead.get(_paper("pdf"), asked).status_code == 404
    paths = (over_http, reverse("api:route_application_paper"), reverse("api:route_application"))
    for path in paths:
        assert "no site of yours has the number" in lead.get(path, asked).json()["detail"]
        for wrong, words in (
            ({}, "site: name at least one"),
            ({"site": "999999"}, "site: no site of yours has the number 999999"),
            (asked | {"opportunity": "none"}, "opportunity: nothing is applied for"),
        ):
            answer = browser.get(path, wrong)
            assert answer.status_code == 422
            assert answer.json()["detail"].startswith(words)
