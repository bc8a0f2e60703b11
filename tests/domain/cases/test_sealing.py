"""Sealing a young person: everything about them is nowhere, and is back when the seal is lifted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from domain.cases.conftest import make_youth
from domain.cases.everything import MAKERS, Made, names_of, one_of_each, tables_about_a_youth
from schoolward.domains.cases.models import Guardian, LookAlike, Referral, Youth, of_youth
from schoolward.domains.programs.models import Program
from schoolward.platform.access import sealing
from schoolward.platform.access.consenting import Scope, record_consent
from schoolward.platform.access.models import Agency, SealedPart, Sealing
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.references import protected_models
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.seal_coverage import coverage
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event


@pytest.fixture
def guard(person: Callable[..., Viewer]) -> Viewer:
    """Who seals."""
    return person("privacy_officer", purpose="records")


@pytest.fixture
def lead(person: Callable[..., Viewer]) -> Viewer:
    """Who lifts what the guard has sealed."""
    return person("lead", purpose="records")


@pytest.fixture
def made(youth: Youth, program: Program, at: datetime) -> Made:
    """A row of every table about the youth."""
    return one_of_each(youth, program, at)


def ordered(record: str, by: Viewer, at: datetime) -> Sealing:
    return sealing.order(
        record_name=record, ground="court_order", reason="Order 12-7", due_on=at.date(), by=by, at=at
    )


def sealed(record: str, by: Viewer, at: datetime) -> Sealing:
    return sealing.seal(sealing_id=ordered(record, by, at).pk, by=by, at=at)


def states(made: Made, at: datetime) -> dict[str, bool]:
    """By table, whether its row is sealed."""
    with within(Viewer.system(at=at), sealing=True):
        return {
            label: bool(type(row).including_sealed.filter(pk=row.pk, sealed_at__isnull=False).exists())
            for label, row in made.items()
        }


def contents(made: Made, at: datetime) -> dict[str, object]:
    with within(Viewer.system(at=at), sealing=True):
        return {
            label: type(row).including_sealed.filter(pk=row.pk).values().get() for label, row in made.items()
        }


def test_every_table_about_a_youth_is_walked_here() -> None:
    """A new table fails this until `everything.MAKERS` has a row of it; the rest follows by itself."""
    assert {model._meta.label for model in tables_about_a_youth()} == set(MAKERS)
    assert {"cases.Youth", *MAKERS} == set(protected_models())


def test_sealing_a_youth_seals_every_row_about_them_and_lifting_brings_all_back(
    made: Made, youth: Youth, guard: Viewer, lead: Viewer, coordinator: Viewer, at: datetime
) -> None:
    before, events = contents(made, at), Event.objects.count()
    order = ordered(youth.subject, guard, at)
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    assert all(states(made, at).values())
    assert set(order.parts.values_list("record", flat=True)) == names_of(made) - {youth.subject}
    assert sealing.sealed_among(names_of(made)) == names_of(made)
    assert Event.objects.count() == events + 2  # the order, and one for all of it
    system = Viewer.system(at=at)
    for row in made.values():
        model = type(row)
        for viewer in (system, guard, coordinator):
            with within(viewer):
                assert not visible(model.including_sealed.filter(pk=row.pk), viewer).exists()
                assert not model.objects.filter(pk=row.pk).exists()
        if connection.vendor == "postgresql":
            with within(system), connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM {model._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608
                assert cursor.fetchone()[0] == 0

    sealing.lift(sealing_id=order.pk, reason="Sealed by mistake", by=lead, at=at + timedelta(days=1))
    assert contents(made, at) == before
    assert sealing.sealed_among(names_of(made)) == frozenset()
    assert Event.objects.count() == events + 3
    assert Event.objects.order_by("-sequence")[0].detail["back"] == len(made)


def test_another_youth_keeps_everything(
    made: Made, guard: Viewer, coordinator: Viewer, program: Program, at: datetime
) -> None:
    other = make_youth(coordinator, legal_name="Invented Other")
    sealed(other.subject, guard, at)
    assert not any(states(made, at).values())


def test_what_another_order_seals_stays_sealed(
    made: Made, youth: Youth, guard: Viewer, lead: Viewer, at: datetime
) -> None:
    visit = f"cases.CentreVisit:{made['cases.CentreVisit'].pk}"
    own = sealed(visit, guard, at)
    of_visit = {"cases.CentreVisit", "cases.ParentContact", "cases.PlanStep", "cases.VisitFollowUp"} | {
        "cases.ReleaseCorrection"
    }
    assert {label for label, is_sealed in states(made, at).items() if is_sealed} == of_visit
    whole = sealed(youth.subject, guard, at)
    sealing.lift(sealing_id=whole.pk, reason="Set aside", by=lead, at=at)
    assert {label for label, is_sealed in states(made, at).items() if is_sealed} == of_visit
    sealing.lift(sealing_id=own.pk, reason="Set aside", by=lead, at=at)
    assert not any(states(made, at).values())


def test_an_order_that_waited_is_carried_out_beneath_the_whole(
    made: Made, youth: Youth, guard: Viewer, lead: Viewer, at: datetime
) -> None:
    waits = ordered(f"cases.Guardian:{made['cases.Guardian'].pk}", guard, at)
    whole = sealed(youth.subject, guard, at)
    sealing.seal(sealing_id=waits.pk, by=guard, at=at)
    sealing.lift(sealing_id=whole.pk, reason="Set aside", by=lead, at=at)
    assert [label for label, is_sealed in states(made, at).items() if is_sealed] == ["cases.Guardian"]


def test_who_sealed_does_not_lift_and_no_program_does(
    made: Made, youth: Youth, guard: Viewer, coordinator: Viewer, lead: Viewer, at: datetime
) -> None:
    order = sealed(youth.subject, guard, at)
    with pytest.raises(Refusal, match="somebody else"):
        sealing.lift(sealing_id=order.pk, reason="Mine", by=guard, at=at)
    with pytest.raises(Refusal, match="not a program"):
        sealing.lift(sealing_id=order.pk, reason="Job", by=Viewer.system(at=at), at=at)
    with pytest.raises(AccessDenied):
        sealing.lift(sealing_id=order.pk, reason="Mine", by=coordinator, at=at)
    with pytest.raises(Refusal, match="Say why"):
        sealing.lift(sealing_id=order.pk, reason=" ", by=lead, at=at)
    assert all(states(made, at).values())
    sealing.lift(sealing_id=order.pk, reason="Mistake", by=lead, at=at)
    with pytest.raises(Sealing.DoesNotExist):
        sealing.lift(sealing_id=order.pk, reason="Again", by=lead, at=at)
    assert not ordered(youth.subject, guard, at).sealed_at  # and it can be ordered again


def test_the_database_keeps_a_seal_until_its_order_is_lifted(
    made: Made, youth: Youth, guard: Viewer, at: datetime
) -> None:
    sealed(youth.subject, guard, at)
    for row in made.values():
        with (
            within(Viewer.system(at=at), sealing=True),
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
        ):
            type(row).including_sealed.filter(pk=row.pk).update(sealed_at=None)
    with (
        within(Viewer.system(at=at)),
        pytest.raises(DatabaseError, match="of a sealed person"),
        transaction.atomic(),
    ):
        Guardian.objects.create(**of_youth(youth), name="Invented Uncle", relation="relative")


def test_no_consent_is_recorded_about_somebody_sealed(
    youth: Youth, program: Program, guard: Viewer, coordinator: Viewer, at: datetime
) -> None:
    sealed(youth.subject, guard, at)
    with pytest.raises(Refusal, match="no record with this reference"):
        record_consent(
            scope=Scope(
                youth.subject,
                program.provider.agency,
                "program",
                "youth_program",
                "parent",
                at.date(),
                at.date(),
            ),
            by=coordinator,
            at=at,
        )


def test_what_was_begun_in_the_moment_of_the_seal_is_swept_up(
    youth: Youth, guard: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As two writers would leave it: the row is there, and no order knows it."""
    order = ordered(youth.subject, guard, at)
    hanging = sealing.hanging_on
    monkeypatch.setattr(sealing, "hanging_on", lambda _row: {})
    with within(guard):
        late = Guardian.objects.create(**of_youth(youth), name="Invented Uncle", relation="relative")
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    monkeypatch.setattr(sealing, "hanging_on", hanging)
    system = Viewer.system(at=at)
    assert sealing.sweep(by=system, at=at) == 1
    assert sealing.sweep(by=system, at=at) == 0
    assert SealedPart.objects.get().record == f"cases.Guardian:{late.pk}"


def test_a_row_of_another_agency_about_them_is_sealed_too(
    youth: Youth, program: Program, guard: Viewer, at: datetime
) -> None:
    other = Agency.objects.get(key="community")
    with within(Viewer.system(at=at)):
        passed_on = Referral.objects.create(
            **{**of_youth(youth), "agency_id": other.pk},
            need="attendance",
            referred_on=at.date(),
            since=at.date(),
            due_on=at.date(),
        )
    sealed(youth.subject, guard, at)
    with within(Viewer.system(at=at)):
        assert not Referral.objects.filter(pk=passed_on.pk).exists()


# --- What pages, exports and the API still tell: nothing ---------------------------------------------------

#: Who asks for which parts of the site, and for what; all of them the front page, the search and the audit.
ASKED_OF = {
    ("program_coordinator", "youth_program"): ("cases/", "centre/", "diversion/", "api/v1/cases", "search"),
    ("privacy_officer", "records"): ("privacy/", "audit/", "api/v1/privacy", ""),
    ("administrator", "administration"): ("audit/", ""),
}


def paths(made: Made, parts: tuple[str, ...]) -> list[str]:
    """Every path of these parts that could show a row: lists and, with each number, what stands under one."""
    numbers = sorted({str(row.pk) for row in made.values()})
    found: list[str] = ["", "search?q=Quil"]

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for one in patterns:
            here = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, here)
            elif here.count("<") == 0:
                found.extend([here, f"{here}?export=csv"])
            elif here.count("<") == 1:
                head, _open, rest = here.partition("<")
                found.extend(head + number + rest.partition(">")[2] for number in numbers)

    walk(get_resolver().url_patterns, "")
    return [path for path in found if any(path.startswith(part) if part else path == "" for part in parts)]


def told(client: Client, asked: list[str], words: list[str]) -> list[str]:
    """The paths whose answer holds one of the words."""
    found = []
    for path in asked:
        answer = client.get(f"/{path}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = body.decode("utf-8", "replace")
        if any(word in text for word in words):
            found.append(path)
    return found


def test_no_page_export_or_answer_tells_of_a_sealed_youth(
    coordinator: Viewer, program: Program, guard: Viewer, client_of: Callable[..., Client], at: datetime
) -> None:
    youth = make_youth(coordinator, legal_name="Quilliam Quill", preferred_name="Quilly", local_number="Q-77")
    made = one_of_each(youth, program, at)
    words = ["Quill", "Q-77", str(youth.pk)]
    clients = {who: client_of(who[0], purpose=who[1]) for who in ASKED_OF}
    told_of = {
        who: told(clients[who], paths(made if who[0] == "program_coordinator" else {}, parts), words)
        for who, parts in ASKED_OF.items()
    }
    assert sum(len(found) for found in told_of.values()) > 15
    sealed(youth.subject, guard, at)
    for who, before in told_of.items():
        # What did not tell of them before has nothing to hide; lists are asked again all the same.
        lists = [path for path in paths({}, ASKED_OF[who]) if path not in before]
        again = told(clients[who], [*before, *lists], words[:2])
        assert again == [], who
        by_number = [path for path in (*before, *lists) if str(youth.pk) not in path]
        assert told(clients[who], by_number, words[2:]) == [], who


def test_an_order_names_what_else_may_be_of_the_person(
    youth: Youth,
    guard: Viewer,
    coordinator: Viewer,
    person: Callable[..., Viewer],
    client_of: Callable[..., Client],
    at: datetime,
) -> None:
    twin = make_youth(coordinator, legal_name="invented  Person", local_number="")
    near = make_youth(coordinator, legal_name="Invented Persson", local_number="")
    apart = make_youth(coordinator, legal_name="Invented Perkins", local_number="")
    make_youth(person("program_coordinator", "community"), local_number="")  # another agency's
    with within(Viewer.system(at=at)):
        pair = {**of_youth(youth), "why": "Look.", "found_on": at.date()}
        LookAlike.objects.create(**pair, other=near)
        LookAlike.objects.create(
            **pair,
            other=apart,
            decision="not_same",
            reason="Two",
            decided_at=at,
            decided_by_id=coordinator.account_id,
        )
    told = {"ground": "court_order", "reason": "Order 12-7", "due_on": str(at.date())}
    client = client_of("privacy_officer", purpose="records")
    answer = client.post(
        "/api/v1/privacy/sealings", {**told, "record": youth.subject}, content_type="application/json"
    )
    assert answer.status_code == 201, answer.content
    assert answer.json()["may_be_same"] == sorted([twin.subject, near.subject])

    page = client.post(
        "/privacy/sealings/new", {**told, "record_name": near.subject}, follow=True
    ).content.decode()
    assert "No order seals what may be of the same person" not in page, "the other one is ordered"
    assert sealing.still_open(Sealing.objects.get(record=youth.subject), guard) == [twin.subject]
    order = Sealing.objects.get(record=youth.subject)
    confirm = client.get(f"/privacy/sealings/{order.pk}/seal").content.decode()
    before, after = confirm.split("Not sealed: may be the same person")
    assert youth.subject in before
    assert twin.subject in after
    assert 'href="/cases/who-is-who/"' in after
    assert "invented  Person" not in confirm
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    assert sealing.still_open(order, guard) == [], "of a sealed person nothing is told"


def test_what_an_order_covers_is_told_before_it_is_carried_out(
    youth: Youth,
    guardian: Guardian,
    guard: Viewer,
    coordinator: Viewer,
    client_of: Callable[..., Client],
    at: datetime,
) -> None:
    twin = make_youth(coordinator, legal_name="invented  Person", local_number="")
    asked = {"ground": "court_order", "reason": "Order 12-7", "due_on": at.date()}
    earlier = sealing.order(record_name=f"cases.Guardian:{guardian.pk}", **asked, by=guard, at=at)
    order = sealing.order(record_name=youth.subject, **asked, by=guard, at=at)
    client = client_of("privacy_officer", purpose="records")
    path = f"/api/v1/privacy/sealings/{order.pk}/covers"
    assert client.get(path).json() == {
        "record": youth.subject,
        "with_it": {"guardians": 1},
        "elsewhere": 0,
        "alike": [twin.subject],
    }
    sealing.seal(sealing_id=earlier.pk, by=guard, at=at)
    assert client.get(path).json()["with_it"] == {}, "what is sealed already is not told of"
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    assert client.get(path).status_code == 404
    with pytest.raises(Sealing.DoesNotExist):
        coverage(sealing_id=10**9, by=guard)
