"""Numbers about work: how much there is, what it costs, and how much of what was recommended is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.examples import build
from schoolward.domains.work.models import LABELS_OF_STATES, WorkItem, WorkKind
from schoolward.domains.work.queries import (
    accepted_ever,
    as_of,
    complete_campuses,
    due_then,
    is_late,
    recommended_campuses,
    verified_date,
)
from schoolward.domains.work.states import OPEN_STATES, State
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure
from schoolward.platform.measures.together import shared

_NONE_YET = _("No work has been entered yet.")
_NO_ESTIMATE = _("None of the open work has an estimate yet.")
_NONE_ACCEPTED = _("No recommendation has been accepted yet.")
_CODE = "M12"

_EXAMPLE = """
    item | kind           | state     | due        | verified   | estimate | actual
    -----|----------------|-----------|------------|------------|----------|-------
    A    | recommendation | verified  | 2012-06-01 | 2012-05-20 | 40000    | 38000
    B    | recommendation | verified  | 2012-06-01 | 2012-07-02 | 10000    | 12000
    C    | recommendation | scheduled | 2012-08-01 |            | 25000    |
    D    | recommendation | declined  | 2012-08-01 |            | 90000    |
    E    | recommendation | proposed  |            |            | 7000     |
    F    | repair         | funded    | 2012-10-01 |            | 3000     |
    G    | repair         | done      | 2012-08-15 |            | 4000     | 4500
    H    | repair         | verified  | 2012-06-15 | 2012-06-10 | 2000     | 2500
"""
_SITES = """
    item | site  | kind           | state    | due        | verified   | estimate | actual
    -----|-------|----------------|----------|------------|------------|----------|-------
    A    | North | recommendation | verified | 2012-06-01 | 2012-05-20 | 40000    | 38000
    B    | North | recommendation | declined | 2012-06-01 |            | 90000    |
    C    | South | recommendation | verified | 2012-06-01 | 2012-07-02 | 10000    | 12000
    D    | South | recommendation | done     | 2012-08-01 |            | 25000    | 25000
    E    | East  | recommendation | declined | 2012-08-01 |            | 25000    |
"""
_PERIOD = (None, None, date(2012, 9, 6))


def _example(value: float | None, *records: str) -> Example:
    return Example(rows=_EXAMPLE, period=_PERIOD, value=value, records=records, build=build)


def _known(period: Period, scope: Scope) -> QuerySet[Any]:
    """All work that was there at the end of the day asked about, with its state then."""
    items = as_of(WorkItem.objects.all(), period.as_of)
    return items if scope.campus_id is None else items.filter(campus_id=scope.campus_id)


def _counted(items: QuerySet[Any], period: Period, scope: Scope, amount: str | None = None) -> Rows:
    return Rows(numerator=items, amount=amount, collected=_any_known(period, scope), missing=_NONE_YET)


@shared
def _any_known(period: Period, scope: Scope) -> bool:
    return _known(period, scope).exists()


@measure(
    key="work.open",
    title=_("Open work"),
    definition=_(
        "Pieces of work that were proposed and neither verified nor declined by the end of the day."
    ),
    unit="pieces of work",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Work that is proposed, accepted, funded, scheduled, or done but not yet verified"),
    denominator="",
    example=_example(4, "C", "E", "F", "G"),
)
def open_work(period: Period, scope: Scope) -> Rows:
    known = _known(period, scope)
    return _counted(known.filter(state_then__in=OPEN_STATES), period, scope)


@measure(
    key="work.overdue",
    title=_("Overdue work"),
    definition=_(
        "Open work whose due date had passed; work that is done and waits to be verified is not overdue."
    ),
    unit="pieces of work",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Work that is proposed, accepted, funded or scheduled and was due before the day"),
    denominator="",
    direction="down",
    example=_example(1, "C"),
)
def overdue_work(period: Period, scope: Scope) -> Rows:
    known = _known(period, scope)
    late = is_late(period.as_of, state="state_then", due="due_then")
    return _counted(due_then(known, period.as_of).filter(late), period, scope)


@measure(
    key="work.cost.estimated",
    title=_("Estimated cost of open work"),
    definition=_("The sum of the estimates of all open work. Work without an estimate adds nothing."),
    unit="US cents",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Estimates of open work"),
    denominator="",
    example=_example(39000, "C", "E", "F", "G"),
)
def estimated_cost(period: Period, scope: Scope) -> Rows:
    open_then = _known(period, scope).filter(state_then__in=OPEN_STATES)
    costed = open_then.filter(estimate_cents__isnull=False)
    # Without a single estimate nobody knows what the open work will cost: that is not nothing.
    is_estimated = costed.exists() or not open_then.exists()
    rows = _counted(costed, period, scope, amount="estimate_cents")
    return rows if is_estimated else replace(rows, collected=False, missing=_NO_ESTIMATE)


@measure(
    key="work.cost.verified",
    title=_("Cost of verified work"),
    definition=_("The sum of what verified work really cost."),
    unit="US cents",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Actual cost of verified work"),
    denominator="",
    example=_example(52500, "A", "B", "H"),
)
def verified_cost(period: Period, scope: Scope) -> Rows:
    known = _known(period, scope)
    return _counted(known.filter(state_then=State.VERIFIED), period, scope, amount="actual_cents")


def _register_state(state: State, label: object, *, value: int, records: tuple[str, ...]) -> None:
    @measure(
        key=f"work.state.{state.value}",
        title=_("Work: %(state)s") % {"state": label},
        definition=_("Pieces of work that stood in the state “%(state)s” at the end of the day.")
        % {"state": label},
        unit="pieces of work",
        at_a_day=True,
        owner=Role.FACILITIES,
        record_class=RecordClass.FACILITY,
        numerator=_("Work in the state “%(state)s”") % {"state": label},
        denominator="",
        example=_example(value, *records),
    )
    def in_state(period: Period, scope: Scope) -> Rows:
        known = _known(period, scope)
        return _counted(known.filter(state_then=state), period, scope)


_IN_EXAMPLE = {
    State.PROPOSED: ("E",),
    State.ACCEPTED: (),
    State.FUNDED: ("F",),
    State.SCHEDULED: ("C",),
    State.DONE: ("G",),
    State.VERIFIED: ("A", "B", "H"),
    State.DECLINED: ("D",),
}
for _state, _label in LABELS_OF_STATES:
    _register_state(
        State(_state), _label, value=len(_IN_EXAMPLE[State(_state)]), records=_IN_EXAMPLE[State(_state)]
    )


def _accepted_recommendations(period: Period, scope: Scope) -> QuerySet[Any]:
    recommendations = _known(period, scope).filter(kind=WorkKind.RECOMMENDATION)
    return accepted_ever(recommendations, period.as_of)


@measure(
    key="recommendations.completion",
    title=_("Recommendations completed"),
    definition=_("Of all recommendations ever accepted, the share that is verified as done, in percent."),
    unit="percent",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Accepted recommendations that are verified"),
    denominator=_("Recommendations ever accepted"),
    code=_CODE,
    direction="up",
    example=_example(50.0, "A", "B"),
)
def completion(period: Period, scope: Scope) -> Rows:
    accepted = _accepted_recommendations(period, scope)
    return Rows(
        numerator=accepted.filter(state_then=State.VERIFIED),
        denominator=accepted,
        factor=100,
        collected=accepted.exists(),
        missing=_NONE_ACCEPTED,
    )


@measure(
    key="recommendations.cost",
    title=_("Cost of completed recommendations"),
    definition=_(
        "The sum of what the accepted recommendations that are verified as done really cost. Repairs and "
        "other work are left out."
    ),
    unit="US cents",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Actual cost of accepted recommendations that are verified"),
    denominator="",
    code=_CODE,
    example=_example(50000, "A", "B"),
)
def completion_cost(period: Period, scope: Scope) -> Rows:
    accepted = _accepted_recommendations(period, scope)
    return Rows(
        numerator=accepted.filter(state_then=State.VERIFIED),
        amount="actual_cents",
        collected=accepted.exists(),
        missing=_NONE_ACCEPTED,
    )


@measure(
    key="recommendations.on_time",
    title=_("Recommendations completed on time"),
    definition=_(
        "Of the accepted recommendations that have fallen due and were not declined, the share "
        "verified on or before the due "
        "date that was agreed first, in percent. Moving a due date does not make late work punctual."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Recommendations verified on or before their first due date"),
    denominator=_("Accepted recommendations whose first due date has passed"),
    code=_CODE,
    direction="up",
    example=_example(100 / 3, "A"),
)
def on_time(period: Period, scope: Scope) -> Rows:
    fallen_due = (
        _accepted_recommendations(period, scope)
        .filter(first_due__lt=period.as_of)
        .exclude(state_then=State.DECLINED)
    )
    punctual = verified_date(fallen_due, period.as_of).filter(
        Q(state_then=State.VERIFIED), verified_then__lte=F("first_due")
    )
    return Rows(
        numerator=punctual,
        denominator=fallen_due,
        factor=100,
        collected=fallen_due.exists(),
        missing=_("No accepted recommendation has fallen due yet."),
    )


@measure(
    key="recommendations.sites_complete",
    title=_("Sites with every recommendation completed"),
    definition=_(
        "Campuses at which every recommendation is decided and every one that was not declined is "
        "verified, held against all "
        "campuses that have recommendations."
    ),
    unit="campuses",
    at_a_day=True,
    owner=Role.FACILITIES,
    record_class=RecordClass.FACILITY,
    numerator=_("Campuses with no recommendation open and at least one verified"),
    denominator="",
    code=_CODE,
    direction="up",
    example=Example(rows=_SITES, period=_PERIOD, value=1, records=("North",), build=build),
)
def sites_complete(period: Period, scope: Scope) -> Rows:
    recommended = recommended_campuses(period.as_of)
    complete = complete_campuses(period.as_of)
    if scope.campus_id is not None:
        recommended = recommended.filter(pk=scope.campus_id)
        complete = complete.filter(pk=scope.campus_id)
    return Rows(
        numerator=complete,
        collected=recommended.exists(),
        missing=_("No site has recommendations yet."),
    )
