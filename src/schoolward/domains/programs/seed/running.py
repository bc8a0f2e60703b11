"""Offerings of the demonstration with their sessions and counts, invented by a generator that starts
alike."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from schoolward.domains.places.queries import campus_names
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import (
    CancelReason,
    Cohort,
    FidelityCheck,
    Offering,
    Program,
    Session,
    SessionCount,
    SessionState,
)
from schoolward.platform.demo.registry import SeedContext

WINTER = (date(2011, 12, 19), date(2012, 1, 2))
SPRING = (date(2012, 4, 2), date(2012, 4, 6))
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OWN = ("program", "site", "every_weeks", "minutes", "came", "counted_to", "cohorts", "fidelity")
_CANCELLED_IN_HUNDRED = 6


def make_offerings(raws: list[dict[str, Any]], programs: dict[str, Program], context: SeedContext) -> int:
    """Make every offering with its groups, sessions, counts and checks; the number of sessions."""
    chance = random.Random(context.random_seed)  # noqa: S311 - invented data, the same every time
    campuses = {name: pk for pk, name in campus_names().items()}
    numbers: dict[str, int] = {}
    sessions = 0
    for raw in raws:
        program = programs[raw["program"]]
        numbers[program.key] = numbers.get(program.key, 0) + 1
        site = next((pk for name, pk in campuses.items() if name.startswith(raw.get("site", "\0"))), None)
        offering = Offering.objects.create(
            program=program,
            number=numbers[program.key],
            campus_id=site,
            # A site that the installation does not have is still a place.
            **({} if site is not None or "place" in raw else {"place": raw["site"]}),
            **{name: value for name, value in raw.items() if name not in _OWN},
            invented=True,
        )
        cohorts = [
            Cohort.objects.create(offering=offering, number=number, size=size, invented=True)
            for number, size in enumerate(raw.get("cohorts", ()), start=1)
        ]
        FidelityCheck.objects.bulk_create(
            FidelityCheck(offering=offering, invented=True, **check) for check in raw.get("fidelity", ())
        )
        sessions += _make_sessions(offering, cohorts, raw, chance, context)
    return sessions


def _make_sessions(
    offering: Offering,
    cohorts: list[Cohort],
    raw: dict[str, Any],
    chance: random.Random,
    context: SeedContext,
) -> int:
    groups: list[Cohort | None] = list(cohorts) or [None]
    counted_to = raw.get("counted_to", context.today - timedelta(days=1))
    rows, number = [], 0
    for day in _days(offering, raw):
        for cohort in groups:
            number += 1
            session = Session(
                offering=offering,
                cohort=cohort,
                number=number,
                on=day,
                minutes_planned=_minutes(offering, raw),
                invented=True,
            )
            if day <= counted_to and "came" in raw:
                _happen(session, raw, chance)
            rows.append(session)
    Session.objects.bulk_create(rows)
    SessionCount.objects.bulk_create(
        SessionCount(
            session=session,
            receipt=uuid5(NAMESPACE_URL, f"demonstration:{offering.reference}:{session.number}"),
            minutes=session.minutes_held or 0,
            attended=session.attended or 0,
            adults=session.adults,
            on=session.on,
            at=datetime.combine(session.on, time(18), tzinfo=timezone.get_default_timezone()),
            by_name=context.by.account_name,
            invented=True,
        )
        for session in rows
        if session.state == SessionState.HELD
    )
    return len(rows)


def _days(offering: Offering, raw: dict[str, Any]) -> list[date]:
    """The days on which it meets: its only day, or its weekdays outside of the holidays."""
    if offering.starts_on == offering.ends_on:
        return [offering.starts_on]
    wanted = {_WEEKDAYS.index(day) for day in offering.days.split(",")}
    span = [
        offering.starts_on + timedelta(days=n)
        for n in range((offering.ends_on - offering.starts_on).days + 1)
    ]
    chosen = [
        day
        for day in span
        if day.weekday() in wanted and not any(first <= day <= last for first, last in (WINTER, SPRING))
    ]
    return chosen[:: raw.get("every_weeks", 1)]


def _minutes(offering: Offering, raw: dict[str, Any]) -> int:
    if "minutes" in raw:
        return int(raw["minutes"])
    assert offering.begins is not None  # noqa: S101 - shipped data have both hours
    assert offering.ends is not None  # noqa: S101
    begins, ends = offering.begins, offering.ends
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute


def _happen(session: Session, raw: dict[str, Any], chance: random.Random) -> None:
    """Let a session take place, or not."""
    offering = session.offering
    size = session.cohort.size if session.cohort is not None else offering.registered
    registered = size if shape_of(offering.program.kind).seats else None
    single = offering.starts_on == offering.ends_on
    if not single and chance.randrange(100) < _CANCELLED_IN_HUNDRED:
        session.state = SessionState.CANCELLED
        session.cancel_reason = chance.choice([CancelReason.STAFF, CancelReason.PLACE, CancelReason.SCHOOL])
        session.expected = registered
        return
    came = raw["came"] if single else max(1, raw["came"] + chance.randint(-3, 2))
    session.state = SessionState.HELD
    session.minutes_held = session.minutes_planned - (0 if single else chance.choice([0, 0, 0, 5, 10]))
    session.attended = came if registered is None else min(came, registered)
    session.expected = registered
    if offering.program.parent_required:
        session.adults = session.attended
