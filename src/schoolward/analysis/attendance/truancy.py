"""From a pupil's days to what the law calls them, and to what the district has to do by when.

The law speaks of classification by days (48260) and of reports that were filed (48261, 48262). So the days
say what must be reported, and what was done says how far it went: nothing is deemed habitual on absences
alone. Each duty carries the rule that held on the day on which it arose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolward.analysis.attendance.marks import Series, Status
from schoolward.analysis.school_days import IsSchoolDay, school_year, weekdays
from schoolward.analysis.statutes import Statute, Statutes


class State(StrEnum):
    """What the law calls the pupil on a day, for what was absent and done in that school year."""

    NONE = "none"
    TRUANT = "truant"
    HABITUAL = "habitual"
    CHRONIC = "chronic"


class DutyKind(StrEnum):
    """What the district has to do."""

    REPORT = "report"
    NOTICE = "notice"
    CONFERENCE = "conference"
    SARB_NOTICE = "sarb_notice"


class DutyState(StrEnum):
    """How a duty stands on a day."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A full day, or more than so many minutes of one, without a valid excuse."""

    on: date
    full_day: bool


@dataclass(frozen=True)
class Deeds:
    """What was done, by day: reports filed, notices sent, efforts for a conference, the board's matters."""

    reports: tuple[date, ...] = ()
    notices: tuple[date, ...] = ()
    conferences: tuple[date, ...] = ()
    sarb_referrals: tuple[date, ...] = ()
    sarb_notices: tuple[date, ...] = ()

    def within(self, first: date, last: date) -> Deeds:
        """What was done in a time, both days included, in the order of days."""

        def held(days: Iterable[date]) -> tuple[date, ...]:
            return tuple(sorted(day for day in days if first <= day <= last))

        return Deeds(
            held(self.reports),
            held(self.notices),
            held(self.conferences),
            held(self.sarb_referrals),
            held(self.sarb_notices),
        )


@dataclass(frozen=True)
class Duty:
    """One thing to do: since when, by when (``None``: nobody names a day), and when it was done."""

    kind: DutyKind
    number: int
    statute: Statute
    arises_on: date
    due_on: date | None
    done_on: date | None

    def state(self, on: date) -> DutyState:
        """How it stands at the end of a day."""
        last = self.due_on
        if self.done_on is not None and self.done_on <= on:
            return DutyState.DONE if last is None or self.done_on <= last else DutyState.DONE_LATE
        return DutyState.OPEN if last is None or on <= last else DutyState.LATE


@dataclass(frozen=True)
class Truancy:
    """How a pupil stands on a day of a school year.

    ``unfounded_reports`` were filed without anything that had to be reported; they count for nothing.
    ``chronic_rule`` is the rule of the share ``unexcused`` / ``enrolled``, and ``wanting`` names what the
    district has not done yet of what that rule makes a condition.
    """

    on: date
    state: State
    since: date | None
    occasions: tuple[Occasion, ...]
    duties: tuple[Duty, ...]
    reports: tuple[date, ...]
    unfounded_reports: tuple[date, ...]
    habitual_on: date | None
    enrolled: int
    unexcused: int
    reaches_chronic: bool
    wanting: tuple[DutyKind, ...]

    @property
    def may_be_referred(self) -> bool:
        """Whether the review board may be asked (48263)."""
        return self.habitual_on is not None

    @property
    def open_duties(self) -> tuple[Duty, ...]:
        """What is still to be done, what is due first before the rest."""
        waiting = [duty for duty in self.duties if duty.done_on is None]
        return tuple(sorted(waiting, key=lambda duty: (duty.due_on or date.max, duty.kind, duty.number)))


def truancy(
    series: Series,
    deeds: Deeds,
    statutes: Statutes,
    *,
    on: date,
    is_school_day: IsSchoolDay = weekdays,
) -> Truancy:
    """How a pupil stands at the end of the day ``on``. Days and deeds after it, or of other years, are not
    looked at. ``is_school_day`` tells the due dates."""
    first, _last = school_year(on)
    days, done = series.between(first, on), deeds.within(first, on)
    occasions = tuple(_occasions(days, statutes))
    reports = list(_reports(occasions, done.reports, statutes, is_school_day))
    filed = tuple(duty.done_on for duty in reports if duty.done_on is not None)
    others = [
        *_once(DutyKind.NOTICE, "notice", reports[:1], done.notices, statutes, is_school_day),
        *_conference(filed, done.conferences, statutes, is_school_day),
        *_board(done, statutes, is_school_day),
    ]
    habitual_on = _habitual_on(filed, others, statutes)
    marks = list(days)
    unexcused = sum(mark.status is Status.UNEXCUSED for mark in marks)
    rule = statutes.find("chronic-truant", on)
    reaches = rule is not None and bool(marks) and unexcused * 100 >= len(marks) * (rule.percent or 0)
    duties = (*reports, *others)
    wanting = tuple(
        kind
        for kind in DutyKind
        if (kind is not DutyKind.SARB_NOTICE and not any(duty.kind is kind for duty in duties))
        or any(duty.kind is kind and duty.done_on is None for duty in duties)
    )
    state, since = State.NONE, None
    if habitual_on is not None:
        # Chronic only on top of habitual: 48263.6 makes it a condition that 48262 was complied with.
        state = State.CHRONIC if reaches and not wanting else State.HABITUAL
        since = habitual_on
    elif reports:
        state, since = State.TRUANT, reports[0].arises_on
    return Truancy(
        on,
        state,
        since,
        occasions,
        duties,
        filed,
        tuple(_left(done.reports, filed)),
        habitual_on,
        len(marks),
        unexcused,
        reaches,
        wanting,
    )


def _occasions(days: Series, statutes: Statutes) -> Iterator[Occasion]:
    for mark in days:
        rule = statutes.find("truant", mark.on)
        if rule is None:
            continue
        if mark.status is Status.UNEXCUSED:
            yield Occasion(mark.on, full_day=True)
        elif rule.over_minutes is not None and mark.minutes_missed > rule.over_minutes:
            yield Occasion(mark.on, full_day=False)


def _reports(
    occasions: Sequence[Occasion], filed: Sequence[date], statutes: Statutes, is_school_day: IsSchoolDay
) -> Iterator[Duty]:
    """A report for the first classification; after each that was filed, one for the next day that counts."""
    key, since, number = "truant", None, 1
    while True:
        rest = [one for one in occasions if since is None or one.on > since]
        ground = _ground(rest, key, statutes)
        if ground is None:
            return
        day, rule = ground
        done = next((one for one in filed if one >= day), None)
        yield Duty(DutyKind.REPORT, number, rule, day, rule.due_on(day, is_school_day), done)
        if done is None:
            return
        key, since, number = "truant-again", done, number + 1


def _ground(occasions: Sequence[Occasion], key: str, statutes: Statutes) -> tuple[date, Statute] | None:
    """The day on which so many occasions as the rule of that day asks for are there."""
    for count, one in enumerate(occasions, start=1):
        rule = statutes.find(key, one.on)
        if rule is not None and rule.count is not None and count >= rule.count:
            return one.on, rule
    return None


def _once(
    kind: DutyKind,
    key: str,
    grounds: Sequence[Duty],
    done: Sequence[date],
    statutes: Statutes,
    is_school_day: IsSchoolDay,
) -> Iterator[Duty]:
    for ground in grounds:
        rule = statutes.find(key, ground.arises_on)
        if rule is not None:
            day = next((one for one in done if one >= ground.arises_on), None)
            due = rule.due_on(ground.arises_on, is_school_day)
            yield Duty(kind, 1, rule, ground.arises_on, due, day)


def _conference(
    filed: Sequence[date], efforts: Sequence[date], statutes: Statutes, is_school_day: IsSchoolDay
) -> Iterator[Duty]:
    """One effort after the filing of a report, in which the first one is enough."""
    rule = statutes.find("conference", filed[0]) if filed else None
    if rule is not None:
        day = next((one for one in efforts if one >= filed[0]), None)
        yield Duty(DutyKind.CONFERENCE, 1, rule, filed[0], rule.due_on(filed[0], is_school_day), day)


def _board(done: Deeds, statutes: Statutes, is_school_day: IsSchoolDay) -> Iterator[Duty]:
    told = list(done.sarb_notices)
    for number, day in enumerate(done.sarb_referrals, start=1):
        rule = statutes.find("sarb-notice", day)
        if rule is None:
            continue
        notice = next((one for one in told if one >= day), None)
        if notice is not None:
            told.remove(notice)
        yield Duty(DutyKind.SARB_NOTICE, number, rule, day, rule.due_on(day, is_school_day), notice)


def _habitual_on(filed: Sequence[date], others: Sequence[Duty], statutes: Statutes) -> date | None:
    """The first day on which both were there: the reports, and the effort after one of them."""
    effort = next((one.done_on for one in others if one.kind is DutyKind.CONFERENCE), None)
    if effort is None:
        return None
    for count, day in enumerate(filed, start=1):
        rule = statutes.find("habitual", day)
        if rule is not None and rule.count is not None and count >= rule.count:
            return max(day, effort)
    return None


def _left(filed: Sequence[date], founded: Sequence[date]) -> list[date]:
    """The reports that answer no duty."""
    rest = list(filed)
    for day in founded:
        rest.remove(day)
    return rest
