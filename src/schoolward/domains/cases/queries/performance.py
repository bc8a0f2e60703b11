"""Performance measures of youth programs, as federal juvenile-justice grants ask for them, by half a year.

The measures follow the performance measures of the Office of Juvenile Justice and Delinquency Prevention
(youth served, service hours, length of stay, completion, new offenses, slots, agreements, staff trained). A
half-year is fixed, so that no two overlapping times can be subtracted; a count of one to ten is hidden with
what would give it away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.models import Found
from schoolward.domains.cases.queries import performance_rows as rows_of
from schoolward.domains.cases.queries.performance_rows import BEHIND, Half
from schoolward.domains.programs.queries import latest_capacity, programs
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.registry import FEWEST_STUDENTS

PERMISSION = "cases.performance"
TOGETHER = ""
"""The key of the line about all programs together."""


@dataclass(frozen=True)
class Line:
    """One measure of one program. ``value`` is ``None`` where it is hidden or not collected.

    ``of`` is what a share or a mean is held against, in the words of ``held_against``; ``code`` is the
    measure's name in an address.
    """

    code: str
    program: str
    title: str
    measure: str
    definition: str
    unit: str
    value: float | None
    of: int | None = None
    held_against: str = ""
    is_hidden: bool = False

    @property
    def is_collected(self) -> bool:
        """Whether anything was counted for it at all."""
        return self.value is not None or self.is_hidden

    @property
    def opens(self) -> bool:
        """Whether its records may be opened: those of a number that is shown."""
        return self.value is not None and self.code in BEHIND


@dataclass(frozen=True)
class Performance:
    """The table of a half-year."""

    first: date
    last: date
    lines: list[Line]
    is_invented: bool


def half_of(day: date) -> tuple[date, date]:
    """The half-year of a day: January to June, or July to December."""
    if day.month < 7:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


def halves(day: date, count: int = 6) -> list[tuple[date, date]]:
    """The last half-years up to a day's own, the newest first."""
    found = [half_of(day)]
    while len(found) < count:
        found.append(half_of(found[-1][0] - timedelta(days=1)))
    return found


class HalfNotOverError(ValueError):
    """The half-year is not over: its table would change by a child from one day to another."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"the half-year from {first} to {last} is not over; ask for an earlier one")


def finished_halves(day: date, count: int = 6) -> list[tuple[date, date]]:
    """The last half-years that are over on a day, the newest first: those of which there is a table."""
    return halves(half_of(day)[0] - timedelta(days=1), count)


def performance(viewer: Viewer, day: date, as_of: date) -> Performance:
    """The measures of the half-year that a day lies in, of each program that young people are referred to.

    It is counted by the installation itself, over every caseload: nobody is shown. A half-year that runs on
    ``as_of`` has no table: seen twice, it would tell of a child. Raises ``AccessDenied`` and
    ``HalfNotOverError``.
    """
    check(viewer, PERMISSION)
    first, last = half_of(day)
    if last >= as_of:
        raise HalfNotOverError(first, last)
    half, named = half_and_programs(first, last, as_of)
    with within(half.system):
        counts = {name: _by_program(BEHIND[name].rows(half)) for name in ("carried", "new")}
        ends = {
            "completed": _by_program(rows_of.completed(half)),
            "other": _by_program(rows_of.not_completed(half)),
        }
        stays: dict[str, list[int]] = defaultdict(list)
        for key, started, ended in rows_of.exits(half).values_list("program__key", "started_on", "ended_on"):
            stays[key].append((ended - started).days)
        is_invented = rows_of.served(half).filter(invented=True).exists()
        sums = _Sums(half)
        hours, dosage, again = sums.hours(), sums.dosage(), sums.again()
        agreements = rows_of.agreements(half).count()
    shown = _public(_cells(counts), ("carried", "new"))
    over = _public(_cells(ends), ("completed", "other"))
    capacity = latest_capacity(half.system, on=half.end)
    everything = [day for some in stays.values() for day in some]
    lines = _of_people(TOGETHER, _("All programs"), shown, over, everything)
    lines += [
        _line(TOGETHER, _("All programs"), "agreements", agreements),
        _line(TOGETHER, _("All programs"), "trained", None),
    ]
    for pk, (key, title) in sorted(named.items(), key=lambda one: one[1][1]):
        report = capacity.get(pk)
        lines += _of_people(key, title, shown, over, stays.get(key, []))
        lines += [
            _hours(key, title, *hours.get(pk, (None, 0))),
            _share(key, title, "dosage", *dosage.get(pk, (0, 0, 0))),
            *(
                _share(key, title, f"again_{months}", *again.get((pk, months), (0, 0, 0)))
                for months in (6, 12)
            ),
            _line(key, title, "slots", None if report is None else report.maximum),
        ]
    return Performance(first, last, lines, is_invented)


def half_and_programs(first: date, last: date, as_of: date) -> tuple[Half, dict[int, tuple[str, str]]]:
    """What is counted, and each program's key and title by its number."""
    system = Viewer.system(at=timezone.now(), name="counting")
    named = {one.pk: (one.key, one.title) for one in programs(system).exclude(kind="event")}
    return Half(first, min(last, as_of), as_of, named.keys(), system), named


def _by_program(rows: QuerySet[Any]) -> Counter[str]:
    """How many rows, by the program's key."""
    return Counter(dict(rows.values_list("program__key").annotate(number=Count("pk"))))


def _cells(counts: Mapping[str, Counter[str]]) -> dict[tuple[str, ...], int]:
    return {(key, kind): number for kind, of_kind in counts.items() for key, number in of_kind.items()}


class _Sums:
    """What is summed by program over a time, inside the system's part of the wall."""

    def __init__(self, half: Half) -> None:
        self.half = half

    def hours(self) -> dict[int, tuple[float, int]]:
        """Hours of service, minutes held by heads that came, and how many heads. Heads have no names."""
        told = (
            rows_of.held(self.half)
            .values_list("offering__program")
            .annotate(sum=Sum(F("minutes_held") * F("attended")), heads=Sum("attended"))
        )
        return {program: (minutes / 60, heads) for program, minutes, heads in told}

    def dosage(self) -> dict[int, tuple[int, int, int]]:
        """Sessions attended, planned, and how many young people they are of."""
        found: dict[int, tuple[int, int, set[int]]] = {}
        for program, attended, planned, youth in rows_of.services(self.half).values_list(
            "offering__program", "attended", "planned", "youth"
        ):
            some, of, who = found.get(program, (0, 0, set()))
            found[program] = some + attended, of + planned, who | {youth}
        return {program: (some, of, len(who)) for program, (some, of, who) in found.items()}

    def again(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """By program and months: young people with a new offense, of those of whom it is known."""
        found: dict[tuple[int, int], tuple[int, int, int]] = {}
        for months in (6, 12):
            rows = rows_of.followed(months)(self.half)
            for program, told in rows.values_list("referral__program", "found"):
                some, of, _who = found.get((program, months), (0, 0, 0))
                found[program, months] = some + (told == Found.YES), of + 1, of + 1
        return found


def _public(counts: Mapping[tuple[str, ...], int], kinds: Iterable[str]) -> dict[tuple[str, str], int | None]:
    """Counts by program and kind, sums under ``""``; small ones hidden with what gives them away."""
    from schoolward.analysis.disclosure import ALL, CannotProtectError, SuppressionPolicy, protect, tabulate

    if not counts:
        return {}
    names = {program for program, _kind in counts}
    whole: dict[tuple[str, ...], int] = {
        (program, kind): counts.get((program, kind), 0) for program in names for kind in kinds
    }
    try:
        public = protect(tabulate(whole), SuppressionPolicy(FEWEST_STUDENTS)).public()
    except CannotProtectError:
        return {}
    blank = {ALL: ""}
    return {(blank.get(a, a), blank.get(b, b)): number for (a, b), number in public.items()}


def _of_people(
    key: str,
    title: str,
    shown: Mapping[tuple[str, str], int | None],
    over: Mapping[tuple[str, str], int | None],
    stays: list[int],
) -> list[Line]:
    """How many were served and how they left, as far as it may be told."""
    lines = [
        _count(key, title, measure, shown, kind)
        for measure, kind in (("served", ""), ("carried", "carried"), ("new", "new"))
    ]
    lines += [_count(key, title, "exits", over, "")]
    exits, completed = over.get((key, ""), 0), over.get((key, "completed"), 0)
    rest = over.get((key, "other"), 0)
    if None in (exits, completed, rest):
        lines += [_hidden(key, title, "completed"), _hidden(key, title, "stay")]
    elif not exits:
        lines += [_line(key, title, "completed", None), _line(key, title, "stay", None)]
    else:
        share = 100 * (completed or 0) / exits
        lines += [
            _line(key, title, "completed", share, exits),
            _line(key, title, "stay", sum(stays) / len(stays), len(stays)),
        ]
    return lines


def _count(
    key: str, title: str, measure: str, cells: Mapping[tuple[str, str], int | None], kind: str
) -> Line:
    value = cells.get((key, kind), 0)
    return _hidden(key, title, measure) if value is None else _line(key, title, measure, value)


def _hours(key: str, title: str, hours: float | None, heads: int) -> Line:
    """Hours of service; hidden where so few came in all that the hours tell how many."""
    return _hidden(key, title, "hours") if 0 < heads < FEWEST_STUDENTS else _line(key, title, "hours", hours)


def _share(key: str, title: str, measure: str, some: int, of: int, people: int) -> Line:
    """A share in percent; hidden where those it is about are few, or those on one side of it."""
    if not of:
        return _line(key, title, measure, None)
    sides = (people,) if measure == "dosage" else (some, of - some)
    if any(0 < side < FEWEST_STUDENTS for side in sides):
        return _hidden(key, title, measure)
    return _line(key, title, measure, 100 * some / of, of)


def _hidden(key: str, title: str, measure: str) -> Line:
    name, definition, unit, against = _words()[measure]
    return Line(measure, key, title, name, definition, unit, None, None, against, is_hidden=True)


def _line(key: str, title: str, measure: str, value: float | None, of: int | None = None) -> Line:
    name, definition, unit, against = _words()[measure]
    return Line(measure, key, title, name, definition, unit, value, of, against)


def _words() -> dict[str, tuple[str, str, str, str]]:
    """What each measure is called and means, its unit, and what it is held against."""
    youth, percent = _("young people"), _("percent")
    return {
        "served": (
            _("Youth served"),
            _("Carried over from before the half-year, and new in it. Each started referral counts."),
            youth,
            "",
        ),
        "carried": (_("Carried over"), _("Started before the half-year and not out before it."), youth, ""),
        "new": (_("New admissions"), _("Started in the half-year."), youth, ""),
        "exits": (_("Exits"), _("Completed, or ended before its time, in the half-year."), youth, ""),
        "completed": (
            _("Completed"),
            _("Of those who were out in the half-year, who completed the program."),
            percent,
            _("exits"),
        ),
        "stay": (_("Average length of stay"), _("From the start to the exit."), _("days"), _("exits")),
        "hours": (
            _("Service hours"),
            _("Minutes of sessions held by the heads that came, in hours. Heads have no names."),
            _("hours"),
            "",
        ),
        "dosage": (
            _("Sessions attended"),
            _("Of sessions planned for those who started in the half-year."),
            percent,
            _("sessions planned"),
        ),
        "again_6": (
            _("New offense within 6 months"),
            _("Of those whose 183 days since the exit were full and of whom it is known."),
            percent,
            _("exits followed up"),
        ),
        "again_12": (
            _("New offense within 12 months"),
            _("Of those whose 365 days since the exit were full and of whom it is known."),
            percent,
            _("exits followed up"),
        ),
        "slots": (_("Slots"), _("Places as last reported."), _("places"), ""),
        "agreements": (
            _("Agreements in force"),
            _("Agreements on sharing between agencies, in force on the day that is asked about."),
            _("agreements"),
            "",
        ),
        "trained": (
            _("Staff trained"),
            _("Of staff of programs, who was trained in the half-year. Nobody writes it down here."),
            percent,
            _("staff"),
        ),
    }
