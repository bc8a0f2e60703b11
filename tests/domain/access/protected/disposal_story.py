"""A story of due, held and reviewed records, told through the actions; it says what goes wrong first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from domain.access.protected.comparing import Stage
from domain.access.protected.retaining import TODAY, another, closed, hold, officer, set_rule
from domain.access.protected.ward import Ward
from schoolward.platform.access import sealing
from schoolward.platform.access.models import Disposal, RetentionSchedule
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import carrying_out, disposals, due, holds, schedules
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

OLD = date(2007, 9, 6)


class Wrong(Exception):
    """Something went by that should not have, or did not where it should."""


@contextmanager
def refused(what: str, kinds: type[Exception] = Refusal, *, words: str = "") -> Iterator[None]:
    """Whatever is done in the block is refused, in words that somebody can read."""
    try:
        with transaction.atomic():
            yield
    except kinds as refusal:
        is_so(what, words in str(refusal), True)
        return
    except Exception as other:
        raise Wrong(f"{what}: {other!r}") from other
    raise Wrong(what)


def is_so(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise Wrong(f"{what}: {found}, not {expected}")


def story(stage: Stage, at: datetime) -> str:
    """What goes wrong first, in a transaction that is undone; empty while every guard stands."""
    found = ""
    with transaction.atomic():
        try:
            _story(stage, at)
        except Wrong as wrong:
            found = str(wrong)
        transaction.set_rollback(True)
    return found


def _story(stage: Stage, at: datetime) -> None:
    first, second, system = officer(stage), another(stage), Viewer.system(at=at)
    good = [closed(stage, OLD, subject=f"access.Ward:95{n}").pk for n in range(3)]
    closed(stage, OLD + timedelta(days=1))
    closed(stage, OLD, record_class="police")
    closed(stage, OLD, agency_id=stage.agencies["police"])
    closed(stage, OLD, subject="access.Ward:960")
    matter = closed(stage, OLD, subject="access.Ward:961")
    to_seal = closed(stage, OLD, subject="access.Ward:962")
    hold(stage, at, "access.Ward:960")
    hold(stage, at, f"access.Ward:{matter.pk}", covers="matter")
    hold(stage, at, "access.Ward:950", by=officer(stage, "police"))
    lifted = hold(stage, at, "access.Ward:951")
    holds.lift(hold_id=lifted.pk, reason="Settled", by=first, at=at)
    order = {"record_name": f"access.Ward:{to_seal.pk}", "ground": "court_order", "reason": "Order"}
    sealing.order(**order, due_on=TODAY, by=system, at=at)
    schedule = set_rule(stage, at)
    is_so("due", sorted(_due(schedule, first)), good)
    with refused("a program proposes", Refusal):
        disposals.propose(schedule_id=schedule.pk, by=system, at=at)
    with refused("who may not proposes", AccessDenied):
        disposals.propose(schedule_id=schedule.pk, by=second, at=at)
    batch = disposals.propose(schedule_id=schedule.pk, by=first, at=at)
    is_so("listed", sorted(batch.rows.values_list("number", flat=True)), good)
    with refused("listed twice"):
        disposals.propose(schedule_id=schedule.pk, by=first, at=at)
    _reviewed(batch, stage, at)
    _carried_out(batch, good, stage, at)
    _of_age(stage, at)


def only_looking(viewer: Viewer) -> Viewer:
    """By a token that opens the pages and no action."""
    return replace(viewer, scopes=frozenset({"retention.view"}))


def _due(schedule: RetentionSchedule, by: Viewer) -> list[int]:
    with within(by):
        return list(due.free_of(due.past_its_years(schedule, by), schedule).values_list("pk", flat=True))


def _reviewed(batch: Disposal, stage: Stage, at: datetime) -> None:
    first, second = officer(stage), another(stage)
    review = {"disposal_id": batch.pk, "approve": True, "note_text": "Looked", "at": at}
    with refused("carried out before its review", words="approve the batch"):
        carrying_out.carry_out(disposal_id=batch.pk, by=second, at=at)
    with refused("reviewed by the proposer"):
        disposals.review(by=first, **review)
    with refused("reviewed by a program"):
        disposals.review(by=Viewer.system(at=at), **review)
    with refused("reviewed by another agency", Disposal.DoesNotExist):
        disposals.review(by=another(stage, "police"), **review)
    with refused("reviewed without permission", AccessDenied):
        disposals.review(by=only_looking(second), **review)
    disposals.review(by=second, **review)
    with refused("reviewed twice"):
        disposals.review(by=second, **review)


def _carried_out(batch: Disposal, good: list[int], stage: Stage, at: datetime) -> None:
    first, second = officer(stage), another(stage)
    out = batch.rows.get(number=good[2])
    disposals.take_out(row_id=out.pk, reason="Asked for", by=first, at=at)
    with refused("taken out twice"):
        disposals.take_out(row_id=out.pk, reason="Asked for", by=first, at=at)
    # A hold from between: refused, until it is lifted.
    late = hold(stage, at, f"access.Ward:{good[0]}", covers="matter")
    with refused("held since the review"):
        carrying_out.carry_out(disposal_id=batch.pk, by=second, at=at)
    holds.lift(hold_id=late.pk, reason="Settled", by=first, at=at)
    with refused("held as a table, since the review"):
        hold(stage, at, "access.Ward", covers="table")
        carrying_out.carry_out(disposal_id=batch.pk, by=second, at=at)
    with refused("by a rule that has ended"):
        set_rule(stage, at, valid_from=TODAY + timedelta(days=1))
        tomorrow = at + timedelta(days=1)
        carrying_out.carry_out(disposal_id=batch.pk, by=second, at=tomorrow)
    with refused("carried out without permission", AccessDenied):
        carrying_out.carry_out(disposal_id=batch.pk, by=only_looking(second), at=at)
    done = carrying_out.carry_out(disposal_id=batch.pk, by=second, at=at)
    is_so("certified", (done.rows, done.record_class), (2, "education"))
    with within(Viewer.system(at=at)):
        is_so("left", list(Ward.objects.filter(pk__in=good).values_list("pk", flat=True)), [good[2]])
    is_so("the batch's list", list(batch.rows.values_list("number", flat=True)), [good[2]])
    try:
        again = carrying_out.carry_out(disposal_id=batch.pk, by=first, at=at)
    except Exception as broken:
        raise Wrong(f"done twice: {broken!r}") from broken
    is_so("done twice", again.pk, done.pk)


def _of_age(stage: Stage, at: datetime) -> None:
    """Five years after the 18th birthday."""
    by = officer(stage)
    old = closed(stage, OLD, record_class="public", born_on=date(1989, 9, 6))
    closed(stage, OLD, record_class="public", born_on=date(1989, 9, 7))
    schedule = set_rule(stage, at, record_class="public", after="turned_18")
    is_so("of age", _due(schedule, by), [old.pk])
    later = set_rule(stage, at, record_class="public", years=50, valid_from=TODAY + timedelta(days=1))
    is_so("in force", list(schedules.live(TODAY).filter(pk__in=[schedule.pk, later.pk])), [schedule])
    tomorrow = schedules.live(TODAY + timedelta(days=1))
    is_so("in force later", list(tomorrow.filter(pk__in=[schedule.pk, later.pk])), [later])
