"""The way of a file through the pages: upload, preview, errors, apply, history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cli.conftest import Ended, schoolward

from schoolward.domains.people.seed import agencies_and_accounts, email_of
from schoolward.domains.places.models import School
from schoolward.domains.work.models import Transition
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.demo.clock import now
from schoolward.platform.demo.registry import SeedContext
from schoolward.platform.exchange import views
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.registry import get
from schoolward.platform.jobs.worker import Worker

__all__ = ["schoolward"]

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GOOD = "34000000000001,Oak,High,1 First Street"
BAD = "34000000000002,Elm,Castle,2 First Street"
UPLOAD = "exchange:create"


@pytest.fixture
def as_role(by: Viewer, settings: LazySettings) -> Callable[[str], Client]:
    """A signed-in browser of a demonstration account."""
    settings.DEMO = True
    agencies_and_accounts(SeedContext(by, by.at, by.at.date()))

    def as_role(role: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(email=email_of(role)), BACKEND)
        return client

    return as_role


def directory(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("schools.csv", "\n".join(["cds_code,name,kind,address", *rows]).encode())


def test_a_file_is_shown_before_it_counts(as_role: Callable[[str], Client]) -> None:
    client = as_role("lead")
    page = client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD, BAD)}, follow=True)
    text = page.content.decode()
    assert "Would be new" in text
    assert "Castle" in text
    assert "is not one of the known values" in text
    assert "Write one of: elementary" in text
    assert not School.objects.exists()

    brought = ImportRun.objects.get()
    page = client.post(reverse("exchange:apply", args=[brought.pk]), follow=True)
    assert "Applied. 1 row changed." in page.content.decode()
    assert School.objects.get().name == "Oak"
    again = client.post(reverse("exchange:apply", args=[brought.pk]), follow=True)
    assert "This import stands at “Applied”." in again.content.decode()

    listed = client.get(reverse("exchange:list")).content.decode()
    assert "schools.csv" in listed
    assert f'data-label="Table">{get("schools").title}</td>' in listed, "a title and not a key"


def test_the_rejected_rows_can_be_fetched(as_role: Callable[[str], Client]) -> None:
    client = as_role("lead")
    client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD, BAD)})
    answer = client.get(reverse("exchange:rejected", args=[ImportRun.objects.get().pk]))
    lines = answer.getvalue().decode().splitlines()
    assert lines[0] == "cds_code,name,kind,address,row,error,mend"
    assert lines[1].startswith(
        "34000000000002,Elm,Castle,2 First Street,3,kind is not one of the known values,"
    )
    assert len(lines) == 2


def test_discarding_changes_nothing(as_role: Callable[[str], Client]) -> None:
    client = as_role("lead")
    client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD)})
    brought = ImportRun.objects.get()
    page = client.post(reverse("exchange:discard", args=[brought.pk]), follow=True)
    assert "Nothing was changed" in page.content.decode()
    assert not School.objects.exists()
    refused = client.post(reverse("exchange:apply", args=[brought.pk]), follow=True)
    assert "Discarded" in refused.content.decode()
    assert not School.objects.exists()


def test_a_file_that_is_no_table_says_so(as_role: Callable[[str], Client]) -> None:
    upload = SimpleUploadedFile("schools.xlsx", b"%PDF-1.7")
    page = as_role("lead").post(reverse(UPLOAD, args=["schools"]), {"file": upload}, follow=True)
    assert "This is a PDF." in page.content.decode()
    assert ImportRun.objects.get().state == ImportState.FAILED


def test_a_form_without_a_file_is_answered_with_the_form(as_role: Callable[[str], Client]) -> None:
    answer = as_role("lead").post(reverse(UPLOAD, args=["schools"]))
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()


def test_a_large_file_is_read_by_the_worker(
    as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 10)
    client = as_role("lead")
    page = client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD)}, follow=True)
    brought = ImportRun.objects.get()
    assert brought.job_id is not None
    assert brought.state == ImportState.READING
    text = page.content.decode()
    assert "The file is being read" in text
    assert f'hx-get="{reverse("exchange:status", args=[brought.pk])}"' in text
    early = client.post(reverse("exchange:apply", args=[brought.pk]), follow=True)
    assert "This import stands at “Being read”." in early.content.decode()

    assert Worker().run_pending() == 1
    status = client.get(reverse("exchange:status", args=[brought.pk])).content.decode()
    assert "Would be new" in status
    assert "hx-get" not in status, "the page stops asking"
    assert not School.objects.exists()

    client.post(reverse("exchange:apply", args=[brought.pk]))
    assert "being applied" in client.get(reverse("exchange:status", args=[brought.pk])).content.decode()
    assert Worker().run_pending() == 1
    brought.refresh_from_db()
    assert (brought.state, School.objects.count()) == (ImportState.APPLIED, 1)
    assert Event.objects.get(action="exchange.imported").account_name.startswith("Demonstration")


def killed_in_the_middle() -> None:
    """A worker claims the next job and dies: nothing of it is alive when the next one looks."""
    assert Worker()._claim() is not None


def test_a_file_whose_worker_is_killed_is_taken_up_again_and_then_given_up(
    as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 10)
    client = as_role("lead")
    client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD)})
    brought = ImportRun.objects.get()
    status = reverse("exchange:status", args=[brought.pk])
    killed_in_the_middle()
    assert Worker().take_over_abandoned() == 1
    assert "it is about to be tried again" in client.get(status).content.decode()
    assert Worker().run_pending() == 1
    assert "Would be new" in client.get(status).content.decode()

    client.post(reverse("exchange:apply", args=[brought.pk]))
    for _time in range(2):
        killed_in_the_middle()
        assert Worker().take_over_abandoned() == 1
    said = client.get(status).content.decode()
    assert "the worker died while it ran this job" in said
    assert "Given up, nothing applied" in said
    assert "It can be applied again." in said
    assert "Given up, nothing applied" in client.get(reverse("exchange:list")).content.decode()
    assert not School.objects.exists()
    client.post(reverse("exchange:apply", args=[brought.pk]))
    assert Worker().run_pending() == 1
    assert School.objects.count() == 1


def test_a_file_that_was_never_read_can_be_chosen_again(
    as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 10)
    client = as_role("lead")
    client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD)})
    for _time in range(2):
        killed_in_the_middle()
        Worker().take_over_abandoned()
    said = client.get(reverse("exchange:detail", args=[ImportRun.objects.get().pk])).content.decode()
    assert f'<a href="{reverse(UPLOAD, args=["schools"])}">Choose the file again.</a>' in said
    assert "hx-get" not in said, "the page stops asking"
    assert "Given up, nothing applied" in client.get(reverse("exchange:list")).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_templates_and_exports_download(as_role: Callable[[str], Client], form: str) -> None:
    client = as_role("lead")
    for name in ("template", "export"):
        answer = client.get(reverse(f"exchange:{name}", args=["schools", form]))
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith(f'.{form}"')
        assert answer.getvalue()
    assert Event.objects.filter(action="exchange.exported").count() == 1


def test_a_template_comes_in_as_it_is(as_role: Callable[[str], Client]) -> None:
    client = as_role("lead")
    made = client.get(reverse("exchange:template", args=["schools", "csv"])).getvalue()
    client.post(reverse(UPLOAD, args=["schools"]), {"file": SimpleUploadedFile("t.csv", made)})
    brought = ImportRun.objects.get()
    assert (brought.report["created"], brought.report["rejected"]) == (1, [])


def test_who_may_not_import_sees_no_form_and_changes_nothing(as_role: Callable[[str], Client]) -> None:
    as_role("lead").post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD)})
    pk = ImportRun.objects.get().pk
    client = as_role("trustee")
    assert client.get(reverse("exchange:list")).status_code == 200
    assert client.get(reverse(UPLOAD, args=["schools"])).status_code == 403
    assert client.post(reverse(UPLOAD, args=["schools"]), {"file": directory(GOOD)}).status_code == 403
    for name in ("detail", "status", "rejected"):
        assert client.get(reverse(f"exchange:{name}", args=[pk])).status_code == 404
    for name in ("apply", "discard"):
        assert client.post(reverse(f"exchange:{name}", args=[pk])).status_code == 404
        assert client.get(reverse(f"exchange:{name}", args=[pk])).status_code == 405
    assert Client().get(reverse("exchange:list")).status_code == 302
    assert not School.objects.exists()


def test_an_unknown_table_is_not_found(as_role: Callable[[str], Client]) -> None:
    assert as_role("lead").get(reverse(UPLOAD, args=["nothing"])).status_code == 404


@pytest.mark.parametrize("way", ["page", "api", "command"])
def test_an_import_into_the_demonstration_goes_by_its_clock(
    way: str,
    as_role: Callable[[str], Client],
    tmp_path: Path,
    schoolward: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows are kept at the moment at which its pages act; the history says when somebody did it."""
    monkeypatch.setenv("SCHOOLWARD_DEMO", "1")
    client, text = as_role("lead"), "reference,title,kind\nW-1,Mend the gate,task\n"
    sent = SimpleUploadedFile("work.csv", text.encode())
    if way == "command":
        file = tmp_path / "work.csv"
        file.write_text(text)
        assert schoolward("import", "work-items", file).code == 0
    elif way == "api":
        assert client.post("/api/v1/imports/work-items", {"file": sent}).json()["created"] == 1
    else:
        client.post(reverse(UPLOAD, args=["work-items"]), {"file": sent})
        client.post(reverse("exchange:apply", args=[ImportRun.objects.get().pk]))
    made = Transition.objects.get(item__reference="W-1")
    assert made.at == now(made.at)
    applied = ImportRun.objects.get().applied_at
    assert applied is not None
    assert applied.date() > made.at.date()
