"""The statement of fees by hand: ordinals, amounts, permits, appeals; and our own cases as events."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domain.alarms.conftest import Person
from tests.domain.alarms.reduction.alarm_history import closed, moment

from schoolward.analysis.alarm_fees import State, read_events
from schoolward.domains.alarms.actions.permits import (
    AppealIsThere,
    AppealMissing,
    DaysWrong,
    NoFee,
    NumberTaken,
    decide_appeal,
    file_appeal,
    keep_permit,
)
from schoolward.domains.alarms.actions.refusals import ReasonMissing, TextMissing, ValueUnknown
from schoolward.domains.alarms.models import AlarmSystem, Case, Permit, Zone
from schoolward.domains.alarms.ordinances import ordinance, ordinance_keys, ordinance_of
from schoolward.domains.alarms.queries.fees import fee_event, fee_events, statement
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Account
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.writers import write_csv

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = date(2012, 9, 6)
AT = moment(TODAY, "07:30")
LEAD = Viewer.system(at=AT)


@pytest.fixture
def zone(system: AlarmSystem) -> Zone:
    found: Zone = system.zones.get(number="4")
    return found


@pytest.fixture
def permit(system: AlarmSystem) -> Permit:
    return Permit.objects.create(
        system=system, ordinance="demonstration", number="1", issued_on=date(2012, 1, 1)
    )


def dispatched(zone: Zone, day: date, **fields: Any) -> Case:
    """A false alarm to which police were sent."""
    return closed(zone, day, **({"police_dispatched_at": moment(day, "18:40")} | fields))


def six(zone: Zone) -> list[Case]:
    return [dispatched(zone, date(2012, 2, 1) + timedelta(days=10 * index)) for index in range(6)]


def amounts(as_of: date = TODAY) -> list[tuple[int, int | None, State]]:
    (part,) = statement(LEAD, as_of=as_of).parts
    lines = sorted(part.lines, key=lambda line: line.case.opened_at)
    return [(line.assessed.ordinal, line.assessed.claimed_cents, line.assessed.state) for line in lines]


def test_ordinals_and_amounts(zone: Zone, permit: Permit) -> None:
    six(zone)
    free, due = State.FREE, State.DUE
    assert amounts() == [
        (1, 0, free),
        (2, 0, free),
        (3, 5000, due),
        (4, 5000, due),
        (5, 10000, due),
        (6, 10000, due),
    ]
    found = statement(LEAD, as_of=TODAY)
    assert (found.counted, found.claimed_cents, found.owed_cents) == (6, 30000, 30000)


def test_more_alarms_ask_no_more_questions(
    zone: Zone, permit: Permit, person: Person, client: Client
) -> None:
    """Whatever a page or an export asks of a case is read with the statement."""
    client.force_login(Account.objects.get(pk=person("lead").account_id), backend=BACKEND)

    def asked() -> dict[str, int]:
        found = {}
        for query in ("", "?export=csv", "?export=xlsx"):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(reverse("alarms:fees") + query)
                body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
            assert answer.status_code == 200
            assert body
            found[query or "page"] = sum('"alarms_case"' in one["sql"] for one in queries)
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/api/v1/alarms/fees")
        assert response.status_code == 200
        return found | {"api": sum('"alarms_case"' in one["sql"] for one in queries)}

    dispatched(zone, date(2012, 1, 15))
    few = asked()
    six(zone)
    assert asked() == few


def test_a_granted_appeal_moves_later_ones_up(zone: Zone, permit: Permit) -> None:
    cases = six(zone)
    file_appeal(case_id=cases[2].pk, filed_on=date(2012, 2, 28), grounds="A test", by=LEAD, at=AT)
    assert amounts()[2] == (3, 5000, State.APPEALED)
    assert statement(LEAD, as_of=TODAY).owed_cents == 25000
    decide_appeal(case_id=cases[2].pk, decided_on=date(2012, 3, 9), outcome="granted", by=LEAD, at=AT)
    assert amounts()[2:] == [
        (0, 0, State.VOID_ON_APPEAL),
        (3, 5000, State.DUE),
        (4, 5000, State.DUE),
        (5, 10000, State.DUE),
    ]
    decide_appeal(case_id=cases[2].pk, decided_on=date(2012, 3, 9), outcome="denied", by=LEAD, at=AT)
    assert amounts()[2] == (3, 5000, State.DUE)


def test_what_is_not_false_or_not_sent_to_does_not_count(zone: Zone, permit: Permit) -> None:
    day = date(2012, 3, 1)
    closed(zone, day)
    dispatched(zone, day, disposition="crime", cause="intruder")
    dispatched(zone, day, disposition="test", cause="test")
    dispatched(zone, day, disposition="technical", cause="equipment")
    dispatched(zone, day, state="waiting", disposition="", cause="", closed_at=None)
    assert amounts() == []


def test_without_a_permit_in_force_there_is_a_surcharge(zone: Zone, permit: Permit) -> None:
    permit.ends_on = date(2012, 2, 10)
    permit.save()
    six(zone)
    assert [cents for _nth, cents, _state in amounts()] == [0, 7500, 12500, 12500, 17500, 17500]


def test_an_appeal_counts_from_the_day_on_which_it_was_filed(zone: Zone, permit: Permit) -> None:
    cases = six(zone)
    file_appeal(case_id=cases[2].pk, filed_on=date(2012, 3, 1), grounds="A test", by=LEAD, at=AT)
    assert amounts(date(2012, 2, 29))[2][2] is State.DUE
    assert amounts(date(2012, 3, 1))[2][2] is State.APPEALED


def test_the_ordinance_comes_from_the_permit_then_from_the_jurisdiction(
    zone: Zone, system: AlarmSystem, site: Campus
) -> None:
    six(zone)
    (part,) = statement(LEAD, as_of=TODAY).parts
    assert part.ordinance.key == "sacramento-city-ca"
    assert part.over_all.unknown_amounts == 6
    assert part.lines[0].assessed.claimed_cents is None
    site.jurisdiction = "county"
    site.save()
    found = statement(LEAD, as_of=TODAY)
    assert (found.parts, found.without) == ((), (system,))
    Permit.objects.create(system=system, ordinance="stockton-ca", number="9", issued_on=date(2012, 1, 1))
    assert [part.ordinance.key for part in statement(LEAD, as_of=TODAY).parts] == ["stockton-ca"]


def test_every_ordinance_can_be_read() -> None:
    assert [ordinance(key).key for key in ordinance_keys()] == list(ordinance_keys())
    assert ordinance_of("city", date(2011, 12, 31)) == ""
    assert ordinance_of("city", date(2012, 1, 1)) in ordinance_keys()
    assert ordinance_of("county", date(2022, 1, 1)) in ordinance_keys()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"dispatched": False, "cancelled": "no", "cause": "hvac", "type": "burglary"}),
        ({"police_dispatched_at": AT}, {"dispatched": True, "cancelled": "no"}),
        ({"aborted_at": AT}, {"dispatched": False, "cancelled": "before_dispatch"}),
        ({"aborted_at": AT, "police_dispatched_at": AT}, {"cancelled": "before_arrival"}),
        ({"signal_kind": "hold_up"}, {"type": "robbery"}),
        ({"signal_kind": "gas"}, {"type": "other"}),
        ({"disposition": "unfounded", "cause": "unknown"}, {"disposition": "false", "cause": "not_stated"}),
        ({"cause": "contractor"}, {"cause": "other"}),
        ({"cause": "power"}, {"cause": "power_outage"}),
        (
            {"state": "waiting", "disposition": "", "cause": "", "closed_at": None},
            {"disposition": "unknown", "cause": "not_stated"},
        ),
    ],
)
def test_a_case_as_an_event(zone: Zone, fields: dict[str, Any], expected: dict[str, Any]) -> None:
    event = fee_event(closed(zone, date(2012, 3, 1), **fields))
    assert {name: getattr(event, name) for name in expected} == expected


def test_our_events_are_read_as_they_were_written(zone: Zone) -> None:
    six(zone)
    events = list(fee_events(LEAD))
    names = ("event", "time", "system", "type", "disposition", "dispatched", "cancelled", "weather", "cause")
    rows = [
        [value.isoformat() if name == "time" else value for name in names for value in [getattr(one, name)]]
        for one in events
    ]
    found, report = read_events(io.BytesIO(b"".join(write_csv(names, rows))), "America/Los_Angeles")
    assert not report.problems
    assert sorted(found.rows(), key=lambda one: one.event) == sorted(events, key=lambda one: one.event)


def keep(system: AlarmSystem, **fields: Any) -> str:
    values = {"ordinance": "stockton-ca", "number": "A-1", "issued_on": date(2012, 1, 1)}
    return keep_permit(system_id=system.pk, by=LEAD, at=AT, **(values | fields)).outcome


def test_a_permit_is_kept_once(system: AlarmSystem) -> None:
    assert [keep(system), keep(system), keep(system, ends_on=date(2012, 12, 31))] == [
        "created",
        "unchanged",
        "updated",
    ]
    assert Permit.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"ordinance": "nowhere"}, ValueUnknown),
        ({"number": "  "}, TextMissing),
        ({"ends_on": date(2011, 12, 31)}, DaysWrong),
        ({"cancelled_on": date(2011, 12, 31)}, DaysWrong),
    ],
)
def test_permits_that_are_refused(
    system: AlarmSystem, fields: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        keep(system, **fields)


def test_a_number_belongs_to_one_system(system: AlarmSystem, other_site: Campus) -> None:
    keep(system)
    other = AlarmSystem.objects.create(line=system.line, account="0099", campus=other_site, changed_at=AT)
    with pytest.raises(NumberTaken):
        keep(other)


def test_appeals_that_are_refused(zone: Zone, permit: Permit, person: Person) -> None:
    free = dispatched(zone, date(2012, 2, 1))
    dispatched(zone, date(2012, 2, 2))
    case = dispatched(zone, date(2012, 3, 1))
    with pytest.raises(NoFee):
        file_appeal(case_id=free.pk, filed_on=TODAY, grounds="A test", by=LEAD, at=AT)
    told = {"case_id": case.pk, "by": LEAD, "at": AT}
    with pytest.raises(AppealMissing):
        decide_appeal(decided_on=TODAY, outcome="granted", **told)
    with pytest.raises(ReasonMissing):
        file_appeal(filed_on=TODAY, grounds=" ", **told)
    for day in (date(2012, 2, 29), TODAY + timedelta(days=1)):
        with pytest.raises(DaysWrong):
            file_appeal(filed_on=day, grounds="A test", **told)
    file_appeal(filed_on=date(2012, 3, 5), grounds="A test", **told)
    with pytest.raises(AppealIsThere):
        file_appeal(filed_on=date(2012, 3, 5), grounds="A test", **told)
    with pytest.raises(DaysWrong):
        decide_appeal(decided_on=date(2012, 3, 4), outcome="granted", **told)
    with pytest.raises(ValueUnknown):
        decide_appeal(decided_on=TODAY, outcome="perhaps", **told)
    with pytest.raises(AccessDenied):
        file_appeal(case_id=case.pk, filed_on=TODAY, grounds="A test", by=person("alarm_operator"), at=AT)
