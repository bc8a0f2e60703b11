"""Diversion: the rule of the day decides, whoever is eligible is offered it or counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from domain.cases.conftest import make_youth
from schoolward.domains.cases.actions import diversion as actions
from schoolward.domains.cases.actions.sealing_diversions import order_due_seals
from schoolward.domains.cases.diversion_rules import diversion_rules
from schoolward.domains.cases.models import (
    ContractTerm,
    DiversionCase,
    DiversionTally,
    TermProof,
    Youth,
    of_youth,
)
from schoolward.domains.cases.queries import diversion as queries
from schoolward.domains.cases.queries import diversion_by_group as by_groups
from schoolward.platform.access.models import Sealing
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

ALL_YES: dict[str, Any] = {
    "kind": "vandalism",
    "level": "misdemeanor",
    "accepts_responsibility": True,
    "guardian_agrees": True,
    "victim_heard": True,
    "group": "hispanic",
}
EVENT = date(2012, 9, 4)


@pytest.fixture
def opened(youth: Youth, coordinator: Viewer, at: datetime) -> DiversionCase:
    return actions.open_case(youth_id=youth.pk, event_on=EVENT, path="827.95", by=coordinator, at=at)


@pytest.fixture
def eligible(opened: DiversionCase, coordinator: Viewer, at: datetime) -> DiversionCase:
    return actions.set_facts(case_id=opened.pk, by=coordinator, at=at, **ALL_YES)


@pytest.fixture
def signed(eligible: DiversionCase, coordinator: Viewer, at: datetime) -> DiversionCase:
    actions.decide(case_id=eligible.pk, by=coordinator, at=at)
    return actions.sign(case_id=eligible.pk, signed_on=at.date(), by=coordinator, at=at)


def test_nothing_is_decided_while_a_fact_is_wanting(
    opened: DiversionCase, coordinator: Viewer, at: datetime
) -> None:
    with pytest.raises(Refusal, match=r"Not known yet\. What it was about has not been said"):
        actions.decide(case_id=opened.pk, by=coordinator, at=at)


def test_whoever_is_eligible_is_offered_it(
    eligible: DiversionCase, coordinator: Viewer, at: datetime
) -> None:
    made = actions.decide(case_id=eligible.pk, by=coordinator, at=at)
    assert (made.answer, made.was_offered, made.no_offer, made.edition) == ("yes", True, "", 2)
    with pytest.raises(Refusal, match="It is decided"):
        actions.decide(case_id=eligible.pk, no_offer="officer", by=coordinator, at=at)
    with pytest.raises(Refusal, match="It is decided"):
        actions.set_facts(case_id=eligible.pk, level="felony", by=coordinator, at=at)


def test_an_eligible_youth_without_an_offer_needs_a_reason(
    eligible: DiversionCase, coordinator: Viewer, at: datetime
) -> None:
    made = actions.decide(case_id=eligible.pk, no_offer="no_seat", by=coordinator, at=at)
    assert (made.answer, made.was_offered, made.no_offer) == ("yes", False, "no_seat")
    with within(coordinator), pytest.raises(IntegrityError), transaction.atomic():
        DiversionCase.objects.filter(pk=made.pk).update(no_offer="")
    with pytest.raises(Refusal, match="no offer"):
        actions.sign(case_id=made.pk, signed_on=at.date(), by=coordinator, at=at)


def test_who_is_not_eligible_reads_which_rule_says_so(
    eligible: DiversionCase, coordinator: Viewer, at: datetime
) -> None:
    actions.set_facts(case_id=eligible.pk, level="felony", by=coordinator, at=at)
    with pytest.raises(Refusal, match="the rule is the reason"):
        actions.decide(case_id=eligible.pk, no_offer="officer", by=coordinator, at=at)
    made = actions.decide(case_id=eligible.pk, by=coordinator, at=at)
    assert (made.answer, made.was_offered) == ("no", False)
    page = queries.case_page(coordinator, made.pk, at.date())
    assert page is not None
    assert page.eligibility is not None
    assert [one.rule.key for one in page.eligibility.against] == ["level"]


@pytest.mark.parametrize(
    ("event", "edition", "answer"),
    [(date(2012, 6, 30), 1, "no"), (date(2012, 7, 1), 2, "yes")],
)
def test_the_edition_of_the_day_of_the_event_decides(
    youth: Youth, coordinator: Viewer, at: datetime, event: date, edition: int, answer: str
) -> None:
    """Fraud was not on the first edition's list, and the second has none."""
    case = actions.open_case(
        youth_id=youth.pk,
        event_on=event,
        path="827.95",
        by=coordinator,
        at=at,
        **{**ALL_YES, "kind": "fraud"},
    )
    made = actions.decide(case_id=case.pk, by=coordinator, at=at)
    assert (made.edition, made.answer) == (edition, answer)


def test_an_earlier_diversion_counts_and_a_sealed_one_never_was(
    signed: DiversionCase, youth: Youth, coordinator: Viewer, at: datetime
) -> None:
    later = at + timedelta(days=60)
    again = actions.open_case(
        youth_id=youth.pk, event_on=later.date(), path="827.95", by=coordinator, at=later, **ALL_YES
    )
    page = queries.case_page(coordinator, again.pk, later.date())
    assert page is not None
    assert page.eligibility is not None
    assert [one.rule.key for one in page.eligibility.against] == ["recent"]
    with within(Viewer.system(at=later), sealing=True):
        DiversionCase.including_sealed.filter(pk=signed.pk).update(sealed_at=later)
    page = queries.case_page(coordinator, again.pk, later.date())
    assert page is not None
    assert page.eligibility is not None
    assert page.eligibility.answer == "yes"


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (date(1, 1, 1), "not born yet"),
        (date(1999, 1, 1), "0 years old"),
        (date(2010, 8, 31), "no rules of diversion for that day"),
        (date(2012, 9, 7), "lies ahead"),
    ],
)
def test_a_day_that_nothing_could_be_decided_of_is_refused(
    youth: Youth, coordinator: Viewer, at: datetime, event: date, why: str
) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        actions.open_case(youth_id=youth.pk, event_on=event, path="827.95", by=coordinator, at=at)
    assert refused.value.field == "event_on"


def test_one_that_runs_counts_as_an_earlier_one_whenever_it_was_signed(
    signed: DiversionCase, youth: Youth, coordinator: Viewer, at: datetime
) -> None:
    """The contract is of today, the other event of two weeks ago: its day says nothing about the chance."""
    event = at.date() - timedelta(days=14)
    again = actions.open_case(
        youth_id=youth.pk, event_on=event, path="827.95", by=coordinator, at=at, **ALL_YES
    )
    made = actions.decide(case_id=again.pk, by=coordinator, at=at)
    assert (made.answer, made.was_offered, made.closed_on) == ("no", False, at.date())


def test_what_was_declined_is_no_earlier_diversion_and_is_closed(
    eligible: DiversionCase, youth: Youth, coordinator: Viewer, at: datetime
) -> None:
    actions.decide(case_id=eligible.pk, by=coordinator, at=at)
    closed = actions.decline(case_id=eligible.pk, by=coordinator, at=at)
    assert closed.closed_on == at.date()
    again = actions.open_case(
        youth_id=youth.pk, event_on=EVENT, path="827.95", by=coordinator, at=at, **ALL_YES
    )
    made = actions.decide(case_id=again.pk, by=coordinator, at=at)
    assert (made.was_offered, made.closed_on) == (True, None)


@pytest.mark.parametrize(
    ("days", "amount", "fits"), [(0, 9, False), (0, 8, True), (1, 16, True), (1, 17, False)]
)
def test_a_day_holds_so_many_hours_of_service(
    signed: DiversionCase, coordinator: Viewer, at: datetime, days: int, amount: int, fits: bool
) -> None:
    with within(coordinator):
        term = visible(ContractTerm.objects.all(), coordinator).get(case=signed, kind="service_hours")
    later = at + timedelta(days=days)
    proof: dict[str, Any] = {"term_id": term.pk, "on": later.date(), "by": coordinator, "at": later}
    if fits:
        actions.prove(amount=amount, receipt=uuid4(), **proof)
        with pytest.raises(Refusal, match="8 a day"):
            actions.prove(amount=1, receipt=uuid4(), **proof)
    else:
        with pytest.raises(Refusal, match="8 a day") as refused:
            actions.prove(amount=amount, receipt=uuid4(), **proof)
        assert refused.value.field == "amount"


def test_a_contract_has_the_editions_terms_and_is_kept_by_proofs(
    signed: DiversionCase, coordinator: Viewer, at: datetime
) -> None:
    page = queries.case_page(coordinator, signed.pk, at.date())
    assert page is not None
    planned = diversion_rules().editions[1].terms
    assert {(t.kind, t.amount, (t.due_on - at.date()).days) for t in page.terms} == {
        (str(one.kind), one.amount, one.days) for one in planned
    }
    with pytest.raises(Refusal, match="Not every term is proven"):
        actions.end(case_id=signed.pk, outcome="completed", by=coordinator, at=at)
    done = at + timedelta(days=5)
    for term in page.terms:
        receipt = uuid4()
        for _time in range(2):  # sent twice, counted once
            actions.prove(
                term_id=term.pk, amount=term.amount, on=done.date(), receipt=receipt, by=coordinator, at=done
            )
    ended = actions.end(case_id=signed.pk, outcome="completed", by=coordinator, at=done)
    assert (ended.outcome, ended.outcome_on) == ("completed", done.date())
    with pytest.raises(Refusal, match="has ended"):
        actions.prove(
            term_id=page.terms[0].pk, amount=1, on=at.date(), receipt=uuid4(), by=coordinator, at=at
        )
    with within(coordinator):
        assert visible(TermProof.objects.all(), coordinator).count() == len(planned)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 99}, "amount"),
        ({"on": date(2012, 9, 5)}, "on"),
        ({"on": date(2012, 9, 7)}, "on"),
    ],
)
def test_a_proof_that_cannot_be(
    signed: DiversionCase, coordinator: Viewer, at: datetime, change: dict[str, Any], field: str
) -> None:
    with within(coordinator):
        term = visible(ContractTerm.objects.filter(kind="essay"), coordinator).get()
    asked = {"amount": 1, "on": at.date(), **change}
    with pytest.raises(Refusal) as caught:
        actions.prove(term_id=term.pk, receipt=uuid4(), by=coordinator, at=at, **asked)
    assert caught.value.field == field


def test_a_declined_offer_ends_there(eligible: DiversionCase, coordinator: Viewer, at: datetime) -> None:
    actions.decide(case_id=eligible.pk, by=coordinator, at=at)
    actions.decline(case_id=eligible.pk, by=coordinator, at=at)
    with pytest.raises(Refusal, match="not declined"):
        actions.sign(case_id=eligible.pk, signed_on=at.date(), by=coordinator, at=at)
    assert queries.caseload(coordinator) == []


def test_another_coordinator_finds_no_case(
    signed: DiversionCase, person: Callable[..., Viewer], at: datetime
) -> None:
    another = person("program_coordinator", who="another")
    assert queries.case_page(another, signed.pk, at.date()) is None
    with pytest.raises(AccessDenied):
        actions.decline(case_id=signed.pk, by=another, at=at)


def completed(coordinator: Viewer, on: date, **fields: Any) -> DiversionCase:
    """A diversion that was completed on a day, with a term and a proof."""
    youth = make_youth(coordinator, legal_name=f"Invented {uuid4().hex}")
    with within(coordinator):
        case = DiversionCase.objects.create(
            **of_youth(youth, "police"),
            event_on=on - timedelta(days=200),
            referred_on=on - timedelta(days=190),
            answer="yes",
            decided_on=on - timedelta(days=190),
            was_offered=True,
            signed_on=on - timedelta(days=180),
            ends_on=on,
            outcome="completed",
            outcome_on=on,
            **{"path": "827.95", **fields},
        )
        term = ContractTerm.objects.create(
            **of_youth(youth, "police"), case=case, kind="essay", amount=1, due_on=on
        )
        TermProof.objects.create(**of_youth(youth, "police"), term=term, amount=1, on=on, receipt=uuid4())
    return case


def test_a_completed_diversion_is_sealed_on_its_day_with_all_that_belongs_to_it(coordinator: Viewer) -> None:
    told = date(2023, 3, 10)
    case = completed(coordinator, date(2023, 3, 1), agency_told_on=told)
    completed(coordinator, date(2023, 3, 1))  # the agency was not told: its clock has not begun

    def run(day: date) -> dict[str, int]:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return order_due_seals(by=Viewer.system(at=at), at=at)

    assert run(told) == {"ordered": 3, "sealed": 0}
    assert run(told) == {"ordered": 0, "sealed": 0}
    order = Sealing.objects.get(record=f"cases.DiversionCase:{case.pk}")
    assert order.due_on == told + timedelta(days=60)
    assert (order.ground, "827.95" in order.reason) == ("wic_827_95", True)
    assert run(order.due_on - timedelta(days=1)) == {"ordered": 0, "sealed": 0}
    assert run(order.due_on) == {"ordered": 0, "sealed": 3}
    assert run(order.due_on) == {"ordered": 0, "sealed": 0}
    assert queries.case_page(coordinator, case.pk, order.due_on) is None
    system = Viewer.system(at=datetime(2023, 6, 1, tzinfo=UTC))
    with within(system):
        assert visible(TermProof.objects.all(), system).count() == 1


def test_a_completed_case_stays_on_the_list_until_its_agency_is_told(
    coordinator: Viewer, client_of: Callable[..., Client]
) -> None:
    """What no section clocks, whose agency is told, and another's cases are not there."""
    ended = date(2023, 3, 1)
    case = completed(coordinator, ended)
    probation = completed(coordinator, ended, path="786.5")
    completed(coordinator, ended, agency_told_on=date(2023, 3, 10))
    completed(coordinator, date(2012, 9, 1))
    at = datetime(2023, 4, 1, 12, tzinfo=UTC)
    reader = replace(coordinator, at=at)

    def told(on: date) -> list[tuple[int, str, date | None, bool]]:
        rows = queries.duties(reader, on)
        return [(duty.case.pk, str(duty.clock.step), duty.clock.due_on, duty.is_late) for duty in rows]

    notice, determined = date(2023, 3, 31), date(2023, 4, 30)
    assert told(notice) == [
        (case.pk, "agency-told", notice, False),
        (probation.pk, "determination", determined, False),
    ]
    assert [late for *_rest, late in told(notice + timedelta(days=1))] == [True, False]
    actions.sealing_step(case_id=case.pk, step="agency-told", on=notice, by=reader, at=at)
    actions.sealing_step(case_id=probation.pk, step="determination", on=notice, by=reader, at=at)
    assert [(pk, step) for pk, step, *_rest in told(notice)] == [(probation.pk, "agency-told")]
    client = client_of("program_coordinator")
    page = client.get("/diversion/").content.decode()
    assert "Completed: what the law still asks" in page
    assert f"/diversion/cases/{probation.pk}/" in page
    assert "Late" in page
    shown = client.get("/api/v1/cases/diversion/duties").json()
    assert [(one["case"], one["clock"]["step"], one["is_late"]) for one in shown] == [
        (probation.pk, "agency-told", True)
    ]
    assert client_of("program_coordinator", who="another").get("/api/v1/cases/diversion/duties").json() == []


def test_what_is_due_about_a_diversion_stands_on_the_morning_page_by_number(
    coordinator: Viewer,
    client_of: Callable[..., Client],
    signed: DiversionCase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What lies far ahead does not, nor another's; and nothing of a young person is read for it."""
    case = completed(coordinator, date(2023, 3, 1))
    probation = completed(coordinator, date(2023, 3, 1), path="786.5")
    notice = date(2023, 3, 31)
    reader = replace(coordinator, at=datetime(2023, 3, 31, 19, tzinfo=UTC))
    assert signed.ends_on is not None
    assert [(one.case, one.step, one.due_on, one.is_late) for one in queries.due(reader, notice)] == [
        (signed.pk, None, signed.ends_on, True),
        (case.pk, "agency-told", notice, False),
    ]
    assert queries.due(reader, notice - timedelta(days=15))[1:] == []
    assert [one.case for one in queries.due(reader, date(2023, 4, 20))][2:] == [probation.pk]
    for name in ("schoolward.platform.demo.clock", "schoolward.domains.cases.api.diversion"):
        monkeypatch.setattr(f"{name}.today", lambda _at: notice)
    events = Event.objects.filter(action="record.read").count()
    client = client_of("program_coordinator")
    block = next(one for one in client.get("/").context["page"].blocks if one.key == "diversions")
    assert [(line.text, line.tone) for line in block.lines] == [
        (f"Diversion no. {signed.pk}", "bad"),
        (f"Diversion no. {case.pk}", "watch"),
    ]
    assert block.headline == "2 duties of diversions are due"
    told = client.get("/api/v1/cases/diversion/due").json()
    assert [(one["case"], one["step"]) for one in told] == [(signed.pk, None), (case.pk, "agency-told")]
    assert Event.objects.filter(action="record.read").count() == events
    for other in (
        client_of("program_coordinator", who="another"),
        client_of("program_coordinator", purpose="records"),
        client_of("school_resource_officer", "police"),
    ):
        assert "diversions" not in {one.key for one in other.get("/").context["page"].blocks}


def test_nothing_is_sealed_by_a_law_that_was_not_there(coordinator: Viewer, at: datetime) -> None:
    completed(coordinator, date(2012, 9, 1), agency_told_on=date(2012, 9, 2))
    assert order_due_seals(by=Viewer.system(at=at), at=at) == {"ordered": 0, "sealed": 0}


def test_steps_towards_the_seal_are_in_order(coordinator: Viewer, at: datetime) -> None:
    case = completed(coordinator, date(2012, 9, 3))
    with pytest.raises(Refusal, match="after what came before"):
        actions.sealing_step(case_id=case.pk, step="agency-told", on=date(2012, 9, 2), by=coordinator, at=at)
    made = actions.sealing_step(
        case_id=case.pk, step="agency-told", on=date(2012, 9, 4), by=coordinator, at=at
    )
    assert made.agency_told_on == date(2012, 9, 4)


def test_each_step_is_counted_once_and_the_count_outlives_the_seal(
    signed: DiversionCase, eligible: DiversionCase, coordinator: Viewer, at: datetime
) -> None:
    actions.end(case_id=signed.pk, outcome="failed", by=coordinator, at=at)
    tallies = {(t.stage, t.group): t.number for t in DiversionTally.objects.all()}
    assert tallies == {(stage, "hispanic"): 1 for stage in ("eligible", "offered", "signed", "failed")}
    assert {tally.quarter for tally in DiversionTally.objects.all()} == {date(2012, 7, 1)}
    assert {field.name for field in DiversionTally._meta.concrete_fields} == {
        "id",
        "quarter",
        "counted",
        "group",
        "stage",
        "reason",
        "number",
        "invented",
    }


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"no_seat": 40, "victim": 20}, {40, 20, 0}),
        ({"no_seat": 40, "victim": 3}, {None, 0}),  # the total is known: 40 of 43 would tell of three
        ({"no_seat": 3}, {None}),
    ],
)
def test_reasons_are_hidden_as_if_their_total_were_known(
    counts: dict[str, int], shown: set[int | None]
) -> None:
    assert {count for _reason, count in by_groups._reasons(counts)} <= shown


def test_offers_are_counted_by_group_and_small_counts_hidden(person: Callable[..., Viewer], db: None) -> None:
    quarter = date(2012, 7, 1)
    for group, offered, missed in (("white", 60, 12), ("black", 40, 20), ("asian", 14, 3)):
        for stage, reason, number in (
            ("eligible", "", offered + missed),
            ("offered", "", offered),
            ("not_offered", "no_seat", missed),
        ):
            DiversionTally.objects.create(
                quarter=quarter, counted=quarter, group=group, stage=stage, reason=reason, number=number
            )
    analyst = person("accountability", purpose="accountability")
    found = by_groups.by_group(analyst, quarter, date(2013, 6, 30), on=date(2012, 9, 6))
    assert found.table is not None
    assert found.cases == 149
    row = found.table.of("offered", "Black or African American")
    assert (row.base, row.count) in {(60, 40), (None, 40), (60, None), (None, None)}
    asian = found.table.of("offered", "Asian")
    assert asian.missed is None, "3 of 17 would tell of three"
    assert asian.rate is None
    assert dict(found.reasons)["No place was free"] == 35
    with pytest.raises(AccessDenied):
        by_groups.by_group(person("provider"), quarter, quarter, on=quarter)


def _tallied(counted: date, group: str, stage: str, number: int, reason: str = "") -> None:
    DiversionTally.objects.create(
        quarter=date(2012, 7, 1), counted=counted, group=group, stage=stage, reason=reason, number=number
    )


@pytest.fixture
def july(db: None) -> None:
    """What was counted in July: enough of two groups at each stage."""
    for group, eligible in (("white", 120), ("black", 90)):
        _tallied(date(2012, 7, 1), group, "eligible", eligible)
        _tallied(date(2012, 7, 1), group, "offered", eligible - 40)
        _tallied(date(2012, 7, 1), group, "not_offered", 40, "no_seat")


def _told(person: Callable[..., Viewer], on: date) -> tuple[date | None, int | None, int | None]:
    found = by_groups.by_group(
        person("accountability", purpose="accountability"), date(2012, 7, 1), date(2013, 6, 30), on=on
    )
    if found.table is None:
        return found.until, None, None
    row = found.table.of("offered", "Black or African American")
    return found.until, row.base, dict(found.reasons)["No place was free"]


def test_one_decision_moves_no_number_of_the_table(july: None, person: Callable[..., Viewer]) -> None:
    ends = date(2012, 7, 31), date(2012, 8, 31), date(2012, 9, 30)
    assert _told(person, date(2012, 7, 30)) == (None, None, None), "the month runs"
    before = _told(person, ends[0])
    assert before == (ends[0], 90, 80)
    _tallied(date(2012, 8, 1), "black", "eligible", 1)
    _tallied(date(2012, 8, 1), "black", "not_offered", 1, "no_seat")
    assert _told(person, date(2012, 8, 15)) == before
    assert _told(person, ends[1]) == before, "the earlier table stands"
    _tallied(date(2012, 9, 1), "black", "eligible", 10)
    _tallied(date(2012, 9, 1), "black", "not_offered", 10, "no_seat")
    assert _told(person, date(2012, 9, 29)) == before
    assert _told(person, ends[2]) == (ends[2], 101, 91), "eleven have come together"


@pytest.mark.parametrize("came", [1, 10, 11, 21, 22])
def test_a_later_table_takes_the_place_where_each_part_has_changed_by_eleven(
    july: None, person: Callable[..., Viewer], came: int
) -> None:
    _tallied(date(2012, 8, 1), "black", "eligible", came)
    _tallied(date(2012, 8, 1), "black", "offered", came // 2)
    _tallied(date(2012, 8, 1), "black", "not_offered", came - came // 2, "no_seat")
    is_given = came >= 22  # half of them offered, half not: eleven each
    end = date(2012, 8, 31) if is_given else date(2012, 7, 31)
    assert _told(person, date(2012, 8, 31))[:2] == (end, 90 + came if is_given else 90)


def test_a_window_begins_on_the_first_of_july(person: Callable[..., Viewer]) -> None:
    analyst = person("accountability", purpose="accountability")
    with pytest.raises(ValueError, match="no first of July"):
        by_groups.by_group(analyst, date(2012, 7, 2), date(2013, 6, 30), on=date(2012, 9, 6))
