"""A wrong release is set right by a row that stays: on the page, over HTTP and in a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from schoolward.domains.cases.actions import centre as actions
from schoolward.domains.cases.actions.correcting_releases import correct_release
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.models import CentreVisit, ReleaseCorrection
from schoolward.domains.cases.queries import centre as queries
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

WHO = Newcomer("Invented Newcomer", date(1997, 5, 4), local_number="2200017")
WRONG = "The wrong line was chosen."


@pytest.fixture
def visit(coordinator: Viewer, at: datetime) -> CentreVisit:
    """A visit that ended, as it says, with a release to an officer of which the parent was told."""
    made = actions.receive(
        who=WHO, receipt=uuid4(), brought_by="staff", by=coordinator, at=at - timedelta(hours=3)
    )
    actions.release(visit_id=made.pk, released_to="officer", by=coordinator, at=at - timedelta(hours=1))
    return actions.tell_parent(visit_id=made.pk, is_exempt=False, by=coordinator, at=at)


def right(visit: CentreVisit, to: str, by: Viewer, at: datetime, reason: str = WRONG) -> ReleaseCorrection:
    return correct_release(visit_id=visit.pk, released_to=to, reason=reason, by=by, at=at)


def test_what_stood_there_stays_beside_what_is_right(
    visit: CentreVisit, coordinator: Viewer, at: datetime
) -> None:
    right(visit, "parent", coordinator, at)
    page = queries.visit_page(coordinator, visit.pk)
    assert page is not None
    assert (page.visit.released_to, page.visit.parent_told_at, page.notice) == ("parent", None, None)
    (one,) = page.corrections
    assert (one.before, one.after, one.told_before, one.reason) == ("officer", "parent", at, WRONG)
    assert (one.by_id, one.by_name, one.at) == (coordinator.account_id, coordinator.account_name, at)
    assert page.visit.left_at == at - timedelta(hours=1)
    (event,) = Event.objects.filter(action="cases.release_corrected")
    assert event.detail == {"before": "officer", "after": "parent"}


def test_rightly_to_an_officer_the_parent_has_to_be_told(
    visit: CentreVisit, coordinator: Viewer, at: datetime
) -> None:
    right(visit, "parent", coordinator, at)
    right(visit, "officer", coordinator, at, "It was an officer after all.")
    page = queries.visit_page(coordinator, visit.pk)
    assert page is not None
    assert page.is_notice_open
    assert [(one.before, one.after) for one in page.corrections] == [
        ("officer", "parent"),
        ("parent", "officer"),
    ]


@pytest.mark.parametrize(
    ("to", "reason", "field"),
    [
        ("officer", WRONG, "released_to"),
        ("nowhere", WRONG, "released_to"),
        ("parent", " ", "reason"),
        ("parent", "x" * 301, "reason"),
        ("parent", "Officer with license B1234567", "reason"),
    ],
)
def test_what_corrects_nothing_is_refused(
    visit: CentreVisit, coordinator: Viewer, at: datetime, to: str, reason: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        right(visit, to, coordinator, at, reason)
    assert refused.value.field == field
    with within(coordinator):
        assert CentreVisit.objects.get(pk=visit.pk).released_to == "officer"
        assert not ReleaseCorrection.objects.exists()


def test_who_is_still_here_has_no_release(coordinator: Viewer, at: datetime) -> None:
    made = actions.receive(who=WHO, receipt=uuid4(), brought_by="staff", by=coordinator, at=at)
    with pytest.raises(Refusal, match="still here"):
        right(made, "parent", coordinator, at)


def test_only_whoever_stands_by_them_sets_it_right(
    visit: CentreVisit, person: Callable[..., Viewer], coordinator: Viewer, at: datetime
) -> None:
    another = person("program_coordinator", who="another")
    for viewer in (another, person("school_resource_officer", "police", purpose="school_safety")):
        with pytest.raises(AccessDenied):
            right(visit, "parent", viewer, at)
    with pytest.raises(Refusal, match="purpose"):
        right(visit, "parent", person("program_coordinator", purpose="school_safety"), at)


def test_the_database_keeps_it_as_it_was_written(
    visit: CentreVisit, coordinator: Viewer, at: datetime
) -> None:
    made = right(visit, "parent", coordinator, at)
    for write in (
        lambda: ReleaseCorrection.objects.filter(pk=made.pk).update(reason="Nothing was wrong."),
        lambda: ReleaseCorrection.objects.filter(pk=made.pk).delete(),
    ):
        with within(Viewer.system(at=at)), pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_page_and_http(
    visit: CentreVisit, coordinator: Viewer, at: datetime, client_of: Callable[..., Client]
) -> None:
    client = client_of("program_coordinator")
    url = f"/centre/visits/{visit.pk}/release/correct/"
    assert f'href="{url}"' in client.get(f"/centre/visits/{visit.pk}/").content.decode()
    assert client.post(url, {"released_to": "parent", "reason": ""}).status_code == 422
    assert client.post(url, {"released_to": "parent", "reason": "license B1234567"}).status_code == 422
    assert client.post(url, {"released_to": "parent", "reason": WRONG}).status_code == 302
    shown = client.get(f"/centre/visits/{visit.pk}/").content.decode()
    assert "To a parent or guardian" in shown
    assert "Was “To a peace officer” until" in shown
    assert WRONG in shown
    api = f"/api/v1/cases/centre/visits/{visit.pk}"
    told = client.post(
        f"{api}/release/correct",
        {"released_to": "adult", "reason": "An aunt."},
        content_type="application/json",
    )
    assert told.status_code == 200
    corrections = client.get(api).json()["corrections"]
    assert [(one["before"], one["after"], one["reason"]) for one in corrections] == [
        ("officer", "parent", WRONG),
        ("parent", "adult", "An aunt."),
    ]
    again = {"released_to": "adult", "reason": "An aunt."}
    assert client.post(f"{api}/release/correct", again, content_type="application/json").status_code == 422


def test_a_file_sets_it_right_once(visit: CentreVisit, coordinator: Viewer, at: datetime) -> None:
    exchange = get("centre-visits")

    def out() -> bytes:
        return b"".join(write_csv(exchange.column_names, exchange.export_rows(coordinator)))

    def bring(content: bytes) -> tuple[int, int, int]:
        report = run("centre-visits", io.BytesIO(content), by=coordinator, at=at)
        assert report.rejected == []
        return report.created, report.updated, report.unchanged

    first = out().decode()
    # Without a word of what was wrong the end stays as it was said.
    silent = first.replace(",officer,", ",parent,").replace(first.rsplit(",officer,", 1)[1].split(",")[1], "")
    assert bring(silent.encode()) == (0, 0, 1)
    assert out().decode() == first
    lines = first.splitlines()
    header, cells = lines[0].split(","), lines[1].split(",")
    cells[header.index("released_to")] = "school"
    cells[header.index("correction")] = WRONG
    cells[header.index("parent_told_at")] = ""
    content = "\r\n".join([",".join(header), ",".join(cells)]).encode()
    assert bring(content) == (0, 1, 0)
    assert bring(content) == (0, 0, 1)
    assert WRONG in out().decode()
    assert bring(out()) == (0, 0, 1)
    with within(coordinator):
        assert [(one.before, one.after) for one in ReleaseCorrection.objects.all()] == [("officer", "school")]
