"""Break-glass, consent and the log of who read what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.access.protected.comparing import Stage
from domain.access.protected.oracle import Someone
from domain.access.protected.test_sealing import officer_of_privacy
from domain.access.protected.ward import Ward
from domain.access.protected.worlds import ONE, TWO
from schoolward.platform.access import breaking_glass, consenting, disclosing
from schoolward.platform.access.emergency_readings import readings
from schoolward.platform.access.models import Agency, Consent, Emergency
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event
from schoolward.platform.audit.verify import verify

REASON = "A fight at the gate, one is hurt."


def officer(stage: Stage) -> Viewer:
    return stage.viewer(
        Someone("school_resource_officer", "police", "records", frozenset(), "school_resource_officer@police")
    )


def seen(stage: Stage, viewer: Viewer) -> set[frozenset[str]]:
    with within(viewer):
        rows = visible(Ward.objects.filter(agency=stage.agencies["district"]), viewer)
        return {mask(row, viewer) for row in rows}


def test_it_opens_little_for_three_hours(stage: Stage, at: datetime) -> None:
    me = officer(stage)
    assert seen(stage, me) == set()
    breaking_glass.break_glass(subject=ONE, reason=REASON, by=me, at=at)
    assert seen(stage, me) == {frozenset({"state", "phone"})}
    for hours, expected in ((2.99, 1), (3, 0), (30, 0)):
        later = replace(me, at=at + timedelta(hours=hours))
        assert len(seen(stage, later)) == expected


def test_a_judgement_of_somebody_else_ends_it(stage: Stage, at: datetime) -> None:
    me, judge = officer(stage), officer_of_privacy(stage)
    opened = breaking_glass.break_glass(subject=ONE, reason=REASON, by=me, at=at)
    assert list(breaking_glass.to_review(judge)) == [opened]
    with pytest.raises(AccessDenied):
        breaking_glass.review(emergency_id=opened.pk, judgement="justified", note="Fine.", by=me, at=at)
    own = replace(me, role="lead")
    assert list(breaking_glass.to_review(own)) == []
    with pytest.raises(Emergency.DoesNotExist):
        breaking_glass.review(emergency_id=opened.pk, judgement="justified", note="Fine.", by=own, at=at)
    for wrong in ({"judgement": "maybe"}, {"note": " "}):
        with pytest.raises(Refusal):
            breaking_glass.review(
                **{"judgement": "justified", "note": "Fine.", **wrong},
                emergency_id=opened.pk,
                by=judge,
                at=at,
            )
    breaking_glass.review(
        emergency_id=opened.pk, judgement="not_justified", note="No danger.", by=judge, at=at
    )
    assert seen(stage, me) == set()
    assert list(breaking_glass.to_review(judge)) == []
    with pytest.raises(Emergency.DoesNotExist):
        breaking_glass.review(emergency_id=opened.pk, judgement="justified", note="Fine.", by=judge, at=at)


def test_who_judges_sees_what_was_read(stage: Stage, at: datetime) -> None:
    me, judge = officer(stage), officer_of_privacy(stage)
    opened = breaking_glass.break_glass(subject=ONE, reason=REASON, by=me, at=at)
    assert readings(emergency_id=opened.pk, by=judge) == []
    rows = Ward.objects.filter(agency=stage.agencies["district"]).order_by("pk")
    shown = disclosing.read(rows, me)
    # By another right, and by another person: not by way of the emergency.
    disclosing.read(Ward.objects.filter(subject=ONE).order_by("pk"), Viewer.system(at=at))
    found = readings(emergency_id=opened.pk, by=judge)
    assert [reading.record for reading in found] == [f"access.Ward:{ward.pk}" for ward in shown]
    assert {reading.fields for reading in found} == {("phone", "state")}
    with pytest.raises(Emergency.DoesNotExist):
        readings(emergency_id=opened.pk, by=replace(me, role="lead"))
    with pytest.raises(AccessDenied):
        readings(emergency_id=opened.pk, by=me)


@pytest.mark.parametrize(
    ("subject", "reason", "field"),
    [
        ("Jane", REASON, "subject"),
        (ONE, "", "reason"),
        (ONE, "Please.", "reason"),
        (ONE, f"{REASON} License B1234567", "reason"),
        (ONE, REASON * 40, "reason"),
    ],
)
def test_what_is_not_said_rightly_is_refused(
    subject: str, reason: str, field: str, stage: Stage, at: datetime
) -> None:
    with pytest.raises(Refusal) as refused:
        breaking_glass.break_glass(subject=subject, reason=reason, by=officer(stage), at=at)
    assert refused.value.field == field


def test_nobody_breaks_it_twice_or_as_a_program(stage: Stage, at: datetime) -> None:
    breaking_glass.break_glass(subject=ONE, reason=REASON, by=officer(stage), at=at)
    with pytest.raises(Refusal, match="opened this already"):
        breaking_glass.break_glass(subject=ONE, reason=REASON, by=officer(stage), at=at)
    with pytest.raises(Refusal, match="Only a person"):
        breaking_glass.break_glass(subject=ONE, reason=REASON, by=Viewer.system(at=at), at=at)


def scope(stage: Stage, **change: object) -> consenting.Scope:
    asked = consenting.Scope(
        subject=TWO,
        recipient=Agency.objects.get(pk=stage.agencies["district"]),
        category="health",
        purpose="youth_program",
        given_by="parent",
        valid_from=date(2012, 9, 1),
        valid_to=date(2013, 8, 31),
    )
    return replace(asked, **change)  # type: ignore[arg-type]


def test_a_consent_opens_and_its_withdrawal_closes(stage: Stage, at: datetime) -> None:
    worker = stage.viewer(
        Someone("program_coordinator", "district", "youth_program", None, "program_coordinator@district")
    )

    def counselling_is_read() -> bool:
        with within(worker):
            rows = visible(Ward.objects.filter(subject=TWO, agency=worker.agency_id), worker)
            return {"counselling" in mask(row, worker) for row in rows} == {True}

    assert not counselling_is_read()
    consent = consenting.record_consent(scope=scope(stage), by=worker, at=at)
    assert counselling_is_read()
    consenting.withdraw_consent(consent_id=consent.pk, by=worker, at=at)
    assert not counselling_is_read()
    with pytest.raises(Refusal, match="withdrawn already"):
        consenting.withdraw_consent(consent_id=consent.pk, by=worker, at=at)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": "Jane Doe"}, "subject"),
        ({"category": "everything"}, "category"),
        ({"purpose": "gossip"}, "purpose"),
        ({"given_by": "a neighbor"}, "given_by"),
        ({"valid_to": date(2012, 8, 1)}, "valid_to"),
        ({"valid_to": date(2013, 9, 3)}, "valid_to"),
    ],
)
def test_a_consent_that_makes_no_sense_is_refused(
    change: dict[str, object], field: str, stage: Stage, at: datetime
) -> None:
    with pytest.raises(Refusal) as refused:
        consenting.record_consent(scope=scope(stage, **change), by=officer_of_privacy(stage), at=at)
    assert refused.value.field == field


def test_another_agency_neither_sees_nor_withdraws_it(stage: Stage, at: datetime) -> None:
    consent = consenting.record_consent(scope=scope(stage), by=officer_of_privacy(stage), at=at)
    with pytest.raises(Consent.DoesNotExist):
        consenting.withdraw_consent(consent_id=consent.pk, by=officer_of_privacy(stage, "police"), at=at)


def test_the_log_says_who_read_what_and_nothing_of_others(stage: Stage, at: datetime) -> None:
    me = officer(stage)
    breaking_glass.break_glass(subject=ONE, reason=REASON, by=me, at=at)
    rows = disclosing.read(Ward.objects.order_by("pk"), me, fields=frozenset({"state", "note"}), stop=3)
    read_by_lead = disclosing.read(
        Ward.objects.filter(subject__in=[ONE, TWO]).order_by("pk"),
        stage.viewer(Someone("lead", "district", "records", None, "lead@district")),
    )
    assert len(rows) == 3
    log = disclosing.disclosures(ONE, by=officer_of_privacy(stage))
    of_district = [row for row in rows if stage.rows[row.pk].agency == "district"]
    of_lead = [row for row in read_by_lead if stage.rows[row.pk].subject == ONE]
    assert {(row.state, row.note, row.subject, row.recovery) for row in rows} == {("open", None, None, None)}
    assert len(log) == len(of_district) + len(of_lead)
    assert {(one.agency, one.fields) for one in log} == {
        ("district", ("note", "state")),
        *([("police", ("state",))] if of_district else []),
    }
    assert "school_resource_officer@police" not in repr(log)
    assert {event.subject for event in Event.objects.filter(action=disclosing.READ)} == {ONE, TWO}
    assert Event.objects.filter(action="access.disclosures_read", subject=ONE).count() == 1
    assert not [fault for fault in verify().faults if "anchor" not in fault.kind]


def test_what_is_read_is_on_the_record_or_not_read(
    stage: Stage, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the chain is closed")

    monkeypatch.setattr(disclosing, "record_many", refuse)
    with pytest.raises(RuntimeError, match="closed"):
        disclosing.read(Ward.objects.order_by("pk"), Viewer.system(at=at))
