"""What false alarms cost: the ordinance of each system, and the statement that it makes of our own cases.

Fees are never stored. They are computed anew from cases, permits and appeals, so that a late disposition, a
permit or a decision changes what it touches and nothing else (`analysis.alarm_fees`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from schoolward.analysis import alarm_fees
from schoolward.analysis.alarm_fees import Assessment, Assessments, Ordinance, Total
from schoolward.domains.alarms.models import AlarmSystem, Appeal, Case, CaseKind, Cause, Disposition, Permit
from schoolward.domains.alarms.models import SignalKind as Kind
from schoolward.domains.alarms.ordinances import ordinance, ordinance_of
from schoolward.domains.alarms.queries.cases import ACTIVATIONS
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

_NEEDED: Final = (
    "number",
    "system_id",
    "opened_at",
    "opened_on",
    "signal_kind",
    "disposition",
    "cause",
    "police_dispatched_at",
    "aborted_at",
    "generated",
)
"""What the engine, the pages and the exports ask of a case. Anything else would cost a query a case."""
_TYPES: Final = {
    Kind.BURGLARY: "burglary",
    Kind.TAMPER: "burglary",
    Kind.HOLD_UP: "robbery",
    Kind.PANIC: "panic",
    Kind.FIRE: "fire",
    Kind.MEDICAL: "medical",
}
_DISPOSITIONS: Final = {
    Disposition.CRIME: "crime",
    Disposition.ATTEMPT: "attempt",
    Disposition.EMERGENCY: "emergency",
    Disposition.TEST: "test",
    Disposition.FALSE: "false",
    Disposition.UNFOUNDED: "false",
}
_CAUSES: Final = {
    Cause.USER_ERROR: "user",
    Cause.STAFF_ON_SITE: "user",
    Cause.EQUIPMENT: "equipment",
    Cause.ANIMAL: "animals",
    Cause.HVAC: "hvac",
    Cause.DECORATION: "decorations",
    Cause.POWER: "power_outage",
    Cause.LINE: "telephone_line",
    Cause.UNKNOWN: "not_stated",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One alarm of the statement: its case, its system, and what it came to."""

    case: Case
    system: AlarmSystem
    assessed: Assessment
    appeal: Appeal | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one ordinance comes to, with the systems that it holds for."""

    ordinance: Ordinance
    systems: tuple[AlarmSystem, ...]
    lines: tuple[Line, ...]
    charges: tuple[alarm_fees.Charge, ...]
    by_system: tuple[tuple[AlarmSystem, Total], ...]
    by_year: tuple[Total, ...]
    over_all: Total
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """All fees as of a day, one part an ordinance; and the systems for which none is known."""

    as_of: date
    parts: tuple[Part, ...]
    without: tuple[AlarmSystem, ...]

    @property
    def claimed_cents(self) -> int:
        """What is asked for all alarms, in cents."""
        return sum(part.over_all.claimed_cents for part in self.parts)

    @property
    def owed_cents(self) -> int:
        """What is neither paid nor appealed, in cents."""
        return sum(part.over_all.owed_cents for part in self.parts)

    @property
    def permit_cents(self) -> int:
        """What the permits themselves cost, in cents."""
        return sum(part.over_all.permit_cents for part in self.parts)

    @property
    def counted(self) -> int:
        """How many alarms count as false."""
        return sum(part.over_all.false_alarms for part in self.parts)


def permits(viewer: Viewer) -> QuerySet[Permit]:
    """The permits that the viewer may see, the newest first."""
    return visible(Permit.objects.select_related("system__campus", "system__line"), viewer).order_by(
        "-issued_on", "system__campus__name", "pk"
    )


def appeals(viewer: Viewer) -> QuerySet[Appeal]:
    """The appeals that the viewer may see, the newest first."""
    return visible(Appeal.objects.select_related("case__campus", "case__system"), viewer).order_by(
        "-filed_on", "pk"
    )


def name_of(system: AlarmSystem) -> str:
    """The system as fee files name it: its account, with the line where that is not the main one."""
    return alarm_fees.system_name(system.account, system.line.name)


def fee_cases(viewer: Viewer) -> QuerySet[Case]:
    """The cases that an ordinance is asked about: everything that was set off, tests with notice as well."""
    found = Case.objects.filter(
        kind=CaseKind.ALARM, signal_kind__in=ACTIVATIONS, is_test=False, system__isnull=False
    ).exclude(disposition=Disposition.TECHNICAL)
    return visible(found, viewer).select_related("system__line", "campus").order_by("opened_at", "pk")


def fee_event(case: Case) -> alarm_fees.Event:
    """A case as the fee engine is told of it.

    A case that was called off before anybody was sent was "cancelled before dispatch"; one called off after
    that, "before arrival", because an arrival is not kept. Weather is never said to be violent: whoever pays
    appeals with that.
    """
    assert case.system is not None  # noqa: S101 - `fee_cases` filters
    sent = case.police_dispatched_at is not None
    cancelled = "no"
    if case.aborted_at is not None:
        cancelled = "before_arrival" if sent else "before_dispatch"
    return alarm_fees.Event(
        event=case.number,
        time=case.opened_at,
        system=name_of(case.system),
        type=_TYPES.get(Kind(case.signal_kind), "other"),
        disposition=_DISPOSITIONS.get(Disposition(case.disposition), "unknown")
        if case.disposition
        else "unknown",
        dispatched=sent,
        cancelled=cancelled,
        cause=_CAUSES.get(Cause(case.cause), "other") if case.cause else "not_stated",
    )


def fee_events(viewer: Viewer) -> Iterator[alarm_fees.Event]:
    """All cases as the fee engine is told of them, the oldest first."""
    return (fee_event(case) for case in fee_cases(viewer).iterator(chunk_size=1000))


def ordinance_keys_of(systems: Iterable[AlarmSystem], held: Iterable[Permit], on: date) -> dict[int, str]:
    """By system: the ordinance of its newest permit, else that of its jurisdiction; ``""`` for none."""
    newest: dict[int, Permit] = {}
    for permit in sorted(held, key=lambda one: (one.issued_on, one.pk)):
        if permit.issued_on <= on:
            newest[permit.system_id] = permit
    return {
        system.pk: newest[system.pk].ordinance
        if system.pk in newest
        else ordinance_of(system.campus.jurisdiction, on)
        for system in systems
    }


def statement(viewer: Viewer, *, as_of: date, campus_id: int | None = None) -> Statement:
    """What false alarms cost as of a day, of one site or of all that the viewer sees."""
    systems = visible(AlarmSystem.objects.select_related("campus", "line"), viewer)
    if campus_id is not None:
        systems = systems.filter(campus_id=campus_id)
    held = list(systems.order_by("campus__name", "account"))
    owned = [permit for permit in permits(viewer) if permit.system_id in {system.pk for system in held}]
    keys = ordinance_keys_of(held, owned, as_of)
    by_pk = {system.pk: system for system in held}
    cases: dict[int, list[Case]] = defaultdict(list)
    # A history has many cases and few systems: each system is read once, and not again with every case.
    rows = fee_cases(viewer).select_related(None).filter(system_id__in=list(by_pk))
    for case in rows.only(*_NEEDED):
        case.system = by_pk[case.system_id or 0]
        cases[case.system.pk].append(case)
    by_case = {appeal.case_id: appeal for appeal in visible(Appeal.objects.all(), viewer)}
    parts = []
    for key in sorted({key for key in keys.values() if key}):
        chosen = [system for system in held if keys[system.pk] == key]
        parts.append(_part(ordinance(key), chosen, owned, cases, by_case, as_of))
    return Statement(as_of, tuple(parts), tuple(system for system in held if not keys[system.pk]))


def appeal_by(case: Case, viewer: Viewer, *, as_of: date) -> date | None:
    """The last day on which the fee for a case could or can be appealed; ``None`` where no rule names one."""
    line = _line_of(case, viewer, as_of)
    return None if line is None else line.assessed.appeal_by


def has_fee(case: Case, viewer: Viewer, *, as_of: date) -> bool:
    """Whether a case costs something as of a day; also where it counts and its amount is not known."""
    line = _line_of(case, viewer, as_of)
    return line is not None and line.assessed.counts and line.assessed.claimed_cents != 0


def _line_of(case: Case, viewer: Viewer, as_of: date) -> Line | None:
    found = statement(viewer, as_of=as_of, campus_id=case.campus_id)
    return next((line for part in found.parts for line in part.lines if line.case.pk == case.pk), None)


def _part(
    rules: Ordinance,
    systems: list[AlarmSystem],
    held: list[Permit],
    cases: dict[int, list[Case]],
    by_case: dict[int, Appeal],
    as_of: date,
) -> Part:
    by_name = {name_of(system): system for system in systems}
    by_number = {case.number: case for system in systems for case in cases.get(system.pk, ())}
    events = alarm_fees.Events.of(fee_event(case) for case in by_number.values())
    told = [
        alarm_fees.Appeal(
            case.number,
            appeal.filed_on,
            appeal.decided_on,
            alarm_fees.Outcome(appeal.outcome) if appeal.outcome else None,
        )
        for case in by_number.values()
        if (appeal := by_case.get(case.pk)) is not None
    ]
    owned = [
        alarm_fees.Permit(
            system=name_of(permit.system),
            number=permit.number,
            starts_on=permit.issued_on,
            issued_on=permit.issued_on,
            ends_on=permit.ends_on,
            cancelled_on=permit.cancelled_on,
        )
        for permit in held
        if name_of(permit.system) in by_name and permit.ordinance == rules.key
    ]
    # Payments are the city's books, not ours: nothing is said to be late.
    result = alarm_fees.assess(rules, events, as_of=as_of, permits=owned, appeals=told)
    lines = []
    for place in _places(result):
        one = result[place]
        case = by_number[one.event]
        lines.append(Line(case, by_name[one.system], one, by_case.get(case.pk)))
    lines.sort(key=lambda line: (line.case.opened_at, line.case.pk), reverse=True)
    totals = result.totals()
    return Part(
        ordinance=rules,
        systems=tuple(systems),
        lines=tuple(lines),
        charges=result.charges,
        by_system=tuple(
            (by_name[total.system], total)
            for total in totals
            if total.system is not None and total.year is None
        ),
        by_year=tuple(total for total in totals if total.system is None and total.year is not None),
        over_all=totals[-1],
        cautions=tuple(
            sentence
            for sentence in alarm_fees.warnings(result, events, owned, told, None)
            if "payments" not in sentence
        ),
    )


def _places(result: Assessments) -> list[int]:
    """Every alarm that counts, also the free ones, and those that an appeal struck out."""
    return sorted({*result.counted.tolist(), *result.notable().tolist()})


__all__ = [
    "Line",
    "Part",
    "Statement",
    "appeal_by",
    "appeals",
    "fee_cases",
    "fee_event",
    "fee_events",
    "has_fee",
    "name_of",
    "ordinance_keys_of",
    "permits",
    "statement",
]
