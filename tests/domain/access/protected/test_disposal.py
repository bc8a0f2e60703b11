"""Schedules, holds and disposals: what is due, who may do what, and that nothing of a record is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, models
from tests.conftest import NOW

from domain.access.protected.comparing import Stage
from domain.access.protected.oracle import Someone
from domain.access.protected.retaining import (
    ABOUT,
    NAME,
    TODAY,
    another,
    approved,
    closed,
    counts,
    hold,
    officer,
    rule,
    set_rule,
)
from domain.access.protected.ward import RETAINED, Ward
from schoolward.platform.access import consenting, sealing
from schoolward.platform.access.models import Agency, Certificate, Consent, Disposal, RetentionSchedule
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import disposals, due, holds, registry, schedules
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

OLD, YOUNG = date(2007, 9, 6), date(2007, 9, 7)


def there(*wards: models.Model) -> list[bool]:
    with within(Viewer.system(at=NOW)):
        return [type(ward)._default_manager.filter(pk=ward.pk).exists() for ward in wards]


def test_what_is_due_is_counted_by_class_agency_and_day(stage: Stage, at: datetime) -> None:
    closed(stage, OLD)
    closed(stage, YOUNG)
    closed(stage, OLD, record_class="police")
    closed(stage, OLD, agency_id=stage.agencies["police"])
    assert counts(officer(stage)) == []
    set_rule(stage, at)
    assert counts(officer(stage)) == [(1, 0)]
    assert counts(officer(stage, "police")) == [(1, 0)]
    assert len(due.due(Viewer.system(at=at))) == 2
    # From the day on which a young person turns 18, by the date of birth.
    closed(stage, OLD, record_class="police", born_on=date(1989, 9, 6))
    closed(stage, OLD, record_class="police", born_on=date(1989, 9, 7))
    set_rule(stage, at, record_class="police", after="turned_18")
    assert counts(officer(stage)) == [(1, 0), (1, 0)]


@pytest.mark.parametrize("covers", ["person", "table", "matter", "record"])
def test_what_is_held_is_never_due(covers: str, stage: Stage, at: datetime) -> None:
    ward = closed(stage, OLD)
    set_rule(stage, at)
    itself = f"access.Ward:{ward.pk}"
    names = {"person": [ABOUT], "table": ["access.Ward"], "matter": [itself, ABOUT]}
    placed = hold(stage, at, *names.get(covers, [itself]), covers="matter" if covers == "record" else covers)
    assert counts(officer(stage)) == [(0, 1)]
    with pytest.raises(Refusal, match="Nothing is due"):
        approved(stage, RetentionSchedule.objects.get(), at)
    holds.lift(hold_id=placed.pk, reason="The claim was settled", by=another(stage), at=at)
    assert counts(officer(stage)) == [(1, 0)]
    with pytest.raises(Refusal, match="lifted already"):
        holds.lift(hold_id=placed.pk, reason="Again", by=officer(stage), at=at)


def test_a_hold_is_on_the_own_agencys_records(stage: Stage, at: datetime) -> None:
    closed(stage, OLD)
    set_rule(stage, at)
    theirs = hold(stage, at, ABOUT, by=officer(stage, "police"))
    assert counts(officer(stage)) == [(1, 0)]
    assert list(holds.holds(officer(stage))) == []
    with pytest.raises(type(theirs).DoesNotExist):
        holds.lift(hold_id=theirs.pk, reason="Not mine", by=officer(stage), at=at)
    everywhere = hold(stage, at, ABOUT, by=Viewer.system(at=at))
    assert counts(officer(stage)) == [(0, 1)]
    with pytest.raises(Refusal, match="operator"):
        holds.lift(hold_id=everywhere.pk, reason="Not mine", by=officer(stage), at=at)


@pytest.mark.parametrize(
    ("covers", "names"),
    [
        ("person", []),
        ("person", [ABOUT, ABOUT]),
        ("person", [NAME]),
        ("table", ["access.Agency"]),
        ("all", ["x"]),
    ],
)
def test_a_hold_that_names_nothing_is_refused(
    covers: str, names: Sequence[str], stage: Stage, at: datetime
) -> None:
    with pytest.raises(Refusal):
        hold(stage, at, *names, covers=covers)


def test_two_persons_dispose_and_a_certificate_stays(stage: Stage, at: datetime) -> None:
    wards = [closed(stage, OLD), closed(stage, OLD), closed(stage, YOUNG)]
    schedule = set_rule(stage, at)
    batch = disposals.propose(schedule_id=schedule.pk, by=officer(stage), at=at)
    assert counts(officer(stage)) == []  # it stands in a batch
    with pytest.raises(Refusal, match="approve the batch first"):
        carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    with pytest.raises(Refusal, match="somebody else reviews"):
        disposals.review(disposal_id=batch.pk, approve=True, note_text="Mine", by=officer(stage), at=at)
    assert list(disposals.waiting(officer(stage))) == []
    assert list(disposals.waiting(another(stage))) == [batch]
    disposals.review(disposal_id=batch.pk, approve=True, note_text="Looked", by=another(stage), at=at)
    certificate = carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    assert there(*wards) == [False, False, True]
    assert (certificate.rows, certificate.table, certificate.record_class) == (2, "access.Ward", "education")
    assert (certificate.schedule.version, certificate.on) == (1, TODAY)
    assert certificate.proposed_by_id == officer(stage).account_id
    assert certificate.reviewed_by_id == another(stage).account_id
    assert batch.rows.count() == 0
    # Done twice is nothing done.
    events = Event.objects.count()
    assert carry_out(disposal_id=batch.pk, by=officer(stage), at=at) == certificate
    assert (Certificate.objects.count(), Event.objects.count()) == (1, events)


def test_sealed_records_are_disposed_of_by_two_persons_and_shown_to_nobody(
    stage: Stage, at: datetime
) -> None:
    system, first, second = Viewer.system(at=at), officer(stage), another(stage)
    wards = [closed(stage, OLD), closed(stage, OLD), closed(stage, YOUNG), closed(stage, OLD)]
    for ward in wards[:3]:
        asked = {"record_name": f"access.Ward:{ward.pk}", "ground": "court_order", "reason": "Order"}
        order = sealing.order(**asked, due_on=TODAY, by=system, at=at)
        sealing.seal(sealing_id=order.pk, by=system, at=at)
    schedule = set_rule(stage, at)
    (told,) = [one for one in due.due(first) if one.schedule == schedule]
    assert (told.count, told.sealed) == (1, 2)
    batch = disposals.propose(schedule_id=schedule.pk, sealed=True, by=first, at=at)
    assert batch.rows.count() == 2
    for viewer in (first, second, system):
        assert disposals.named(disposals.disposals(viewer).get(pk=batch.pk), viewer) == []
    with pytest.raises(Refusal, match="somebody else reviews"):
        disposals.review(disposal_id=batch.pk, approve=True, note_text="Mine", by=first, at=at)
    disposals.review(disposal_id=batch.pk, approve=True, note_text="By the rule", by=second, at=at)
    placed = hold(stage, at, f"access.Ward:{wards[0].pk}", covers="matter")
    with pytest.raises(Refusal, match="held"):
        carry_out(disposal_id=batch.pk, by=second, at=at)
    holds.lift(hold_id=placed.pk, reason="Settled", by=first, at=at)
    certificate = carry_out(disposal_id=batch.pk, by=second, at=at)
    assert (certificate.rows, certificate.table) == (2, "access.Ward")
    with within(system, sealing=True):
        left = set(
            Ward.including_sealed.filter(pk__in=[ward.pk for ward in wards]).values_list("pk", flat=True)
        )
    assert left == {wards[2].pk, wards[3].pk}  # too young, and not sealed
    shown = str(list(Event.objects.filter(action__contains="dispos").values_list("subject", "detail")))
    assert all(f"access.Ward:{ward.pk}" not in shown for ward in wards[:3])


def test_a_row_is_taken_out_with_a_reason(stage: Stage, at: datetime) -> None:
    ward, kept = closed(stage, OLD), closed(stage, OLD)
    batch = approved(stage, set_rule(stage, at), at)
    row = batch.rows.get(number=kept.pk)
    with pytest.raises(Refusal):
        disposals.take_out(row_id=row.pk, reason=" ", by=officer(stage), at=at)
    disposals.take_out(row_id=row.pk, reason="Still asked for", by=officer(stage), at=at)
    with pytest.raises(Refusal, match="out of the batch already"):
        disposals.take_out(row_id=row.pk, reason="Again", by=officer(stage), at=at)
    assert carry_out(disposal_id=batch.pk, by=another(stage), at=at).rows == 1
    assert there(ward, kept) == [False, True]
    assert [row.taken_out_reason for row in batch.rows.all()] == ["Still asked for"]
    assert counts(officer(stage)) == [(1, 0)]


def test_a_refused_batch_sets_its_rows_free(stage: Stage, at: datetime) -> None:
    closed(stage, OLD)
    schedule = set_rule(stage, at)
    batch = disposals.propose(schedule_id=schedule.pk, by=officer(stage), at=at)
    disposals.review(disposal_id=batch.pk, approve=False, note_text="Too early", by=another(stage), at=at)
    assert counts(officer(stage)) == [(1, 0)]
    for again in (True, False):
        with pytest.raises(Refusal, match="reviewed already"):
            disposals.review(disposal_id=batch.pk, approve=again, note_text="x", by=another(stage), at=at)
    with pytest.raises(Refusal, match="approve the batch first"):
        carry_out(disposal_id=batch.pk, by=another(stage), at=at)


@pytest.mark.parametrize("what", ["held", "reopened", "to be sealed", "the rule ended"])
def test_what_changed_since_the_review_stops_it(what: str, stage: Stage, at: datetime) -> None:
    ward, other = closed(stage, OLD), closed(stage, OLD)
    batch = approved(stage, set_rule(stage, at), at)
    if what == "held":
        hold(stage, at, f"access.Ward:{ward.pk}", covers="matter")
    elif what == "the rule ended":
        set_rule(stage, at, valid_from=TODAY + timedelta(days=1))
        at += timedelta(days=1)
    elif what == "to be sealed":
        system = Viewer.system(at=at)
        sealing.order(
            record_name=f"access.Ward:{ward.pk}",
            ground="court_order",
            reason="Order",
            due_on=TODAY,
            by=system,
            at=at,
        )
    else:
        on_table = " ON tests_ward" if connection.vendor == "postgresql" else ""
        with within(Viewer.system(at=at)), connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER tests_ward_fixed{on_table}")
            Ward.objects.filter(pk=ward.pk).update(closed_on=None)
    with pytest.raises(Refusal, match=r"1 record is held|ended meanwhile"):
        carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    assert there(ward, other) == [True, True]
    assert not Certificate.objects.exists()


def test_what_breaks_in_the_middle_leaves_nothing_half_done(
    stage: Stage, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wards = [closed(stage, OLD), closed(stage, OLD)]
    batch = approved(stage, set_rule(stage, at), at)
    events = Event.objects.count()

    def killed(**_certificate: object) -> None:
        assert there(*wards) == [False, False]
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Certificate.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    assert there(*wards) == [True, True]
    assert (Disposal.objects.get().state(), batch.rows.count()) == ("approved", 2)
    assert Event.objects.count() == events
    assert carry_out(disposal_id=batch.pk, by=another(stage), at=at).rows == 2


def test_what_else_holds_the_content_is_erased_in_the_same_transaction(
    stage: Stage, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward = closed(stage, OLD)
    batch = approved(stage, set_rule(stage, at), at)
    erased: list[tuple[list[int], bool]] = []

    def erase(numbers: Sequence[int], by: Viewer, at: datetime) -> None:
        erased.append((list(numbers), connection.in_atomic_block))

    declared = registry.Retained("access.Ward", RETAINED.events, erase)
    monkeypatch.setitem(registry._retained, "access.Ward", declared)
    carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    assert erased == [([ward.pk], True)]


def test_consents_are_disposed_of(stage: Stage, at: datetime) -> None:
    scope = consenting.Scope(
        subject=ABOUT,
        recipient=Agency.objects.get(pk=stage.agencies["police"]),
        category="health",
        purpose="records",
        given_by="parent",
        valid_from=date(2006, 9, 1),
        valid_to=date(2007, 9, 1),
    )
    consent = consenting.record_consent(scope=scope, by=officer(stage), at=at)
    schedule = set_rule(stage, at, table="access.Consent", record_class="protected")
    batch = approved(stage, schedule, at)
    assert [name for _row, name in disposals.named(batch, officer(stage))] == [f"access.Consent:{consent.pk}"]
    assert [name for _row, name in disposals.named(batch, another(stage))] == [""]  # no relation, no name
    carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    assert there(consent) == [False]
    with within(Viewer.system(at=at)):
        assert not Consent.including_sealed.filter(pk=consent.pk).exists()


def test_who_may_do_what(stage: Stage, at: datetime) -> None:
    provider = stage.viewer(Someone("provider", "partner", "records", None, "provider@partner"))
    for asks in (schedules.schedules, holds.holds, due.due, disposals.disposals, disposals.certificates):
        with pytest.raises(AccessDenied):
            asks(provider)  # type: ignore[operator]
    with pytest.raises(AccessDenied):
        set_rule_as(another(stage), at)
    closed(stage, OLD)
    schedule = set_rule(stage, at)
    with pytest.raises(AccessDenied):
        disposals.propose(schedule_id=schedule.pk, by=another(stage), at=at)
    with pytest.raises(Refusal, match="not a program"):
        disposals.propose(schedule_id=schedule.pk, by=Viewer.system(at=at), at=at)
    batch = disposals.propose(schedule_id=schedule.pk, by=officer(stage), at=at)
    with pytest.raises(Refusal, match="not a program"):
        disposals.review(disposal_id=batch.pk, approve=True, note_text="x", by=Viewer.system(at=at), at=at)
    with pytest.raises(Disposal.DoesNotExist):
        disposals.review(
            disposal_id=batch.pk, approve=True, note_text="x", by=officer(stage, "police"), at=at
        )


def set_rule_as(by: Viewer, at: datetime) -> RetentionSchedule:
    return schedules.set_schedule(rule=rule(), by=by, at=at)
