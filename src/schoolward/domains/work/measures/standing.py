"""How work stands: open, overdue, by state, and what it costs."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.measures.counting import counted, example, known_work
from schoolward.domains.work.models import LABELS_OF_STATES
from schoolward.domains.work.queries import due_then, is_late
from schoolward.domains.work.states import OPEN_STATES, State
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Rows, measure

_NO_ESTIMATE = _("None of the open work has an estimate yet.")


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
    example=example(4, "C", "E", "F", "G"),
)
def open_work(period: Period, scope: Scope) -> Rows:
    known = known_work(period, scope)
    return counted(known.filter(state_then__in=OPEN_STATES), period, scope)


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
    example=example(1, "C"),
)
def overdue_work(period: Period, scope: Scope) -> Rows:
    known = known_work(period, scope)
    late = is_late(period.as_of, state="state_then", due="due_then")
    return counted(due_then(known, period.as_of).filter(late), period, scope)


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
    example=example(39000, "C", "E", "F", "G"),
)
def estimated_cost(period: Period, scope: Scope) -> Rows:
    open_then = known_work(period, scope).filter(state_then__in=OPEN_STATES)
    costed = open_then.filter(estimate_cents__isnull=False)
    # Without a single estimate nobody knows what the open work will cost: that is not nothing.
    is_estimated = costed.exists() or not open_then.exists()
    rows = counted(costed, period, scope, amount="estimate_cents")
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
    example=example(52500, "A", "B", "H"),
)
def verified_cost(period: Period, scope: Scope) -> Rows:
    known = known_work(period, scope)
    return counted(known.filter(state_then=State.VERIFIED), period, scope, amount="actual_cents")


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
        example=example(value, *records),
    )
    def in_state(period: Period, scope: Scope) -> Rows:
        known = known_work(period, scope)
        return counted(known.filter(state_then=state), period, scope)


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
