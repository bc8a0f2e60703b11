"""What was delivered of what was planned: sessions, minutes, dosage, and whether it was taught as written."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.examples import build_checks, build_sessions
from schoolward.domains.programs.kinds import WITH_DOSAGE
from schoolward.domains.programs.measures.counting import (
    NONE_YET,
    left_out,
    of_scope,
    reported,
    sessions,
    within,
)
from schoolward.domains.programs.models import FidelityCheck, Session, SessionState
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Example, Rows, measure

_PERIOD = (date(2012, 8, 27), date(2012, 9, 6), date(2012, 9, 6))
_IN_MONTHS = (date(2012, 7, 1), date(2012, 9, 30), date(2012, 9, 30))  # as students are counted


@measure(
    key="programs.sessions_held",
    title=_("Program sessions held"),
    definition=_(
        "Of all sessions of youth programs whose day lies in the time and of which somebody has said what "
        "became, the share that was held, in percent. Sessions that nobody has reported are left out "
        "and named."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.PUBLIC,
    numerator=_("Sessions held"),
    denominator=_("Sessions held or cancelled"),
    by_program="offering__program__key",
    direction="up",
    example=Example(
        rows="""
            session | kind       | on         | state
            --------|------------|------------|----------
            First   | curriculum | 2012-08-27 | held
            Second  | curriculum | 2012-08-29 | cancelled
            Day     | event      | 2012-09-01 | held
            Silent  | team       | 2012-09-05 | planned
            Later   | team       | 2012-09-10 | planned
            Before  | team       | 2012-08-20 | held
            Last    | class      | 2012-09-06 | held
        """,
        period=_PERIOD,
        value=75.0,
        records=("First", "Day", "Last"),
        build=build_sessions,
    ),
)
def sessions_held(period: Period, scope: Scope) -> Rows:
    rows = sessions(period, scope)
    told = reported(rows)
    return Rows(
        numerator=told.filter(state=SessionState.HELD),
        denominator=told,
        factor=100,
        needs_denominator=True,
        missing=NONE_YET,
        note=left_out(rows),
    )


@measure(
    key="programs.sessions_uncounted",
    title=_("Program sessions not reported"),
    definition=_(
        "Sessions of youth programs whose day has come and of which nobody has said whether they were held."
    ),
    unit="sessions",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.PUBLIC,
    numerator=_("Sessions without a report"),
    denominator="",
    by_program="offering__program__key",
    direction="down",
    example=Example(
        rows="""
            session | kind       | on         | state
            --------|------------|------------|----------
            First   | curriculum | 2012-08-27 | held
            Silent  | team       | 2012-09-05 | planned
            Today   | event      | 2012-09-06 | planned
            Later   | team       | 2012-09-10 | planned
        """,
        period=_PERIOD,
        value=2,
        records=("Silent", "Today"),
        build=build_sessions,
    ),
)
def sessions_uncounted(period: Period, scope: Scope) -> Rows:
    rows = sessions(period, scope)
    return Rows(
        numerator=rows.filter(state=SessionState.PLANNED),
        collected=Session.objects.exists(),
        missing=_("No session has been planned yet."),
    )


@measure(
    key="programs.minutes_delivered",
    title=_("Program minutes delivered"),
    definition=_(
        "Of all minutes that sessions of teams, curricula and classes were planned for, the share "
        "that was held, "
        "in percent. A cancelled session was planned and not held; one that nobody reported is left "
        "out and named."
    ),
    unit="percent",
    parts_unit="minutes",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.PUBLIC,
    numerator=_("Minutes of sessions held"),
    denominator=_("Minutes planned of sessions held or cancelled"),
    by_program="offering__program__key",
    direction="up",
    example=Example(
        rows="""
            session | kind       | on         | state     | planned | minutes
            --------|------------|------------|-----------|---------|--------
            First   | curriculum | 2012-08-27 | held      | 50      | 45
            Second  | curriculum | 2012-08-29 | cancelled | 50      |
            Third   | team       | 2012-09-05 | held      | 100     | 105
            Silent  | team       | 2012-09-06 | planned   | 100     |
            Day     | event      | 2012-09-01 | held      | 240     | 240
        """,
        period=_PERIOD,
        value=75.0,
        records=("First", "Third"),
        build=build_sessions,
    ),
)
def minutes_delivered(period: Period, scope: Scope) -> Rows:
    rows = sessions(period, scope, *WITH_DOSAGE)
    told = reported(rows)
    return Rows(
        numerator=told.filter(state=SessionState.HELD),
        amount="minutes_held",
        denominator=told,
        denominator_amount="minutes_planned",
        factor=100,
        needs_denominator=True,
        missing=NONE_YET,
        note=left_out(rows),
    )


@measure(
    key="programs.dosage",
    title=_("Dosage delivered"),
    definition=_(
        "Of all places at sessions of teams, curricula and classes that were there for those "
        "registered, the share "
        "at which somebody came, in percent: heads counted, held against the number registered, over "
        "sessions held "
        "or cancelled. Sessions that nobody reported, or of whose groups nobody knows the size, are left out."
    ),
    unit="percent",
    parts_unit="attendances",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Heads counted at sessions held"),
    denominator=_("Registered for sessions held or cancelled"),
    code="M37",
    to_site="offering__campus",
    by_program="offering__program__key",
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            session | kind       | on         | state     | came | expected
            --------|------------|------------|-----------|------|---------
            First   | curriculum | 2012-09-03 | held      | 18   | 20
            Second  | curriculum | 2012-08-29 | cancelled |      | 20
            Third   | curriculum | 2012-09-05 | held      | 15   | 20
            Unsized | team       | 2012-09-05 | held      | 9    |
            Silent  | curriculum | 2012-09-06 | planned   |      |
            Day     | event      | 2012-09-01 | held      | 80   |
        """,
        period=_IN_MONTHS,
        value=55.0,
        records=("First", "Third"),
        build=build_sessions,
    ),
)
def dosage(period: Period, scope: Scope) -> Rows:
    rows = sessions(period, scope, *WITH_DOSAGE)
    told = reported(rows).filter(expected__isnull=False)
    return Rows(
        numerator=told.filter(state=SessionState.HELD),
        amount="attended",
        denominator=told,
        denominator_amount="expected",
        factor=100,
        needs_denominator=True,
        missing=_("No session of a registered group has been counted or cancelled yet."),
        note=left_out(rows),
    )


@measure(
    key="programs.fidelity",
    title=_("Taught as written"),
    definition=_(
        "Of all items that fidelity checklists looked at in the time, the share that was met, in "
        "percent, whoever "
        "filled them in. It tells about the teaching, never about young people."
    ),
    unit="percent",
    parts_unit="items",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.PUBLIC,
    numerator=_("Items met"),
    denominator=_("Items looked at"),
    by_program="offering__program__key",
    direction="up",
    example=Example(
        rows="""
            check  | on         | observed | met
            -------|------------|----------|----
            First  | 2012-08-29 | 20       | 18
            Second | 2012-09-05 | 20       | 12
            Later  | 2012-09-12 | 20       | 20
        """,
        period=_PERIOD,
        value=75.0,
        records=("First", "Second"),
        build=build_checks,
    ),
)
def fidelity(period: Period, scope: Scope) -> Rows:
    rows = of_scope(within(FidelityCheck.objects.all(), "on", period), scope, "offering__")
    return Rows(
        numerator=rows,
        amount="items_met",
        denominator=rows,
        denominator_amount="items_observed",
        factor=100,
        needs_denominator=True,
        missing=_("No fidelity checklist of the time has been entered yet."),
    )
