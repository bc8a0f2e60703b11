"""Each guard of retention is taken out in turn; a story of due and reviewed records must then go wrong."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from domain.access.protected.comparing import Stage
from domain.access.protected.disposal_story import OLD, story
from domain.access.protected.retaining import another, closed, hold, officer, set_rule
from schoolward.platform.access.models import Disposal, RetentionSchedule
from schoolward.platform.access.retention import carrying_out, disposals, due, holds, schedules
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import deletion, row_security, standing, within

PACKAGE = "schoolward.platform.access.retention"


@dataclass(frozen=True)
class Mutant:
    """A guard, by the function that holds it, and the text that takes it out."""

    name: str
    function: Callable[..., Any]
    guard: str
    instead: str


MUTANTS = (
    Mutant("the schedule has begun", schedules.live, ", valid_from__lte=day", ""),
    Mutant("the schedule has not ended", schedules.live, "valid_to__gte=day", "valid_to__isnull=False"),
    Mutant("years", due.past_its_years, "_until(model, event_path(schedule), last),\n", "\n"),
    Mutant("class", due.past_its_years, "record_class=schedule.record_class,\n", "\n"),
    Mutant("own agency", due.past_its_years, "rows.filter(agency=viewer.agency_id)", "rows"),
    Mutant("of age", due.years_of, "if schedule.after == KeptAfter.TURNED_18", "if False"),
    Mutant("held", due.free_of, ".exclude(held(rows.model))", ""),
    Mutant("to be sealed", due.free_of, ".exclude(pk__in=numbers)", ""),
    Mutant("in another batch", due.free_of, '.exclude(pk__in=listed.values("number"))', ""),
    Mutant("held as a person", holds.held, "Q(subject__in=names) | ", ""),
    Mutant("held by its number", holds.held, " | Q(pk__in=numbers)", ""),
    Mutant("held as a table", holds.held, "Q(pk__isnull=False) if label in names else ", ""),
    Mutant("a hold ends", holds.held, "filter(lifted_at__isnull=True)", "all()"),
    Mutant("a hold of its agency", holds.held, "named & Q(agency=hold.agency_id)", "named"),
    Mutant("who proposes", disposals.propose, "check(by, PROPOSE)", ""),
    Mutant("a person proposes", disposals.propose, "by.account_id is None or by.agency_id is None", "False"),
    Mutant(
        "free ones are proposed",
        disposals.propose,
        "free_of(past_its_years(schedule, by, sealed=sealed), schedule)",
        "past_its_years(schedule, by, sealed=sealed)",
    ),
    Mutant("who reviews", disposals.review, "check(by, REVIEW)", ""),
    Mutant("a person reviews", disposals.review, "by.account_id is None", "False"),
    Mutant("another reviews", disposals.review, "batch.proposed_by_id == by.account_id", "False"),
    Mutant("reviewed once", disposals.review, "batch.reviewed_at is not None", "False"),
    Mutant("batches of the own agency", disposals.disposals, "rows.filter(agency=viewer.agency_id)", "rows"),
    Mutant("taken out once", disposals.take_out, "row.taken_out_at is not None", "False"),
    Mutant("who carries out", carrying_out.carry_out, "check(by, REVIEW)", ""),
    Mutant("once", carrying_out.carry_out, "done is not None", "False"),
    Mutant(
        "approved", carrying_out._carry_out, "not batch.is_approved or batch.reviewed_by_id is None", "False"
    ),
    Mutant(
        "the rule holds",
        carrying_out._carry_out,
        "not live(today(at)).filter(pk=schedule.pk).exists()",
        "False",
    ),
    Mutant("taken out stays", carrying_out._carry_out, "filter(taken_out_at__isnull=True)", "all()"),
    Mutant("judged anew", carrying_out._carry_out, "len(stopped(batch, by))", "0"),
    Mutant("the list goes, too", carrying_out._carry_out, "listed.delete()", "pass"),
    Mutant(
        "the rows go",
        carrying_out._delete,
        "model.including_sealed.filter(pk__in=numbers).delete()[1]",
        "{model._meta.label: len(numbers)}",
    ),
)


def mutate(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the function, wherever it was imported. Fails where the guard is no longer written so."""
    source = textwrap.dedent(inspect.getsource(mutant.function))
    assert source.count(mutant.guard) == 1, f"{mutant.name}: name the guard as it is written now"
    made: dict[str, Any] = {}
    code = compile(source.replace(mutant.guard, mutant.instead), f"<without {mutant.name}>", "exec")
    exec(code, sys.modules[mutant.function.__module__].__dict__, made)  # noqa: S102 - our own source
    name = mutant.function.__name__
    for module in [module for key, module in sys.modules.items() if key.startswith(PACKAGE)]:
        if getattr(module, name, None) is mutant.function:
            monkeypatch.setattr(module, name, made[name])


@pytest.fixture
def first_wall_alone(stage: Stage) -> None:
    """Without the trigger and row-level security, which would stop what a missing guard lets by."""
    connection.check_constraints()
    row_security.tear_down(connection, "tests_ward")
    deletion.tear_down(connection, "tests_ward")


def test_the_story_goes_well_while_all_guards_stand(stage: Stage, at: datetime) -> None:
    assert story(stage, at) == ""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_missing_guard_is_noticed(
    mutant: Mutant, stage: Stage, first_wall_alone: None, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutate(mutant, monkeypatch)
    assert story(stage, at)


CLAUSES = {
    "listed at all": ("_LISTED", "listed.number = OLD.id", "TRUE"),
    "not taken out": ("_LISTED", "AND listed.taken_out_at IS NULL", ""),
    "of this table": ("_LISTED", 'rule."table" = {label}', "TRUE"),
    "of its agency": ("_LISTED", "AND batch.agency_id = OLD.agency_id", ""),
    "approved": ("_LISTED", "AND batch.is_approved", ""),
    "once": ("_LISTED", "AND batch.carried_out_at IS NULL", ""),
    "held": ("_HELD", "{named}", "FALSE"),
    "held as a table": ("_NAMES", "{label}, OLD.subject", "OLD.subject"),
    "held as a person": ("_NAMES", " OLD.subject,", ""),
    "held by its number": ("_NAMES", ", {label} || ':' || OLD.id", ""),
    "a hold ends": ("_HELD", "hold.lifted_at IS NULL AND ", ""),
    "a hold of its agency": ("_HELD", "hold.agency_id = OLD.agency_id", "TRUE"),
}


def let_by(stage: Stage, at: datetime) -> str:
    """The first deletion by bare SQL that the database lets by and should not, or the other way about."""
    first, second = officer(stage), another(stage)
    listed = [closed(stage, OLD, subject=f"access.Ward:95{n}").pk for n in range(6)]
    unlisted = closed(stage, OLD + timedelta(days=1)).pk
    schedule = set_rule(stage, at)
    batch = disposals.propose(schedule_id=schedule.pk, by=first, at=at)
    proposed = _deletes(listed[0])
    disposals.review(disposal_id=batch.pk, approve=True, note_text="Looked", by=second, at=at)
    disposals.take_out(row_id=batch.rows.get(number=listed[1]).pk, reason="Keep", by=first, at=at)
    hold(stage, at, "access.Ward:952")
    hold(stage, at, f"access.Ward:{listed[3]}", covers="matter")
    hold(stage, at, "access.Ward:954", by=officer(stage, "police"))
    holds.lift(hold_id=hold(stage, at, "access.Ward:955").pk, reason="Settled", by=first, at=at)
    went = {
        "proposed": proposed,
        "unlisted": _deletes(unlisted),
        "taken out": _deletes(listed[1]),
        "held as a person": _deletes(listed[2]),
        "held by its number": _deletes(listed[3]),
        "another table's": _another_tables(listed[0], schedule),
        "another agency's": _another_agencys(listed[0], batch, stage),
    }
    rightly = {"another's hold": _deletes(listed[4]), "hold lifted": _deletes(listed[5])}
    hold(stage, at, "access.Ward", covers="table")
    went["held as a table"] = _deletes(listed[0])
    holds.LitigationHold.objects.filter(covers="table").update(
        lifted_at=at, lifted_reason="Settled", lifted_by=None
    )
    rightly["reviewed"] = _deletes(listed[0], stays=True)
    Disposal.objects.update(carried_out_at=at)
    went["done"] = _deletes(listed[0])
    return ", ".join(
        [what for what, did in went.items() if did] + [w for w, did in rightly.items() if not did]
    )


def _deletes(number: int, *, stays: bool = True) -> bool:
    """Whether the database would let this row go; it is put back."""
    from tests.conftest import NOW

    try:
        with within(Viewer.system(at=NOW)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM tests_ward WHERE id = {number}")  # noqa: S608 - a number
            transaction.set_rollback(stays)
    except DatabaseError:
        return False
    return True


def _another_tables(number: int, schedule: RetentionSchedule) -> bool:
    """The same number in a batch of another table."""
    return _with_trigger_down(
        "access_retentionschedule",
        f"""UPDATE access_retentionschedule SET "table" = 'access.Consent' WHERE id = {schedule.pk}""",  # noqa: S608
        number,
    )


def _another_agencys(number: int, batch: Disposal, stage: Stage) -> bool:
    return _with_trigger_down(
        "access_disposal",
        f"UPDATE access_disposal SET agency_id = {stage.agencies['police']} WHERE id = {batch.pk}",  # noqa: S608
        number,
    )


def _with_trigger_down(table: str, change: str, number: int) -> bool:
    """Whether the row would go after a change that only a hole in the other walls could make."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    connection.check_constraints()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_fixed{on_table}")
        cursor.execute(change)
        went = _deletes(number)
        transaction.set_rollback(True)
    return went


def test_the_database_lets_by_what_was_reviewed_and_nothing_else(stage: Stage, at: datetime) -> None:
    assert let_by(stage, at) == ""


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_missing_clause_of_the_wall_is_noticed(
    clause: str, stage: Stage, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, guard, instead = CLAUSES[clause]
    text = getattr(deletion, name)
    assert text.count(guard) == 1
    monkeypatch.setattr(deletion, name, text.replace(guard, instead))
    connection.check_constraints()
    standing.guard_deletion(connection, "tests_ward", "access.Ward")
    assert let_by(stage, at)
