"""Reading an ordinance from its JSON file; every fault is named by its place in the file and its mend."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schoolward.analysis.alarm_fees.days import BusinessDays, Holiday
from schoolward.analysis.alarm_fees.ordinance import (
    ANY_TYPE,
    TYPES,
    AppealRule,
    DayKind,
    Edition,
    Exclusion,
    Ordinance,
    PaymentRule,
    PermitFees,
    Schedule,
    Tier,
    Unpermitted,
    UnpermittedMode,
    Window,
    WindowKind,
)
from schoolward.analysis.alarm_fees.parts import OrdinanceProblem, Part, read_choice, read_day

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_ordinance(text: str | bytes) -> Ordinance:
    """Read an ordinance from JSON. Raises OrdinanceProblem."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OrdinanceProblem(f"The rules are not JSON: {error}.") from None
    top = Part(value, "")
    zone = top.text("time_zone")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise OrdinanceProblem(
            f"time_zone “{zone}” is not known; write one as America/Los_Angeles."
        ) from None
    editions = sorted(top.each("editions", _edition), key=lambda edition: edition.valid_from)
    if not editions:
        raise OrdinanceProblem("editions is empty; an ordinance has at least one edition.")
    for earlier, later in pairwise(editions):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise OrdinanceProblem(
                f"The edition from {earlier.valid_from} overlaps the one from {later.valid_from}; "
                "give the earlier one a valid_to before that day."
            )
    ordinance = Ordinance(top.text("key"), top.text("title"), zone, top.text("source"), tuple(editions))
    top.finish()
    return ordinance


def _edition(value: Any, place: str) -> Edition:
    part = Part(value, place)
    valid_from = part.day("valid_from", required=True)
    valid_to = part.day("valid_to")
    assert valid_from is not None  # noqa: S101 - required, so that it is there
    if valid_to is not None and valid_to < valid_from:
        raise OrdinanceProblem(f"{place}.valid_to {valid_to} is before valid_from {valid_from}.")
    schedules = None
    if part.get("schedules", "missing") is not None:
        schedules = tuple(part.each("schedules", _schedule))
        _check_types(schedules, place)
    edition = Edition(
        valid_from=valid_from,
        valid_to=valid_to,
        window=_window(part.get("window"), part.at("window")),
        schedules=schedules,
        exclusions=tuple(part.each("exclusions", lambda item, at: read_choice(item, Exclusion, at))),
        until_reset=part.flag("signals_until_reset_count_once", False),
        grace_days=part.number("grace_days_after_installation", 0),
        unpermitted=_unpermitted(part.part("unpermitted")),
        permits=_permits(part.part("permits")),
        payment=_payment(part.part("payment")),
        appeal=_appeal(part.part("appeal")),
        notice_days=part.number("notice_days_after_alarm", 0),
        business_days=BusinessDays(
            tuple(part.each("holidays", _holiday)), tuple(part.each("holiday_dates", read_day))
        ),
        citation=part.text("citation", ""),
        from_text=part.texts("from_text"),
        assumed=part.texts("assumed"),
    )
    part.finish()
    return edition


def _window(value: Any, place: str) -> Window:
    part = Part(value, place)
    kind = part.choice("kind", WindowKind)
    length = 0
    if kind is WindowKind.ROLLING_DAYS:
        length = part.number("days", least=1)
    elif kind is WindowKind.ROLLING_MONTHS:
        length = part.number("months", least=1, most=1200)
    part.finish()
    return Window(kind, length)


def _schedule(value: Any, place: str) -> Schedule:
    part = Part(value, place)
    types = part.texts("types")
    for kind in types:
        if kind not in (*TYPES, ANY_TYPE):
            raise OrdinanceProblem(f"{place}.types holds “{kind}”; types are {', '.join(TYPES)} and *.")
    if not types:
        raise OrdinanceProblem(f"{place}.types is empty; name the types of alarm, or * for all others.")
    tiers = tuple(part.each("tiers", _tier))
    if not tiers or any(a.first >= b.first for a, b in pairwise(tiers)):
        raise OrdinanceProblem(f"{place}.tiers must be there and rise in “from”, as 1, 4, 6.")
    schedule = Schedule(types, tiers, part.flag("each_type_by_itself", False))
    part.finish()
    return schedule


def _check_types(schedules: Sequence[Schedule], place: str) -> None:
    named = [kind for schedule in schedules for kind in schedule.types]
    for kind in named:
        if named.count(kind) > 1:
            raise OrdinanceProblem(f"{place}.schedules names “{kind}” twice; one schedule decides a type.")


def _tier(value: Any, place: str) -> Tier:
    part = Part(value, place)
    tier = Tier(part.number("from", least=1), part.cents("cents"))
    part.finish()
    return tier


def _unpermitted(part: Part | None) -> Unpermitted | None:
    if part is None:
        return None
    found = Unpermitted(
        part.cents("cents"),
        part.choice("mode", UnpermittedMode),
        part.number("waive_first", 0),
        part.number("waive_if_permit_within_days", 0),
    )
    part.finish()
    return found


def _permits(part: Part | None) -> dict[str, PermitFees]:
    found: dict[str, PermitFees] = {}
    if part is None:
        return found
    for kind in part.value:
        fees = part.part(kind)
        if fees is None:
            continue
        found[kind] = PermitFees(
            fees.cents("first_cents", 0),
            fees.cents("renewal_cents", 0),
            fees.cents("late_renewal_cents", 0),
            fees.cents("reinstatement_cents", 0),
            fees.number("term_months", 12, least=1, most=1200),
        )
        fees.finish()
    return found


def _payment(part: Part | None) -> PaymentRule:
    if part is None:
        return PaymentRule()
    found = PaymentRule(
        part.number("due_days", 30),
        part.cents("late_fee_cents", 0),
        part.flag("unpaid_cancels_permit", False),
    )
    part.finish()
    return found


def _appeal(part: Part | None) -> AppealRule | None:
    if part is None:
        return None
    found = AppealRule(
        part.number("days", least=1),
        part.choice("day_kind", DayKind, DayKind.CALENDAR),
        part.number("decision_days", 0),
        part.choice("decision_day_kind", DayKind, DayKind.CALENDAR),
        part.flag("extends_to_business_day", False),
    )
    part.finish()
    return found


def _holiday(value: Any, place: str) -> Holiday:
    part = Part(value, place)
    month = part.number("month", least=1, most=12)
    shift = part.number("shift", 0, least=-7, most=7)
    part.get("name")
    if part.get("weekday") is None:
        day = part.number("day", least=1, most=31)
        holiday = Holiday(month, day_of_month=day, shift=shift, observed=part.flag("observed", True))
    else:
        name = part.text("weekday").lower()
        if name not in _WEEKDAYS:
            raise OrdinanceProblem(f"{place}.weekday is “{name}”; write {', '.join(_WEEKDAYS)}.")
        nth = part.number("nth", least=-4, most=4)
        if nth == 0:
            raise OrdinanceProblem(f"{place}.nth is 0; write 1 for the first, -1 for the last.")
        holiday = Holiday(month, weekday=_WEEKDAYS.index(name), nth=nth, shift=shift)
    part.finish()
    try:
        holiday.in_year(2023)  # not a leap year: a holiday that is not there every year is a slip
    except ValueError as error:
        raise OrdinanceProblem(f"{place} is no day of every year: {error}.") from None
    return holiday


def edition_notes(ordinance: Ordinance) -> list[Mapping[str, Any]]:
    """Return for each edition its days, its citation, what is from the text and what is assumed."""
    return [
        {
            "valid_from": edition.valid_from.isoformat(),
            "valid_to": edition.valid_to.isoformat() if edition.valid_to else None,
            "citation": edition.citation,
            "from_text": list(edition.from_text),
            "assumed": list(edition.assumed),
        }
        for edition in ordinance.editions
    ]
