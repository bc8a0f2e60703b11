"""The plan of what is to be mended, and papers of all sites in one go."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.files.queries import open_file
from schoolward.platform.jobs.definition import JobLost
from schoolward.platform.jobs.worker import Worker
from schoolward.reports import batches
from schoolward.reports.actions.asking_batches import ask_batch
from schoolward.reports.batches import UnknownPaper, fill_batch
from schoolward.reports.corrective_actions.plan import plan
from schoolward.reports.errors import UnfitDate
from schoolward.reports.models import Batch
from schoolward.reports.sheets.files import file_of

from .conftest import DAY, Known

pytestmark = pytest.mark.django_db
Sign = Callable[..., Client]


def test_the_plan_says_what_is_to_be_done_by_trade_and_area(known: Known, by: Viewer) -> None:
    parts = {part.key: part for part in plan(DAY, by=by, campus=known.campus).parts}
    bundles = {row["trade"].shown: row for row in parts["by_trade_and_area"].rows}
    fencing = bundles["Fences and gates"]
    assert (fencing["area"].raw, fencing["to_mend"].raw, fencing["urgent"].raw) == ("95814", 1, 1)
    assert fencing["estimate_cents"].raw == 98_765_400
    assert (bundles["Locks and doors"]["to_mend"].raw, bundles["Locks and doors"]["mended"].raw) == (0, 1)
    (todo,) = parts["to_be_mended"].rows
    assert todo["action"].shown == "Give the quokka gate an ocelot closer."
    assert todo["severity"].shown == "High"
    assert todo["owner"].shown == "Facilities planner or technician"
    assert todo["due"].shown == "May 4, 2012, overdue"
    (done,) = parts["mended"].rows
    assert done["cost_cents"].raw == 76_543_200


def test_the_plan_of_all_sites_lists_what_is_left(known: Known, by: Viewer) -> None:
    sheet = plan(DAY, by=by)
    assert [part.key for part in sheet.parts] == ["by_trade_and_area", "to_be_mended"]
    assert [row["site"].shown for row in sheet.parts[1].rows] == ["Oak"]
    assert "Zebra gate" not in file_of(sheet, "json")[1].decode(), "where it was is for the closed session"


def test_its_csv_is_a_plain_table(known: Known, by: Viewer) -> None:
    name, content = file_of(plan(DAY, by=by, campus=known.campus), "csv")
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert name == "corrective-actions-oak-2012-09-06.csv"
    assert [(row["part"], row["severity"]) for row in rows] == [
        ("to_be_mended", "High"),
        ("mended", "Urgent"),
    ]
    assert rows[1]["cost_cents"] == "76543200"
    assert rows[0]["due"] == "2012-05-04"


def test_page_and_files(known: Known, client_of: Sign) -> None:
    client = client_of(Role.FACILITIES)
    page = client.get("/reports/corrective-actions/?site=oak")
    assert "ocelot closer" in page.content.decode()
    answer = client.get("/reports/corrective-actions/files/pdf?site=oak")
    text = " ".join(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "Corrective-action plan" in text
    assert client.get("/api/v1/reports/corrective-actions?site=oak").json()["parts"][1]["rows"]
    assert client.get("/reports/corrective-actions/?site=nowhere").status_code == 404
    assert client.get("/reports/corrective-actions/files/docx").status_code == 404
    assert client.get("/api/v1/reports/corrective-actions?site=nowhere").status_code == 404


def test_one_sees_the_plan_of_the_own_sites_alone(known: Known, client_of: Sign) -> None:
    other = Campus.objects.create(name="Elm", slug="elm", address="1 Elm Street", address_key="1 ELM ST")
    lead = client_of(Role.SITE_LEAD, campuses=[other])
    assert "ocelot closer" not in lead.get("/reports/corrective-actions/").content.decode()
    assert lead.get("/reports/corrective-actions/?site=oak").status_code == 404
    assert client_of(Role.PROVIDER).get("/reports/corrective-actions/").status_code == 403


def test_a_batch_holds_the_papers_of_every_site(known: Known, by: Viewer, at: datetime) -> None:
    batch = ask_batch(report="site-profile", copy="police", day=DAY, by=by, at=at)
    told: list[tuple[int, int, str]] = []
    assert fill_batch(batch, by=by, at=at, told=lambda *step: told.append(step)) == 1
    assert told == [(1, 1, "Oak is done")]
    batch.refresh_from_db()
    assert batch.stored is not None
    with open_file(batch.stored) as file, zipfile.ZipFile(file) as packed:
        assert sorted(packed.namelist()) == [
            f"site-profile-oak-police-2012-09-06.{kind}" for kind in ("csv", "json", "pdf")
        ]
    noted = Event.objects.get(action="profiles.read")
    assert noted.detail == {"copy": "police", "as_of": "2012-09-06", "form": "batch"}


def test_others_can_write_while_a_batch_is_made(
    known: Known, client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"report": "site-profile", "copy": "police", "as_of": "2012-09-06"}
    client_of(Role.LEAD).post("/reports/site-profiles/batch/", asked)
    batch = Batch.objects.get()
    composed = batches.sheet_of
    outside = len(connection.savepoint_ids)
    held: list[int] = []

    def compose(*arguments: Any, **named: Any) -> Any:
        held.append(len(connection.savepoint_ids) - outside)
        return composed(*arguments, **named)

    monkeypatch.setattr(batches, "sheet_of", compose)
    Worker().run_pending()
    assert held == [0], "a transaction of minutes lets nobody else write on SQLite"
    batch.refresh_from_db()
    assert (batch.stored is not None, batch.sites) == (True, 1)
    done = DBTaskResult.objects.get(pk=batch.job_id)
    assert (done.status, done.return_value) == ("SUCCESSFUL", {"sites": 1})


def test_a_batch_that_another_worker_took_over_is_not_kept_twice(
    known: Known, by: Viewer, at: datetime
) -> None:
    batch = ask_batch(report="site-profile", copy="police", day=DAY, by=by, at=at)

    def lost(_sites: int) -> None:
        raise JobLost

    with pytest.raises(JobLost):
        fill_batch(batch, by=by, at=at, told=lambda *_step: None, kept=lost)
    batch.refresh_from_db()
    assert batch.stored is None


def test_a_batch_is_for_those_who_may_read_what_is_in_it(
    known: Known, viewer: Callable[..., Viewer], at: datetime
) -> None:
    for copy in ("board", "closed-session", "police"):
        with pytest.raises(AccessDenied):
            ask_batch(report="site-profile", copy=copy, day=DAY, by=viewer(Role.PROVIDER), at=at)
    with pytest.raises(UnknownPaper, match="corrective-actions"):
        ask_batch(report="site-profile", copy="secret", day=DAY, by=known.lead, at=at)
    with pytest.raises(UnfitDate):
        ask_batch(report="corrective-actions", copy="", day=DAY.replace(year=2199), by=known.lead, at=at)
    assert not Batch.objects.exists()


def test_asked_for_on_the_page_made_by_the_worker_downloaded_by_the_asker_alone(
    known: Known, client_of: Sign, at: datetime
) -> None:
    client, other = client_of(Role.LEAD), client_of(Role.LEAD)
    asked = client.post(
        "/reports/site-profiles/batch/", {"report": "site-profile", "copy": "public", "as_of": "2012-09-06"}
    )
    page = asked.headers["Location"]
    assert "Waiting" in client.get(page).content.decode()
    assert client.get(f"{page}file").status_code == 404
    Worker().run_pending()
    assert "The papers of 1 site are ready." in client.get(page).content.decode()
    answer = client.get(f"{page}file")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert "site-profile-oak-public-2012-09-06.pdf" in packed.namelist()
    assert [other.get(path).status_code for path in (page, f"{page}file")] == [404, 404]


def test_the_same_over_http(known: Known, client_of: Sign, at: datetime) -> None:
    client = client_of(Role.LEAD)
    body = {"report": "corrective-actions", "as_of": "2012-09-06"}
    asked = client.post("/api/v1/reports/batches", body, content_type="application/json")
    assert (asked.status_code, asked.json()["done"]) == (202, False)
    where = f"/api/v1/reports/batches/{asked.json()['id']}"
    assert client.get(f"{where}/file").status_code == 409
    Worker().run_pending()
    assert client.get(where).json()["done"]
    answer = client.get(f"{where}/file")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    for wrong, status in (({"report": "novel"}, 404), ({"as_of": "2199-01-01"}, 422)):
        refused = client.post("/api/v1/reports/batches", body | wrong, content_type="application/json")
        assert refused.status_code == status
