"""Rows of worked examples made into young people with referrals. All of them are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from schoolward.domains.cases.models import (
    DAYS_OF,
    FollowUp,
    Referral,
    Service,
    Youth,
    of_referral,
    of_youth,
)
from schoolward.domains.cases.states import told
from schoolward.domains.grants.examples import spend
from schoolward.domains.initiatives.actions import open_initiative
from schoolward.platform.access.models import Agency, AgencyKind, Consent, RecordClass
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


def named(*rows: tuple[str, int]) -> tuple[str, ...]:
    """The names of rows that stand for several: ``named(("Done", 2))`` is Done 1 and Done 2."""
    return tuple(f"{name} {number}" for name, times in rows for number in range(1, times + 1))


def _inside() -> Any:
    return within(Viewer.system(at=timezone.now(), name="example"))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _program() -> Any:
    then = datetime(2010, 9, 1, tzinfo=UTC)
    agency, _made = Agency.objects.get_or_create(
        key="example", defaults={"name": "Example", "kind": AgencyKind.COMMUNITY, "created_at": then}
    )
    provider, _made = apps.get_model("programs.Provider").objects.get_or_create(
        key="example", defaults={"name": "Example", "agency": agency}
    )
    program, _made = apps.get_model("programs.Program").objects.get_or_create(
        key="example", defaults={"title": "Example", "kind": "case", "provider": provider}
    )
    return program


def _each(rows: list[dict[str, str]], label: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (f"{row[label]} {number}", row) for row in rows for number in range(1, int(row["times"] or 1) + 1)
    ]


def _referral(
    *,
    referred: date,
    contacted: date | None = None,
    consented: date | None = None,
    started: date | None = None,
    ended: date | None = None,
    reason: str = "",
    language: str = "en",
) -> Referral:
    program = _program()
    agency = program.provider.agency
    youth = Youth.objects.create(
        agency=agency,
        record_class=RecordClass.EDUCATION,
        legal_name="Invented Person",
        born_on=date(1998, 3, 1),
        home_language=language,
        entered_on=date(2011, 1, 1),
        invented=True,
    )
    consent = None
    if consented is not None:
        consent = Consent.objects.create(
            agency=agency,
            subject=youth.subject,
            record_class=RecordClass.PROTECTED,
            recipient=agency,
            category="program",
            purpose="youth_program",
            given_by="parent",
            valid_from=consented,
            valid_to=consented + timedelta(days=300),
            recorded_at=datetime(2011, 1, 1, tzinfo=UTC),
        )
    open_state = "referred" if contacted is None else "contacted" if consented is None else "consented"
    state = "started" if started is not None else open_state
    if ended is not None:
        state = "ended" if reason else "completed"
    last = max(day for day in (referred, contacted, consented, started, ended) if day is not None)
    return Referral.objects.create(
        **of_youth(youth),
        program=program,
        need="attendance",
        state=state,
        told=told(state, started=started is not None),
        end_reason=reason,
        referred_on=referred,
        contacted_on=contacted,
        consented_on=consented,
        started_on=started,
        ended_on=ended,
        since=last,
        consent=consent,
        invented=True,
    )


def _started(on: date, **fields: Any) -> Referral:
    """A referral that took each step up to the start on the same day."""
    return _referral(referred=on, contacted=on, consented=on, started=on, **fields)


def build_referrals(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make the referrals of the funnel."""
    with _inside():
        return {
            name: _referral(
                referred=date.fromisoformat(row["referred"]),
                contacted=_day(row["contacted"]),
                consented=_day(row["consented"]),
                started=_day(row["started"]),
                ended=_day(row["ended"]),
                reason=row["reason"],
            )
            for name, row in _each(rows, "referral")
        }


def build_follow_ups(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one follow-up a young person."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each(rows, "youth"):
            left, months = date.fromisoformat(row["exit"]), int(row["months"])
            referral = _started(left - timedelta(days=60), ended=left)
            full = left + timedelta(days=DAYS_OF[months])
            made[name] = FollowUp.objects.create(
                **of_referral(referral, RecordClass.PROTECTED),
                months=months,
                full_on=full,
                found=row["found"],
                source="nobody" if row["found"] == "unknown" else "probation",
                on=full,
                invented=True,
            )
    return made


def build_languages(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make referrals that had started and are over."""
    with _inside():
        return {
            name: _started(
                date(2012, 6, 1),
                ended=date(2012, 8, 15),
                reason="" if row["completed"] == "yes" else "left",
                language=row["language"],
            )
            for name, row in _each(rows, "referral")
        }


def build_services(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make one service a young person."""
    made: dict[str, Any] = {}
    with _inside():
        offering = _program().offerings.create(
            number=1, starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 1), place="A place"
        )
        for name, row in _each(rows, "service"):
            made[name] = Service.objects.create(
                **of_referral(_started(date.fromisoformat(row["started"]))),
                offering=offering,
                planned=int(row["planned"]),
                attended=int(row["attended"]),
                invented=True,
            )
    return made


def build_costs(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make completed referrals, and money of the ledger that is tied to their program's initiative."""
    made: dict[str, Any] = {}
    with _inside():
        for name, row in _each([row for row in rows if not row["dollars"]], "what"):
            ended = date.fromisoformat(row["on"])
            made[name] = _started(ended - timedelta(days=30), ended=ended)
    system = Viewer.system(at=timezone.now(), name="example")
    initiative = open_initiative(
        title="Example", key="example", owner_role="program_coordinator", by=system, at=system.at
    )
    paid = _each([row for row in rows if row["dollars"]], "what")
    links = spend(
        f"initiatives.Initiative:{initiative.pk}",
        [(date.fromisoformat(row["on"]), row["dollars"]) for _name, row in paid],
    )
    return {**made, **{name: link for (name, _row), link in zip(paid, links, strict=True)}}
