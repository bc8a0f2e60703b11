"""Answering at the desk: who holds what, what is done, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.journal_writer import make_case

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.actions import WantedStep
from schoolward.domains.alarms.models import AlarmSystem, CallContact, Case, CaseEntry, HandOver
from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.demo import clock

SECOND = timedelta(seconds=1)


@pytest.fixture
def operator(person: Person) -> Viewer:
    return person("alarm_operator", name="first")


@pytest.fixture
def colleague(person: Person) -> Viewer:
    return person("alarm_operator", name="second")


@pytest.fixture
def contacts(site: Campus) -> list[CallContact]:
    """The call list of the site."""
    return [
        CallContact.objects.create(
            campus=site, order=1, title="Custodian", phone="916-555-0100", wait_seconds=60
        ),
        CallContact.objects.create(
            campus=site, order=2, title="Office", phone="916-555-0101", wait_seconds=30
        ),
    ]


@pytest.fixture
def planned(case: Case, by: Viewer, at: datetime) -> Case:
    """The case with a plan of one required and one voluntary step."""
    plan = actions.keep_plan(
        signal_kind="burglary",
        title="Burglary",
        steps=[WantedStep("call", "Call the site"), WantedStep("camera", "Look", is_required=False)],
        by=by,
        at=at,
    ).row
    case.plan = plan
    case.save()
    return case


def events(case: Case) -> list[str]:
    """What the audit knows of the case."""
    found = Event.objects.filter(subject=f"alarms.Case:{case.pk}").order_by("sequence")
    return list(found.values_list("action", flat=True))


def kinds(case: Case) -> list[str]:
    return list(case.entries.order_by("pk").values_list("kind", flat=True))


def test_one_holds_a_case_and_the_second_is_told_who(
    case: Case, operator: Viewer, colleague: Viewer, at: datetime
) -> None:
    held = actions.claim(case_id=case.pk, by=operator, at=at)
    assert (held.state, held.claimed_by_id, held.first_answer_at) == ("claimed", operator.account_id, at)
    with pytest.raises(actions.ClaimedByAnother, match="first"):
        actions.claim(case_id=case.pk, by=colleague, at=at)
    assert actions.claim(case_id=case.pk, by=operator, at=at).pk == case.pk
    assert kinds(case) == ["claimed"]
    assert events(case) == ["alarms.case_claimed"]


def test_a_case_is_given_back_and_taken_over(
    case: Case, operator: Viewer, colleague: Viewer, at: datetime
) -> None:
    actions.claim(case_id=case.pk, by=operator, at=at)
    with pytest.raises(actions.NotClaimed):
        actions.release(case_id=case.pk, by=colleague, at=at)
    with pytest.raises(actions.ReasonMissing):
        actions.take_over(case_id=case.pk, reason=" ", by=colleague, at=at)
    actions.take_over(case_id=case.pk, reason="End of shift", by=colleague, at=at)
    with pytest.raises(actions.ClaimedByAnother):
        actions.abort(case_id=case.pk, reason="x", by=operator, at=at)
    released = actions.release(case_id=case.pk, by=colleague, at=at)
    assert (released.state, released.claimed_by_id) == ("waiting", None)


def test_whoever_acts_on_a_waiting_case_holds_it(case: Case, operator: Viewer, at: datetime) -> None:
    actions.add_evidence(case_id=case.pk, kind="video_shows_nobody", by=operator, at=at)
    case.refresh_from_db()
    assert case.claimed_by_id == operator.account_id
    assert kinds(case) == ["claimed", "evidence"]
    assert events(case) == ["alarms.evidence_added"]


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("video_shows_nobody", 1),
        ("video_shows_person", 2),
        ("zones_in_sequence", 2),
        ("forced_entry_seen", 3),
        ("threat_to_life", 4),
        ("cancelled_with_passcode", 0),
        ("keyholder_on_site", 1),
    ],
)
def test_the_level_follows_from_the_evidence(
    case: Case, operator: Viewer, at: datetime, kind: str, level: int
) -> None:
    actions.add_evidence(case_id=case.pk, kind=kind, by=operator, at=at)
    case.refresh_from_db()
    assert case.verification_level == level
    assert case.reasons


def test_evidence_raises_the_urgency(case: Case, operator: Viewer, at: datetime) -> None:
    actions.add_evidence(case_id=case.pk, kind="video_shows_nobody", by=operator, at=at)
    case.refresh_from_db()
    before = case.urgency
    actions.add_evidence(case_id=case.pk, kind="weapon_seen", by=operator, at=at)
    case.refresh_from_db()
    assert case.urgency > before


def test_two_calls_to_different_numbers_come_before_the_police(
    case: Case, contacts: list[CallContact], operator: Viewer, at: datetime
) -> None:
    def send() -> Case:
        return actions.dispatch_police(case_id=case.pk, by=operator, at=at + 90 * SECOND)

    with pytest.raises(actions.CallsMissing, match="two different numbers"):
        send()
    for _again in range(2):
        actions.log_call(case_id=case.pk, contact_id=contacts[0].pk, outcome="no_answer", by=operator, at=at)
    actions.log_call(case_id=case.pk, number="916-555-0199", outcome="wrong_number", by=operator, at=at)
    with pytest.raises(actions.CallsMissing, match="a different number"):
        send()
    actions.log_call(
        case_id=case.pk, contact_id=contacts[1].pk, outcome="no_answer", by=operator, at=at + 60 * SECOND
    )
    sent = send()
    assert sent.police_dispatched_at == at + 90 * SECOND
    assert not sent.verified_before_dispatch
    entry = CaseEntry.objects.get(kind="dispatched_police")
    assert entry.detail["agency"] == "city_non_emergency"
    with pytest.raises(actions.AlreadySent):
        send()
    case.refresh_from_db()
    assert case.police_dispatched_at == at + 90 * SECOND


@pytest.mark.parametrize("kind", ["hold_up", "panic", "fire", "medical"])
def test_no_call_is_asked_for_where_it_could_cost_a_life(
    case: Case, operator: Viewer, at: datetime, kind: str
) -> None:
    Case.objects.update(signal_kind=kind)
    actions.dispatch_police(case_id=case.pk, by=operator, at=at)
    assert CaseEntry.objects.get(kind="dispatched_police").detail["agency"] == "city_911"


def test_who_is_seen_needs_no_calls_and_counts_as_verified(
    case: Case, operator: Viewer, at: datetime
) -> None:
    actions.add_evidence(case_id=case.pk, kind="video_shows_person", by=operator, at=at)
    sent = actions.dispatch_police(case_id=case.pk, by=operator, at=at, reference="12-345")
    assert sent.verified_before_dispatch
    assert CaseEntry.objects.get(kind="dispatched_police").detail["reference"] == "12-345"


def test_the_agency_follows_the_jurisdiction(
    case: Case, other_site: Campus, operator: Viewer, at: datetime
) -> None:
    Case.objects.update(signal_kind="hold_up")
    with pytest.raises(actions.AgencyWrong, match="Police of the city, emergency"):
        actions.dispatch_police(case_id=case.pk, agency="county_911", by=operator, at=at)
    Case.objects.update(campus=other_site)
    with pytest.raises(actions.AgencyMissing):
        actions.dispatch_police(case_id=case.pk, by=operator, at=at)
    with pytest.raises(actions.ValueUnknown):
        actions.dispatch_police(case_id=case.pk, agency="navy", by=operator, at=at)
    sent = actions.dispatch_police(case_id=case.pk, agency="county_911", by=operator, at=at)
    assert sent.police_dispatched_at == at


def test_calling_off_and_sending_a_guard(case: Case, operator: Viewer, at: datetime) -> None:
    actions.dispatch_guard(case_id=case.pk, by=operator, at=at)
    with pytest.raises(actions.AlreadySent):
        actions.dispatch_guard(case_id=case.pk, by=operator, at=at)
    with pytest.raises(actions.ReasonMissing):
        actions.abort(case_id=case.pk, reason="", by=operator, at=at)
    off = actions.abort(case_id=case.pk, reason="Keyholder is there", by=operator, at=at)
    assert off.aborted_at == at
    with pytest.raises(actions.NobodySent):
        actions.abort(case_id=case.pk, reason="again", by=operator, at=at)
    assert actions.dispatch_guard(case_id=case.pk, by=operator, at=at).aborted_at is None


def test_nothing_closes_with_an_open_step_or_without_words(
    planned: Case, operator: Viewer, at: datetime
) -> None:
    def close(disposition: str = "false", cause: str = "hvac") -> Case:
        return actions.close(
            case_id=planned.pk,
            disposition=disposition,
            cause=cause,
            cause_role="custodian",
            by=operator,
            at=at,
        )

    with pytest.raises(actions.DispositionMissing):
        close(disposition="")
    with pytest.raises(actions.CauseMissing):
        close(cause="")
    with pytest.raises(actions.ValueUnknown):
        close(cause="ghosts")
    with pytest.raises(actions.StepsOpen, match="Call the site") as refused:
        close()
    assert refused.value.steps == ["Call the site"]
    assert not planned.entries.exists(), "a refusal leaves nothing behind"

    step = queries.steps_of(planned)[0].step
    with pytest.raises(actions.ReasonMissing):
        actions.step_impossible(case_id=planned.pk, step_id=step.pk, reason="", by=operator, at=at)
    actions.step_impossible(case_id=planned.pk, step_id=step.pk, reason="Line is dead", by=operator, at=at)
    closed = close()
    assert (closed.state, closed.disposition, closed.cause, closed.cause_role) == (
        "closed",
        "false",
        "hvac",
        "custodian",
    )
    assert closed.closed_at == at
    assert closed.claimed_by_id is None
    states = queries.steps_of(planned)
    assert [(state.state, state.reason) for state in states] == [("impossible", "Line is dead"), ("open", "")]
    with pytest.raises(actions.CaseIsClosed):
        close()


def test_a_step_of_another_plan_is_none(
    case: Case, planned: Case, operator: Viewer, at: datetime, system: AlarmSystem
) -> None:
    step = queries.steps_of(planned)[0].step
    bare = make_case(system)
    with pytest.raises(actions.StepUnknown):
        actions.do_step(case_id=bare.pk, step_id=step.pk, by=operator, at=at)
    actions.log_call(case_id=planned.pk, outcome="busy", number="555-0142", by=operator, at=at)
    actions.do_step(case_id=planned.pk, step_id=step.pk, by=operator, at=at)
    assert [state.state for state in queries.steps_of(planned)] == ["done", "open"]


def test_a_case_that_another_holds_is_not_closed(
    case: Case, operator: Viewer, colleague: Viewer, at: datetime
) -> None:
    actions.claim(case_id=case.pk, by=operator, at=at)
    with pytest.raises(actions.ClaimedByAnother):
        actions.close(case_id=case.pk, disposition="false", cause="unknown", by=colleague, at=at)


def test_the_database_itself_refuses_a_closed_case_without_cause(case: Case, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(state="closed", closed_at=at, disposition="false", cause="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(state="closed", closed_at=at, disposition="", cause="hvac")


def test_a_closed_case_is_opened_again_with_a_reason(case: Case, operator: Viewer, at: datetime) -> None:
    actions.close(case_id=case.pk, disposition="false", cause="hvac", by=operator, at=at)
    with pytest.raises(actions.CaseIsClosed):
        actions.claim(case_id=case.pk, by=operator, at=at)
    actions.note(case_id=case.pk, text="The fan was found running", by=operator, at=at)
    with pytest.raises(actions.ReasonMissing):
        actions.reopen(case_id=case.pk, reason="", by=operator, at=at)
    again = actions.reopen(case_id=case.pk, reason="Window was found broken", by=operator, at=at)
    assert (again.state, again.disposition, again.cause, again.closed_at) == ("waiting", "", "", None)
    entry = CaseEntry.objects.get(kind="reopened")
    assert entry.detail == {"disposition": "false", "cause": "hvac"}
    with pytest.raises(actions.CaseIsOpen):
        actions.reopen(case_id=case.pk, reason="x", by=operator, at=at)


@pytest.mark.parametrize(
    "act",
    [
        lambda case, by, at: actions.claim(case_id=case.pk, by=by, at=at),
        lambda case, by, at: actions.note(case_id=case.pk, text="x", by=by, at=at),
        lambda case, by, at: actions.close(case_id=case.pk, disposition="false", cause="hvac", by=by, at=at),
        lambda case, by, at: actions.dispatch_police(case_id=case.pk, by=by, at=at),
        lambda _case, by, at: actions.write_hand_over(text="x", by=by, at=at),
    ],
)
@pytest.mark.parametrize("role", ["site_lead", "trustee", "campus_monitor", "facilities"])
def test_only_who_answers_may_act(
    case: Case, person: Person, at: datetime, role: str, act: Callable[[Case, Viewer, datetime], object]
) -> None:
    with pytest.raises(AccessDenied):
        act(case, person(role), at)
    assert not CaseEntry.objects.exists()


def test_who_holds_one_site_sees_and_answers_that_one_only(
    case: Case, system: AlarmSystem, other_site: Campus, person: Person, at: datetime
) -> None:
    here = person("lead", name="here", sites=[system.campus])
    there = person("lead", name="there", sites=[other_site])
    assert queries.queue(here).cases == [case]
    assert queries.queue(there).cases == []
    with pytest.raises(AccessDenied):
        actions.claim(case_id=case.pk, by=there, at=at)


def test_the_system_itself_answers_nothing(case: Case, by: Viewer, at: datetime) -> None:
    with pytest.raises(actions.PersonMissing):
        actions.claim(case_id=case.pk, by=by, at=at)
    with pytest.raises(actions.PersonMissing):
        actions.close(case_id=case.pk, disposition="false", cause="hvac", by=by, at=at)


def test_the_next_to_call_is_due_when_the_one_before_has_had_its_time(
    case: Case, contacts: list[CallContact], operator: Viewer, at: datetime
) -> None:
    first, second = queries.contacts_of(case)
    assert (first.is_next, first.due_at, second.is_next) == (True, case.opened_at, False)
    actions.log_call(case_id=case.pk, contact_id=contacts[0].pk, outcome="no_answer", by=operator, at=at)
    first, second = queries.contacts_of(case)
    assert (first.calls, first.outcome, first.is_next) == (1, "no_answer", False)
    assert (second.is_next, second.due_at) == (True, at + 60 * SECOND)
    actions.log_call(case_id=case.pk, contact_id=contacts[1].pk, outcome="with_passcode", by=operator, at=at)
    assert not any(state.is_next for state in queries.contacts_of(case))
    case.refresh_from_db()
    assert case.verification_level == 0


def test_a_call_names_its_contact_or_number(
    case: Case, contacts: list[CallContact], other_site: Campus, operator: Viewer, at: datetime
) -> None:
    foreign = CallContact.objects.create(campus=other_site, order=1, title="X", phone="1")
    with pytest.raises(actions.ContactUnknown):
        actions.log_call(case_id=case.pk, contact_id=foreign.pk, outcome="busy", by=operator, at=at)
    with pytest.raises(actions.NumberMissing):
        actions.log_call(case_id=case.pk, outcome="busy", by=operator, at=at)
    with pytest.raises(actions.ValueUnknown):
        actions.log_call(case_id=case.pk, number="1", outcome="shouted", by=operator, at=at)


@pytest.mark.parametrize(("at_site", "level"), [(True, 2), (False, 1)])
def test_an_answer_without_the_word_counts_at_the_site_only(
    case: Case, operator: Viewer, at: datetime, at_site: bool, level: int
) -> None:
    actions.log_call(
        case_id=case.pk,
        number="916-555-0100",
        outcome="without_passcode",
        at_site=at_site,
        by=operator,
        at=at,
    )
    case.refresh_from_db()
    assert case.verification_level == level


def test_a_shift_hands_over_to_another(case: Case, operator: Viewer, colleague: Viewer, at: datetime) -> None:
    with pytest.raises(actions.TextMissing):
        actions.write_hand_over(text="  ", by=operator, at=at)
    written = actions.write_hand_over(text="Oak: fan in the hall", by=operator, at=at)
    assert written.open_cases == 1
    with pytest.raises(actions.OwnHandOver):
        actions.read_hand_over(hand_over_id=written.pk, by=operator, at=at)
    actions.read_hand_over(hand_over_id=written.pk, by=colleague, at=at)
    later = actions.read_hand_over(hand_over_id=written.pk, by=colleague, at=at + SECOND)
    assert (later.read_by_id, later.read_at) == (colleague.account_id, at)
    assert list(queries.hand_overs(colleague)) == [HandOver.objects.get()]


def test_a_system_goes_on_test_for_a_day_at_most(system: AlarmSystem, operator: Viewer, at: datetime) -> None:
    def put(ends: datetime, reason: str = "Service") -> object:
        return actions.put_on_test(system_id=system.pk, ends=ends, reason=reason, by=operator, at=at)

    with pytest.raises(actions.TimesWrong, match="24 hours"):
        put(at + timedelta(hours=25))
    with pytest.raises(actions.TimesWrong):
        put(at)
    with pytest.raises(actions.ReasonMissing):
        put(at + timedelta(hours=1), reason="")
    put(at + timedelta(hours=1))
    test = queries.running_tests(operator, at=at).get()
    ended = actions.end_test(test_id=test.pk, by=operator, at=at + 600 * SECOND)
    assert ended.ends == at + 600 * SECOND
    assert actions.end_test(test_id=test.pk, by=operator, at=at + 900 * SECOND).ends == at + 600 * SECOND


def test_the_queue_goes_by_urgency_then_age(system: AlarmSystem, operator: Viewer, at: datetime) -> None:
    made = [
        make_case(system, urgency=40, opened_at=at - 10 * SECOND),
        make_case(system, urgency=40, opened_at=at - 20 * SECOND),
        make_case(system, urgency=90, opened_at=at - 5 * SECOND),
        make_case(system, state="closed", closed_at=at, disposition="false", cause="hvac", urgency=99),
    ]
    assert queries.queue(operator).cases == [made[2], made[1], made[0]]


def test_changes_are_read_on_from_a_number(
    case: Case, other_site: Campus, operator: Viewer, person: Person, at: datetime
) -> None:
    begun = queries.last_entry_id()
    actions.claim(case_id=case.pk, by=operator, at=at)
    actions.note(case_id=case.pk, text="x", by=operator, at=at)
    first, second = queries.changes_after(begun)
    assert (first.kind, second.kind, second.case_number) == ("claimed", "note", case.number)
    assert queries.changes_after(first.entry_id) == [second]
    assert queries.changes_after(begun, limit=1) == [first]
    assert queries.concerns(first, operator)
    assert not queries.concerns(first, person("site_lead", sites=[other_site]))


def test_history_is_never_changed(case: Case, operator: Viewer, at: datetime) -> None:
    actions.note(case_id=case.pk, text="x", by=operator, at=at)
    with pytest.raises(Exception, match="never changed"), transaction.atomic():
        CaseEntry.objects.update(text="y")


def test_a_waiting_case_is_escalated_once_a_level(case: Case, by: Viewer, operator: Viewer) -> None:
    opened = case.opened_at
    for seconds, entries in ((89, 0), (90, 1), (120, 0), (180, 1), (181, 0), (900, 1), (5000, 0)):
        assert actions.escalate(by=by, at=opened + seconds * SECOND) == entries, seconds
    case.refresh_from_db()
    assert case.escalated_level == 3
    assert [entry.detail["level"] for entry in case.entries.order_by("pk")] == [1, 2, 3]


def test_a_hold_up_is_escalated_sooner_and_an_answered_case_never(
    case: Case, by: Viewer, operator: Viewer
) -> None:
    Case.objects.update(signal_kind="hold_up")
    assert actions.escalate(by=by, at=case.opened_at + 30 * SECOND) == 1
    actions.claim(case_id=case.pk, by=operator, at=case.opened_at + 40 * SECOND)
    assert actions.escalate(by=by, at=case.opened_at + 900 * SECOND) == 0


def test_in_the_demonstration_its_night_waits_until_its_morning_and_no_longer(
    system: AlarmSystem, by: Viewer, settings: LazySettings
) -> None:
    settings.DEMO = True
    years_later = clock.now(by.at) + timedelta(days=5000)
    night = make_case(system, opened_at=clock.now(by.at) - 100 * SECOND)
    live = make_case(system, opened_at=years_later - 100 * SECOND)
    assert actions.escalate(by=by, at=years_later) == 2
    for case in (night, live):
        case.refresh_from_db()
        assert case.escalated_level == 1
        assert case.entries.get().at == case.opened_at + 100 * SECOND
        standing = queries.standing_of(case, at=years_later)
        assert standing.waited == "unanswered for 100 s, beyond the target of 90 s (+8.3)"
    assert actions.escalate(by=by, at=years_later + 1000 * SECOND) == 1
    night.refresh_from_db()
    assert night.escalated_level == 1


def test_a_call_that_reached_nobody_says_who_is_next(
    case: Case, contacts: list[CallContact], by: Viewer, operator: Viewer, at: datetime
) -> None:
    actions.log_call(case_id=case.pk, contact_id=contacts[0].pk, outcome="no_answer", by=operator, at=at)
    assert actions.escalate(by=by, at=at + 59 * SECOND) == 0
    assert actions.escalate(by=by, at=at + 60 * SECOND) == 1
    assert actions.escalate(by=by, at=at + 61 * SECOND) == 0
    assert "Office" in case.entries.get(kind="escalated").text


def test_all_that_the_page_of_a_case_shows(
    planned: Case, contacts: list[CallContact], operator: Viewer, at: datetime
) -> None:
    case = queries.case_by_number(operator, planned.number)
    assert case is not None
    shown = queries.answering(case)
    assert [state.step.text for state in shown.open_steps] == ["Call the site"]
    assert shown.agency == "city_non_emergency"
    assert shown.judgement.calls_needed == 2
    assert queries.case_by_number(operator, "none") is None
