"""Sealed means nowhere, uploads too: neither a file about young people nor its rejected rows stay."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from domain.cases.conftest import booking, make_youth
from schoolward.domains.cases.actions import refer
from schoolward.domains.cases.models import Referral, Youth
from schoolward.platform.access import sealing
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import disposals, schedules
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange import actions, tasks
from schoolward.platform.exchange.forgetting import KEPT_FOR, forget
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.registry import all_exchanges, get
from schoolward.platform.exchange.running import run
from schoolward.platform.files.models import StoredFile
from schoolward.platform.jobs.definition import JobContext

HEADER = "reference,legal_name,born_on,need,referred_on,reach_at,program"
GOOD = "12-1,Invented Quillfeather,1998-03-01,attendance,2012-09-03,(916) 555-0199,"
BAD = "12-2,Invented Quillfeather,1998-03-01,attendance,2012-09-03,(916) 555-0199,no-such"
TELLS = ("Quillfeather", "1998", "555-0199", "no-such")
NAME = "Invented Quillfeather.csv"


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Where files are kept."""
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def upload(folder: Path, client_of: Callable[..., Client]) -> Callable[..., ImportRun]:
    """A file that a coordinator brings in on the page."""

    def upload(*rows: str, apply: bool = True) -> ImportRun:
        client = client_of("program_coordinator")
        file = SimpleUploadedFile(NAME, "\n".join([HEADER, *rows]).encode())
        answer = client.post(reverse("exchange:create", args=["referrals"]), {"file": file})
        assert answer.status_code == 302
        brought = ImportRun.objects.latest("pk")
        if apply:
            client.post(reverse("exchange:apply", args=[brought.pk]))
            brought.refresh_from_db()
            assert brought.state == ImportState.APPLIED
        return brought

    return upload


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def seen(client: Client, brought: ImportRun) -> str:
    """Everything that the pages tell of an import."""
    pages = [client.get(reverse(f"exchange:{name}", args=[brought.pk])) for name in ("detail", "status")]
    pages += [client.get(reverse("exchange:list"))]
    rows = client.get(reverse("exchange:rejected", args=[brought.pk]))
    told = [page.content.decode() for page in pages]
    return "".join([*told, rows.getvalue().decode() if rows.status_code == 200 else ""])


def seal_the_youth(person: Callable[..., Viewer], at: datetime) -> None:
    guard = person("privacy_officer", purpose="records")
    with within(Viewer.system(at=at)):
        youth = Youth.objects.get(legal_name="Invented Quillfeather")
    order = sealing.order(
        record_name=youth.subject,
        ground="court_order",
        reason="Order 12-7",
        due_on=at.date(),
        by=guard,
        at=at,
    )
    sealing.seal(sealing_id=order.pk, by=guard, at=at)


def test_every_table_of_young_people_says_so() -> None:
    """A new exchange of the domain fails this until it says so."""
    ours = [one for one in all_exchanges() if type(one).__module__.startswith("schoolward.domains.cases.")]
    assert ours
    assert [one.key for one in ours if not one.about_young_people] == []


def test_a_seal_takes_the_file_and_what_its_rows_said(
    upload: Callable[..., ImportRun],
    folder: Path,
    client_of: Callable[..., Client],
    person: Callable[..., Viewer],
    at: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    brought = upload(GOOD, BAD)
    importer = client_of("program_coordinator")
    assert "Quillfeather" in seen(importer, brought), "whoever brought it in mends what was rejected"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        seal_the_youth(person, at)
    for who in (importer, client_of("lead"), client_of("administrator"), client_of("privacy_officer")):
        told = seen(who, brought)
        assert not [text for text in TELLS if text in told]
        assert who.get(reverse("exchange:rejected", args=[brought.pk])).status_code in (403, 404)
    brought.refresh_from_db()
    assert (brought.state, brought.file) == (ImportState.APPLIED, None)
    assert (brought.report["read"], brought.report["created"], brought.report["rejected_rows"]) == (2, 1, 1)
    assert not [text for text in TELLS if text in str(brought.__dict__)]
    assert not StoredFile.objects.exists()
    assert b"Quillfeather" not in contents(folder)
    assert "Quillfeather" not in str(list(Event.objects.values()))


def test_an_import_that_waits_is_never_applied_after_a_seal(
    upload: Callable[..., ImportRun],
    person: Callable[..., Viewer],
    client_of: Callable[..., Client],
    coordinator: Viewer,
    at: datetime,
) -> None:
    make_youth(coordinator, legal_name="Invented Quillfeather")
    brought = upload(GOOD, apply=False)
    seal_the_youth(person, at)
    client = client_of("program_coordinator")
    page = client.post(reverse("exchange:apply", args=[brought.pk]), follow=True).content.decode()
    assert "Discarded" in page
    assert "Choose the file again." in page
    brought.refresh_from_db()
    assert actions.preview(brought=brought, by=coordinator, at=at).state == ImportState.DISCARDED


def test_a_preview_that_ends_after_the_seal_writes_nothing_back(
    upload: Callable[..., ImportRun], coordinator: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = upload(GOOD, BAD, apply=False)
    there = actions.run

    def meanwhile(*args: object, **told: object) -> object:
        report = there(*args, **told)  # type: ignore[arg-type]
        forget(by=Viewer.system(at=at), at=at)
        return report

    monkeypatch.setattr(actions, "run", meanwhile)
    kept = actions.preview(brought=brought, by=coordinator, at=at)
    assert (kept.state, kept.report["rejected"]) == (ImportState.DISCARDED, [])


def test_only_whoever_brought_it_in_sees_the_rows(
    upload: Callable[..., ImportRun], client_of: Callable[..., Client]
) -> None:
    brought = upload(GOOD, BAD)
    lead = client_of("lead")
    told = seen(lead, brought)
    assert not [text for text in TELLS if text in told]
    assert "only whoever brought the file in sees its rows" in told
    assert ">1<" in told, "the counts are told"


def test_after_four_hours_they_are_gone_for_everybody(
    upload: Callable[..., ImportRun],
    folder: Path,
    client_of: Callable[..., Client],
    at: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    brought, fresh = upload(GOOD, BAD), upload(BAD)
    ImportRun.objects.filter(pk=brought.pk).update(started_at=brought.started_at - KEPT_FOR)
    client = client_of("program_coordinator")
    page = client.get(reverse("exchange:detail", args=[brought.pk])).content.decode()
    assert "no-such" not in page, "before the job came round as well"
    assert client.get(reverse("exchange:rejected", args=[brought.pk])).status_code == 404
    moment = timezone.now()
    system = cast("JobContext", SimpleNamespace(by=Viewer.system(at=moment), at=moment))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert tasks.forget_imports.func(system, period="x") == {"emptied": 1}
        assert tasks.forget_imports.func(system, period="y") == {"emptied": 0}
    assert contents(folder).count(b"Quillfeather") == 1, "the fresh one"
    assert b"Quillfeather" in client.get(reverse("exchange:rejected", args=[fresh.pk])).getvalue()


def test_the_history_of_the_api_and_the_command_line_keeps_no_name(coordinator: Viewer, at: datetime) -> None:
    """These keep no file, but the report of what was rejected."""
    report = run(
        "referrals",
        io.BytesIO("\n".join([HEADER, GOOD, BAD]).encode()),
        by=coordinator,
        at=at,
        file_name=NAME,
    )
    assert report.rejected[0].value == "no-such"
    brought = ImportRun.objects.get()
    assert brought.file_name == "referrals.csv"
    forget(by=Viewer.system(at=at), at=at)
    brought.refresh_from_db()
    assert brought.report["rejected"] == []


def test_a_disposal_takes_them_too(
    upload: Callable[..., ImportRun], person: Callable[..., Viewer], at: datetime
) -> None:
    brought = upload(GOOD, BAD)
    later = at.replace(year=2030)
    first = replace(person("privacy_officer", purpose="records"), at=later)
    second = replace(person("lead", purpose="records"), at=later)
    rule = schedules.set_schedule(
        rule=schedules.Rule(
            table="cases.Step",
            record_class="education",
            after="closed",
            years=5,
            citation="Invented Code 1, to be confirmed",
            valid_from=timezone.localdate(later),
        ),
        by=first,
        at=later,
    )
    with within(Viewer.system(at=at)):
        Referral.objects.update(state="ended", ended_on=at.date(), end_reason="declined")
    batch = disposals.propose(schedule_id=rule.pk, by=first, at=later)
    disposals.review(disposal_id=batch.pk, approve=True, note_text="Read", by=second, at=later)
    brought.refresh_from_db()
    assert brought.file is not None
    carry_out(disposal_id=batch.pk, by=second, at=later)
    brought.refresh_from_db()
    assert brought.file is None


@pytest.mark.parametrize(
    ("table", "given", "kept"),
    [
        ("referrals", "Invented Quillfeather.csv", "referrals.csv"),
        ("referrals", "Invented.Quillfeather", "referrals"),
        ("schools", "directory 2012.csv", "directory 2012.csv"),
        ("schools", "CII_A12345678.xlsx", "schools.xlsx"),
        ("incidents", "123-45-6789.csv", "incidents.csv"),
    ],
)
def test_a_file_name_is_kept_as_any_text_is(table: str, given: str, kept: str) -> None:
    assert get(table).name_kept(given) == kept


def test_the_name_of_an_upload_is_nowhere(upload: Callable[..., ImportRun]) -> None:
    brought = upload(GOOD, apply=False)
    assert brought.file_name == "referrals.csv"
    assert StoredFile.objects.get().first_name == "referrals.csv"


def _referral_of(brought: ImportRun) -> tuple[int, int, int, int]:
    return tuple(brought.report[name] for name in ("read", "created", "unchanged", "rejected_rows"))  # type: ignore[return-value]


def test_the_same_file_after_a_seal_says_what_it_said_before(
    upload: Callable[..., ImportRun], person: Callable[..., Viewer], at: datetime
) -> None:
    """Neither a fault nor a preview tells that somebody is sealed, and the sealed child is not made anew."""
    upload(GOOD)
    before = upload(GOOD, apply=False)
    seal_the_youth(person, at)
    for apply in (False, True):
        after = upload(GOOD, apply=apply)
        assert _referral_of(after) == _referral_of(before) == (1, 0, 1, 0)
        assert after.report["rejected"] == []
    with within(Viewer.system(at=at), sealing=True):
        assert Youth.including_sealed.count() == 1


@pytest.mark.parametrize(
    "change", [("attendance", "family"), ("1998-03-01", "1999-03-01"), ("Quill", "Gold")]
)
def test_a_row_with_the_reference_of_a_sealed_one_is_told_in_what_it_differs_by_nobody(
    upload: Callable[..., ImportRun], person: Callable[..., Viewer], at: datetime, change: tuple[str, str]
) -> None:
    upload(GOOD)
    seal_the_youth(person, at)
    (fault,) = upload(GOOD.replace(*change), apply=False).report["rejected"]
    assert fault["error"] == "is the reference of another young person's referral"
    assert "seal" not in str(fault)


def test_what_went_out_before_a_seal_makes_nobody_anew(
    upload: Callable[..., ImportRun], person: Callable[..., Viewer], at: datetime
) -> None:
    upload(GOOD)
    with within(Viewer.system(at=at)):
        number = Referral.objects.get().pk
    seal_the_youth(person, at)
    ours = upload(GOOD.replace("12-1", f"no-{number}"), apply=False)
    assert _referral_of(ours) == (1, 0, 1, 0)


def test_a_form_sent_again_after_a_seal_is_refused_like_one_used_before(
    coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    told = booking(legal_name="Invented Quillfeather", receipt=uuid4())
    refer(booking=told, by=coordinator, at=at)
    seal_the_youth(person, at)
    with pytest.raises(Refusal, match="This form was sent before and taken"):
        refer(booking=told, by=coordinator, at=at)


def test_a_visit_in_a_file_after_a_seal_is_there_as_before(
    coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    rows = (
        "visit,legal_name,born_on,arrived_at,brought_by\n"
        "17,Invented Quillfeather,1998-03-01,2012-09-05 09:15,parent\n"
    )

    def bring() -> tuple[int, int, int]:
        report = run("centre-visits", io.BytesIO(rows.encode()), by=coordinator, at=at)
        return report.created, report.unchanged, report.rejected_rows

    assert (bring(), bring()) == ((1, 0, 0), (0, 1, 0))
    seal_the_youth(person, at)
    assert bring() == (0, 1, 0)


@pytest.mark.parametrize("apply", [True, False])
def test_a_file_goes_when_nobody_needs_it(
    upload: Callable[..., ImportRun],
    folder: Path,
    client_of: Callable[..., Client],
    apply: bool,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    """One that was brought in after a seal names the child no longer than it takes to decide about it."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        brought = upload(GOOD, apply=apply)
        if not apply:
            client_of("program_coordinator").post(reverse("exchange:discard", args=[brought.pk]))
    brought.refresh_from_db()
    assert (brought.file, brought.forgotten_at is None) == (None, False)
    assert brought.state == (ImportState.APPLIED if apply else ImportState.DISCARDED)
    assert b"Quillfeather" not in contents(folder)
    assert timedelta(hours=4) == KEPT_FOR
