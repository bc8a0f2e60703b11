"""Pages, API, files and the morning: what is not the viewer's is not there, and forms say what to mend."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from domain.cases.conftest import booking
from schoolward.domains.cases import actions
from schoolward.domains.cases.models import Referral, Youth
from schoolward.domains.cases.tasks import tell_of_stalled_referrals
from schoolward.domains.places.models import Campus
from schoolward.domains.programs.models import Program
from schoolward.platform.access import clock
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.registry import ImportContext, get
from schoolward.platform.ui.search import search

Clients = Callable[..., Client]
Bring = Callable[[str], Referral]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages call the day of the tests today."""
    monkeypatch.setattr(clock, "stands_still", lambda: True)


def addresses(referral: Referral) -> list[str]:
    """Every page about a referral and its young person."""
    pages = ("referral", "contact", "match", "program", "start", "complete", "end", "reopen", "pass_on")
    return [
        *(reverse(f"cases:{name}", args=[referral.pk]) for name in pages),
        reverse("cases:youth", args=[referral.youth_id]),
        reverse("cases:youth_edit", args=[referral.youth_id]),
    ]


def test_what_is_not_theirs_is_not_there_for_anybody(brought_to: Bring, client_of: Clients) -> None:
    held = brought_to("contacted")
    outsiders = [
        client_of("program_coordinator", "community"),
        client_of("program_coordinator", purpose="school_safety"),
        client_of("provider", "community"),
    ]
    for number, client in enumerate(outsiders):
        pages = addresses(held)[number::2]  # each page is asked for by one outsider at least
        answers = {path: client.get(path).status_code for path in pages}
        assert set(answers.values()) <= {403, 404}, answers
        assert "Invented" not in client.get(reverse("cases:board")).content.decode()
        exported = client.get(f"{reverse('cases:board')}?export=csv")
        assert b"Invented" not in b"".join(exported.streaming_content)
        assert client.get(reverse("api:cases_referral", args=[held.pk])).status_code == 404
        assert client.get(reverse("api:cases_referrals")).json() == []


def test_the_board_shows_the_own_caseload_and_the_referral_its_next_step(
    referral: Referral, client_of: Clients
) -> None:
    client = client_of("program_coordinator")
    board = client.get(reverse("cases:board")).content.decode()
    assert "Invented Person" in board
    page = client.get(reverse("cases:referral", args=[referral.pk])).content.decode()
    assert "Contact the family" in page
    assert "(916) 555-0101" in page
    form = reverse("cases:contact", args=[referral.pk])
    wrong = client.post(form, {"reached": "yes", "way": "call", "minutes": "900", "on": "2012-09-05"})
    assert wrong.status_code == 422
    told = {"reached": "yes", "way": "call", "minutes": "9", "on": "2012-09-05", "version": referral.version}
    assert client.post(form, told).status_code == 302
    again = client.post(form, told)
    assert again.status_code == 422
    assert "Somebody changed this referral" in again.content.decode()
    assert "Record the family" in client.get(reverse("cases:referral", args=[referral.pk])).content.decode()


def test_without_the_purpose_the_board_asks_for_it(referral: Referral, client_of: Clients) -> None:
    client = client_of("program_coordinator", purpose="school_safety")
    page = client.get(reverse("cases:board")).content.decode()
    assert "I am running a youth program" in page
    assert "Invented Person" not in page


def test_a_school_refers_with_four_answers_and_learns_a_number(
    campus: Campus, client_of: Clients, coordinator: Viewer, settings: LazySettings
) -> None:
    settings.DEMO = True  # its day stands still, so that nobody of this test grows up
    client = client_of("site_lead", campuses=[campus], purpose="school_safety")
    told = {
        "legal_name": "Invented Other",
        "born_on": "1998-03-01",
        "need": "learning",
        "relation": "parent",
        "reach_by": "call",
        "home_language": "en",
        "receipt": str(uuid4()),
    }
    assert client.post(reverse("cases:refer"), {**told, "born_on": "1898-03-01"}).status_code == 422
    for _time in range(2):
        assert client.post(reverse("cases:refer"), told).status_code == 302
    with within(coordinator):
        (made,) = Referral.objects.all()
    assert made.campus_id == campus.pk
    page = client.get(reverse("cases:referred")).content.decode()
    assert "Received" in page
    assert "Invented Other" not in page.replace("no. ", "")
    assert client.get(reverse("cases:board")).status_code == 403


def test_what_fits_is_told_with_its_rules_and_nothing_is_kept(
    brought_to: Bring, program: Program, client_of: Clients, settings: LazySettings
) -> None:
    settings.DEMO = True  # its day stands still, so that nobody of this test grows up
    held = brought_to("contacted")
    client = client_of("program_coordinator")
    before = Event.objects.exclude(action="record.read").count()
    page = client.get(reverse("cases:match", args=[held.pk])).content.decode()
    assert "Lifeline" in page
    assert "The age fits." in page
    assert client.post(reverse("cases:match", args=[held.pk]), {"q0": "no"}).status_code == 200
    assert Event.objects.exclude(action="record.read").count() == before


def test_nobody_is_found_by_the_search(brought_to: Bring, coordinator: Viewer) -> None:
    brought_to("contacted")
    assert search(coordinator, "Invented Person") == []


def test_a_way_over_http(referral: Referral, client_of: Clients) -> None:
    client = client_of("program_coordinator")

    def post(name: str, **told: object) -> object:
        url = reverse(f"api:cases_{name}", args=[referral.pk])
        return client.post(url, json.dumps(told), content_type="application/json")

    assert post("start").status_code == 422  # type: ignore[attr-defined]
    told = post("contact", way="call", minutes=5, reached=True).json()  # type: ignore[attr-defined]
    assert (told["state"], told["told"]) == ("contacted", "received")
    ended = post("end", reason="declined").json()  # type: ignore[attr-defined]
    assert (ended["state"], ended["end_reason"]) == ("ended", "declined")
    assert post("reopen", reason="They called").json()["state"] == "contacted"  # type: ignore[attr-defined]


def test_a_file_of_referrals_is_taken_once_and_goes_out_to_whoever_may_read_it(
    coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    table = (
        b"reference,legal_name,born_on,need,referred_on,guardian_name\n"
        b"17,Invented One,1998-03-01,attendance,2012-09-03,Invented Mother\n"
        b"18,Invented Two,1898-03-01,attendance,2012-09-03,\n"
        b"19,Invented Three,1998-03-01,attendance,2013-09-03,\n"
    )
    exchange = get("referrals")
    counts = []
    for _time in range(2):
        context = ImportContext(by=coordinator, at=at)
        exchange.run_stream(io.BytesIO(table), context)
        counts.append((context.report.created, context.report.unchanged))
        assert [(one.row, one.column) for one in context.report.rejected] == [
            (3, "born_on"),
            (4, "referred_on"),
        ]
    assert counts == [(1, 0), (0, 1)]
    (row,) = exchange.export_rows(coordinator)
    assert row[1] == "Invented One"
    assert list(exchange.export_rows(person("program_coordinator", who="another"))) == []
    header = ",".join(exchange.column_names)
    context = ImportContext(by=coordinator, at=at)
    exchange.run_stream(io.BytesIO(f"{header}\n{','.join(map(str, row))}\n".encode()), context)
    assert (context.report.created, context.report.unchanged) == (0, 1)


def test_a_stalled_referral_is_told_of_once_without_a_name(
    referral: Referral, coordinator: Viewer, by: Viewer, at: datetime, settings: object
) -> None:
    settings.MAIL_IS_SENT = True  # type: ignore[attr-defined]
    late = at.replace(day=8)

    class Context:
        def __init__(self) -> None:
            self.by, self.at = by, late

    monday = date(2012, 9, 8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolward.domains.cases.tasks.today", lambda _at: monday)
        first = tell_of_stalled_referrals.func(Context(), period="2012-09-08")
        again = tell_of_stalled_referrals.func(Context(), period="2012-09-09")
    assert (first, again) == ({"stalled": 1, "letters": 1}, {"stalled": 0, "letters": 0})
    (letter,) = mail.outbox
    assert letter.to == ["the.program_coordinator.district@example.org"]
    assert "Invented" not in letter.body + letter.subject


def test_the_morning_names_numbers_and_no_child(referral: Referral, client_of: Clients, at: datetime) -> None:
    page = client_of("program_coordinator").get(reverse("home:morning")).content.decode()
    assert f"Referral no. {referral.pk}" in page
    assert "Invented" not in page
    other = client_of("program_coordinator", purpose="school_safety").get(reverse("home:morning"))
    assert f"Referral no. {referral.pk}" not in other.content.decode()


def test_a_youths_page_asks_about_the_same_person_and_is_set_right(
    referral: Referral,
    principal: Viewer,
    coordinator: Viewer,
    client_of: Clients,
    at: datetime,
    settings: LazySettings,
) -> None:
    settings.DEMO = True  # its day stands still, so that nobody of this test grows up
    other = actions.refer(booking=booking(legal_name="Invented Parson"), by=principal, at=at)
    client = client_of("program_coordinator")
    url = reverse("cases:youth", args=[other.youth_id])
    assert "Perhaps the same" in client.get(url).content.decode()
    changed = {
        "legal_name": "Invented Parson",
        "born_on": "1999-03-01",
        "home_language": "en",
        "local_number": "A12345678",
    }
    edit = reverse("cases:youth_edit", args=[other.youth_id])
    refused = client.post(edit, changed)
    assert (refused.status_code, "looks like" in refused.content.decode()) == (422, True)
    assert client.post(edit, {**changed, "local_number": ""}).status_code == 302
    with within(coordinator):
        assert Youth.objects.get(pk=other.youth_id).born_on == date(1999, 3, 1)
