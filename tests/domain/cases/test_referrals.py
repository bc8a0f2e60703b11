"""A referral's way: who sees it at which step, what each may do, and what the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from domain.cases.conftest import booking
from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.models import Contact, Guardian, Referral, Step, Youth
from schoolward.domains.cases.relations import ANSWERED, DELIVERED, KNOWN, OUTLINE
from schoolward.domains.programs.models import Program
from schoolward.platform.access.consenting import withdraw_consent
from schoolward.platform.access.models import Agency, Agreement
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

Bring = Callable[[str], Referral]
TO_THE_PROVIDER = [
    *(f"cases.Referral.{name}" for name in sorted(DELIVERED)),
    *(f"cases.Youth.{name}" for name in sorted(KNOWN)),
    "cases.Guardian.name",
    "cases.Guardian.reach_at",
]


def seen(viewer: Viewer, model: Any = Referral) -> list[frozenset[str]]:
    """The mask of each row that the viewer sees."""
    with within(viewer):
        return [mask(row, viewer) for row in visible(model.objects.all(), viewer)]


def test_the_whole_way_is_on_the_record_without_a_name(brought_to: Bring, at: datetime) -> None:
    done = brought_to("completed")
    assert (done.state, done.told, done.ended_on) == ("completed", "ended", date(2012, 9, 6))
    with within(Viewer.system(at=at)):
        steps = [(step.before, step.after) for step in Step.objects.order_by("pk")]
    assert steps == [
        ("", "referred"),
        ("referred", "contacted"),
        ("contacted", "consented"),
        ("consented", "started"),
        ("started", "completed"),
    ]
    told = Event.objects.filter(action__startswith="cases.")
    assert {event.subject for event in told} == {done.subject}
    assert [event.action for event in told.order_by("sequence")] == [
        "cases.referred",
        "cases.referral_taken",
        "cases.referral_contacted",
        "cases.referral_consented",
        "cases.referral_started",
        "cases.referral_completed",
    ]
    assert {key for event in told for key in event.detail} <= {"record", "on", "before"}


def test_the_referrer_learns_received_started_or_ended_and_no_more(
    brought_to: Bring, principal: Viewer, person: Callable[..., Viewer]
) -> None:
    brought_to("started")
    assert seen(principal) == [ANSWERED]
    assert "state" not in ANSWERED
    assert [seen(principal, model) for model in (Youth, Guardian, Contact, Step)] == [[], [], [], []]
    assert seen(person("site_lead", who="another", purpose="school_safety")) == []


def test_a_provider_finds_a_referral_once_the_family_said_yes_and_until_it_takes_that_back(
    brought_to: Bring,
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    coordinator: Viewer,
    at: datetime,
) -> None:
    provider = person("provider", "community")
    agreement("district", "community", TO_THE_PROVIDER)
    brought_to("contacted")
    assert (seen(provider), seen(provider, Youth)) == ([], [])
    with pytest.raises(actions.NotTheirs):
        actions.start(referral_id=1, by=provider, at=at)


def test_a_provider_says_started_and_completed_and_no_more(
    brought_to: Bring,
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    coordinator: Viewer,
    at: datetime,
) -> None:
    provider = person("provider", "community")
    held = brought_to("consented")
    assert seen(provider) == []  # no agreement yet
    agreement("district", "community", TO_THE_PROVIDER)
    assert (seen(provider), seen(provider, Youth)) == ([DELIVERED], [KNOWN])
    assert seen(provider, Guardian) == [{"name", "reach_at"}]
    assert seen(person("provider", "community", purpose="school_safety")) == []
    actions.start(referral_id=held.pk, by=provider, at=at)
    with pytest.raises(AccessDenied):
        actions.log_contact(referral_id=held.pk, way="call", minutes=1, reached=True, by=provider, at=at)
    with pytest.raises(actions.CaseRefused, match="Choose one of"):
        actions.end(referral_id=held.pk, reason="declined", by=provider, at=at)
    assert held.consent_id is not None
    withdraw_consent(consent_id=held.consent_id, by=coordinator, at=at)
    assert (seen(provider), seen(provider, Youth), seen(provider, Guardian)) == ([], [], [])
    with pytest.raises(actions.NotTheirs):
        actions.complete(referral_id=held.pk, by=provider, at=at)


def test_a_colleague_sees_where_it_stands_and_no_child(
    brought_to: Bring, person: Callable[..., Viewer], at: datetime
) -> None:
    held = brought_to("contacted")
    colleague = person("program_coordinator", who="another")
    assert seen(colleague) == [OUTLINE]
    assert [seen(colleague, model) for model in (Youth, Guardian, Contact, Step)] == [[], [], [], []]
    with pytest.raises(actions.NotTheirs):
        actions.log_contact(referral_id=held.pk, way="call", minutes=1, reached=True, by=colleague, at=at)
    actions.take(referral_id=held.pk, by=colleague, at=at)
    assert len(seen(colleague, Youth)) == len(seen(colleague, Contact)) == 1


@pytest.mark.parametrize(("role", "agency"), [("lead", "district"), ("accountability", "district")])
def test_who_leads_or_publishes_finds_none(
    brought_to: Bring, person: Callable[..., Viewer], role: str, agency: str
) -> None:
    brought_to("started")
    for purpose in ("youth_program", "accountability", "school_safety"):
        assert seen(person(role, agency, purpose=purpose)) == []


def test_two_at_once_one_is_refused(
    referral: Referral, person: Callable[..., Viewer], coordinator: Viewer, at: datetime
) -> None:
    looked_at = referral.version
    actions.log_contact(
        referral_id=referral.pk, way="call", minutes=5, reached=True, version=looked_at, by=coordinator, at=at
    )
    with pytest.raises(actions.ChangedMeanwhile, match="now: Family contacted"):
        actions.end(referral_id=referral.pk, reason="declined", version=looked_at, by=coordinator, at=at)
    with within(coordinator):
        assert Referral.objects.get().state == "contacted"


def test_no_step_is_left_out(referral: Referral, coordinator: Viewer, at: datetime) -> None:
    who: dict[str, Any] = {"referral_id": referral.pk, "by": coordinator, "at": at}
    for step in (actions.start, actions.complete):
        with pytest.raises(actions.CaseRefused, match="now “Referred”"):
            step(**who)
    with pytest.raises(actions.CaseRefused, match="not at that step"):
        actions.consent(given_by="parent", valid_from=at.date(), valid_to=at.date(), **who)
    with pytest.raises(actions.CaseRefused, match="not come yet"):
        actions.log_contact(way="call", minutes=1, reached=True, on=date(2012, 9, 30), **who)
    with pytest.raises(actions.CaseRefused, match="before the referral"):
        actions.log_contact(way="call", minutes=1, reached=True, on=date(2012, 8, 1), **who)


def test_an_attempt_does_not_stop_the_clock(referral: Referral, coordinator: Viewer, at: datetime) -> None:
    actions.log_contact(referral_id=referral.pk, way="call", minutes=1, reached=False, by=coordinator, at=at)
    with within(coordinator):
        held = Referral.objects.get()
    assert (held.state, held.due_on) == ("referred", date(2012, 9, 6))
    assert (held.is_stalled(date(2012, 9, 6)), held.is_stalled(date(2012, 9, 7))) == (False, True)


@pytest.mark.parametrize("note", ["His CII A12345678 says so", "SSN 123-45-6789", "licence B1234567"])
def test_no_number_of_a_person_stands_in_a_note(
    referral: Referral, coordinator: Viewer, at: datetime, note: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.log_contact(
            referral_id=referral.pk, way="call", minutes=1, reached=True, note=note, by=coordinator, at=at
        )
    assert refused.value.field == "note"


def test_it_ends_for_a_reason_of_the_list_and_is_opened_again_for_one(
    brought_to: Bring, coordinator: Viewer, at: datetime
) -> None:
    held = brought_to("contacted")
    for reason in ("", "lazy", "transferred"):
        with pytest.raises(actions.CaseRefused, match="Choose one of"):
            actions.end(referral_id=held.pk, reason=reason, by=coordinator, at=at)
    ended = actions.end(referral_id=held.pk, reason="out_of_reach", by=coordinator, at=at)
    assert (ended.state, ended.told, ended.due_on) == ("ended", "received", None)
    with pytest.raises(Refusal):
        actions.reopen(referral_id=held.pk, reason=" ", by=coordinator, at=at)
    again = actions.reopen(referral_id=held.pk, reason="The mother called", by=coordinator, at=at)
    assert (again.state, again.end_reason, again.ended_on) == ("contacted", "", None)


def test_it_is_passed_on_under_an_agreement_and_then_belongs_to_the_other(
    brought_to: Bring,
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    coordinator: Viewer,
    at: datetime,
) -> None:
    held = brought_to("contacted")
    there = person("program_coordinator", "community")
    other = Agency.objects.get(key="community")
    with pytest.raises(actions.CaseRefused, match="No agreement in force"):
        actions.pass_on(referral_id=held.pk, agency=other, reason="Closer", by=coordinator, at=at)
    agreement("district", "community", TO_THE_PROVIDER)
    made = actions.pass_on(referral_id=held.pk, agency=other, reason="Closer", by=coordinator, at=at)
    assert (made.agency, made.state, made.due_on) == (other, "referred", date(2012, 9, 11))
    with within(coordinator):
        rows = list(queries.referrals(coordinator))
    assert [(row.pk, row.state, row.end_reason) for row in rows] == [(held.pk, "ended", "transferred")]
    actions.take(referral_id=made.pk, by=there, at=at)
    assert len(seen(there)) == 1
    assert seen(there, Youth) == [KNOWN]
    with pytest.raises(actions.NotTheirs):
        actions.end(referral_id=made.pk, reason="declined", by=coordinator, at=at)
    with pytest.raises(actions.CaseRefused, match="another agency's"):
        actions.reopen(referral_id=held.pk, reason="Back", by=coordinator, at=at)


def test_a_form_sent_twice_refers_once_and_a_known_youth_stays_one(
    principal: Viewer, coordinator: Viewer, at: datetime
) -> None:
    receipt = uuid4()
    first, again = (
        actions.refer(booking=booking(receipt=receipt), by=principal, at=at) for _time in range(2)
    )
    assert first.pk == again.pk
    second = actions.refer(booking=booking(legal_name="INVENTED PERSON"), by=principal, at=at)
    assert second.youth_id == first.youth_id
    twin = actions.refer(booking=booking(legal_name="Invented Parson"), by=principal, at=at)
    assert twin.youth_id != first.youth_id
    with within(coordinator):
        assert [other.pk for other in queries.look_alikes(coordinator, twin.youth)] == [first.youth_id]


def test_an_officer_refers_to_the_district_once_the_family_knows(
    person: Callable[..., Viewer], coordinator: Viewer, agreement: Callable[..., Agreement], at: datetime
) -> None:
    officer = person("school_resource_officer", "police", purpose="school_safety")
    with pytest.raises(actions.CaseRefused) as refused:
        actions.refer(booking=booking(family_knows=False), by=officer, at=at)
    assert refused.value.field == "family_knows"
    made = actions.refer(booking=booking(), by=officer, at=at)
    assert made.agency_id == coordinator.agency_id
    assert seen(officer) == []
    agreement("district", "police", ["cases.Referral.told"])
    assert seen(officer) == [{"told"}]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"legal_name": " "}, "legal_name"),
        ({"born_on": date(1912, 9, 1)}, "born_on"),
        ({"born_on": date(2012, 9, 1)}, "born_on"),
        ({"need": "gang"}, "need"),
        ({"reach_at": "A12345678"}, "reach_at"),
    ],
)
def test_a_wrong_booking_names_its_field(
    principal: Viewer, at: datetime, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.refer(booking=booking(**fields), by=principal, at=at)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "change",
    [
        {"state": "started", "told": "started"},
        {"state": "contacted"},
        {"told": "started"},
        {"state": "ended", "told": "ended", "ended_on": date(2012, 9, 6)},
        {"contacted_on": date(2012, 8, 1), "state": "contacted"},
        {"contacted_on": date(2012, 9, 3), "consented_on": date(2012, 9, 4), "state": "consented"},
        {"state": "referred", "end_reason": "moved"},
    ],
)
def test_the_database_refuses_a_state_without_its_dates(
    referral: Referral, coordinator: Viewer, change: dict[str, object]
) -> None:
    with within(coordinator), pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**change)


def test_a_follow_up_waits_until_its_time_is_full(
    brought_to: Bring, coordinator: Viewer, at: datetime
) -> None:
    done = brought_to("completed")
    with pytest.raises(actions.CaseRefused, match="full on 2013-03-08"):
        actions.follow_up(referral_id=done.pk, months=6, found="no", source="police", by=coordinator, at=at)
    later = at.replace(year=2013, month=9)
    for found, source in (("unknown", "police"), ("no", "nobody")):
        with pytest.raises(actions.CaseRefused, match="nobody answered"):
            actions.follow_up(
                referral_id=done.pk, months=12, found=found, source=source, by=coordinator, at=later
            )
    kept = actions.follow_up(
        referral_id=done.pk, months=12, found="no", source="police", by=coordinator, at=later
    )
    assert (kept.record_class, kept.full_on) == ("protected", date(2013, 9, 6))


def test_a_plan_holds_goals_services_and_sessions(
    brought_to: Bring, coordinator: Viewer, program: Program, at: datetime
) -> None:
    held = brought_to("consented")
    offering = program.offerings.create(
        number=1, starts_on=date(2012, 9, 1), ends_on=date(2012, 12, 1), place="The hall"
    )
    who: dict[str, Any] = {"by": coordinator, "at": at}
    goal = actions.set_goal(
        referral_id=held.pk, words="To be at school by eight", review_on=date(2012, 10, 1), **who
    )
    with pytest.raises(actions.CaseRefused, match="still to come"):
        actions.review_goal(goal_id=goal.pk, state="open", review_on=date(2012, 9, 1), **who)
    assert actions.review_goal(goal_id=goal.pk, state="reached", **who).state == "reached"
    service = actions.plan_service(referral_id=held.pk, offering_id=offering.pk, planned=12, **who)
    with pytest.raises(actions.CaseRefused, match="have not started"):
        actions.count_sessions(service_id=service.pk, attended=1, **who)
    actions.start(referral_id=held.pk, on=date(2012, 9, 5), **who)
    with pytest.raises(actions.CaseRefused, match="0 to 12"):
        actions.count_sessions(service_id=service.pk, attended=13, **who)
    with pytest.raises(actions.CaseRefused, match="at most 2 days"):
        actions.count_sessions(service_id=service.pk, attended=3, **who)
    assert actions.count_sessions(service_id=service.pk, attended=2, **who).attended == 2
