"""Counting a half-year for its table of performance measures: once, as far as it may be told.

What is told is kept (``CountEdition``) and never counted again: whoever reads the table twice reads the same,
whatever is entered late, taken back or sealed in between (ADR 0097).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from schoolward.analysis.disclosure import ALL, CannotProtectError, SuppressionPolicy, protect, tabulate
from schoolward.domains.cases.models import CountEdition, CountedTable, Found
from schoolward.domains.cases.queries import performance_rows as rows_of
from schoolward.domains.cases.queries.performance_rows import BEHIND, TOGETHER, Half
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.registry import FEWEST_STUDENTS
from schoolward.platform.measures.steps import no_child_alone

TIME_TO_ENTER = timedelta(days=21)
"""How long after its end a half-year is counted; reports to grants are due a month after it."""


@dataclass
class CountedHalf:
    """What is kept of a half-year.

    ``counts`` are young people by ``kind:program`` (carried, new, completed, other), as the next half-year's
    are judged by. ``told`` are figures by ``code:program``: ``None`` where one is hidden, else its value,
    what it is held against (``of``) and how many records stand behind either (``records``).
    """

    first: date
    invented: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    told: dict[str, dict[str, Any] | None] = field(default_factory=dict)

    def tell(
        self, code: str, program: str, value: float | None, of: int | None = None, *records: int
    ) -> None:
        """Add a figure. One of which nothing is collected (``value`` is ``None``) is not told."""
        if value is not None:
            self.told[f"{code}:{program}"] = {"value": value, "of": of, "records": records}

    def hide(self, code: str, program: str) -> None:
        """Say that a figure is hidden."""
        self.told[f"{code}:{program}"] = None


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


def given_on(last: date) -> date:
    """The day from which the half-year that ended on ``last`` has its table."""
    return last + TIME_TO_ENTER + timedelta(days=1)


def given_halves(day: date, count: int = 6) -> list[tuple[date, date]]:
    """The last half-years that have their table on a day, the newest first."""
    return halves(half_of(day - TIME_TO_ENTER)[0] - timedelta(days=1), count)


def half_and_programs(first: date, last: date, as_of: date) -> tuple[Half, dict[int, tuple[str, str]]]:
    """What is counted, and each program's key and title by its number."""
    system = Viewer.system(at=timezone.now(), name="counting")
    named = {one.pk: (one.key, one.title) for one in programs(system).exclude(kind="event")}
    return Half(first, min(last, as_of), as_of, named.keys(), system), named


def kept(first: date) -> CountEdition | None:
    """The table of a half-year as it was given; ``None`` where it was not yet."""
    return CountEdition.objects.filter(table=CountedTable.HALVES, cohort=first.isoformat()).first()


def count_half(first: date, last: date) -> CountedHalf:
    """A half-year as it stands, as far as it may be told beside the one before it.

    Who was carried over is who was left of the half-year before: told from rows, it would say what was
    entered late or sealed since. So a program's number moves from that by nothing or by at least eleven.
    Where it then says that more left than were there, nothing is told of the program's young people, nor of
    all together.
    """
    half, named = half_and_programs(first, last, last)
    counted = CountedHalf(first)
    before = kept(half_of(first - timedelta(days=1))[0])
    with within(half.system):
        people = {name: _by_program(BEHIND[name].rows(half)) for name in ("carried", "new")}
        people |= {
            "completed": _by_program(rows_of.completed(half)),
            "other": _by_program(rows_of.not_completed(half)),
        }
        stays: dict[str, list[int]] = defaultdict(list)
        for key, started, ended in rows_of.exits(half).values_list("program__key", "started_on", "ended_on"):
            stays[key].append((ended - started).days)
        counted.invented = rows_of.served(half).filter(invented=True).exists()
        sums = _Sums(half)
        hours, dosage, again = sums.hours(), sums.dosage(), sums.again()
    unclear = set() if before is None else _carry_over(people, before.counts)
    shown = _public(_cells(people, ("carried", "new")), ("carried", "new"))
    over = _public(_cells(people, ("completed", "other")), ("completed", "other"))
    if unclear:
        unclear.add(TOGETHER)
    every = [days for some in stays.values() for days in some]
    _tell_people(counted, TOGETHER, shown, over, every, unclear)
    for pk, (key, _title) in named.items():
        _tell_people(counted, key, shown, over, stays.get(key, []), unclear)
        _tell_hours(counted, key, *hours.get(pk, (None, 0, 0)))
        _tell_share(counted, "dosage", key, dosage.get(pk, _Share()))
        for months in (6, 12):
            _tell_share(counted, f"again_{months}", key, again.get((pk, months), _Share()))
    counted.counts = {
        f"{kind}:{key}": number for kind, some in people.items() for key, number in some.items()
    }
    return counted


def _carry_over(people: Mapping[str, Counter[str]], before: Mapping[str, int]) -> set[str]:
    """Let each program carry over what it had left, unless that has changed by enough.

    Returns the unclear ones: more left them than were there.
    """
    left: Counter[str] = Counter()
    for name, number in before.items():
        kind, key = name.split(":", 1)
        left[key] += number if kind in ("carried", "new") else -number
    carried = people["carried"]
    unclear = set()
    for key in left.keys() | carried.keys():
        if no_child_alone([carried[key] - left[key]], FEWEST_STUDENTS):
            continue
        if left[key] + people["new"][key] < people["completed"][key] + people["other"][key]:
            unclear.add(key)
        else:
            carried[key] = left[key]
    return unclear


def _by_program(rows: QuerySet[Any]) -> Counter[str]:
    """How many rows, by the program's key."""
    return Counter(dict(rows.values_list("program__key").annotate(number=Count("pk"))))


def _cells(counts: Mapping[str, Counter[str]], kinds: Iterable[str]) -> dict[tuple[str, ...], int]:
    return {(key, kind): number for kind in kinds for key, number in counts[kind].items()}


@dataclass(frozen=True)
class _Share:
    """Some of so many, how many young people that is about, and how many records stand behind it."""

    some: int = 0
    of: int = 0
    people: int = 0
    records: tuple[int, int] = (0, 0)


class _Sums:
    """What is summed by program over a time, inside the system's part of the wall."""

    def __init__(self, half: Half) -> None:
        self.half = half

    def hours(self) -> dict[int, tuple[float, int, int]]:
        """Hours of service (minutes held by the heads that came, who have no names), heads, and sessions."""
        told = (
            rows_of.held(self.half)
            .values_list("offering__program")
            .annotate(sum=Sum(F("minutes_held") * F("attended")), heads=Sum("attended"), of=Count("pk"))
        )
        return {program: (minutes / 60, heads, of) for program, minutes, heads, of in told}

    def dosage(self) -> dict[int, _Share]:
        """Sessions attended of those planned."""
        rows: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for program, *told in rows_of.services(self.half).values_list(
            "offering__program", "attended", "planned", "youth"
        ):
            rows[program].append((told[0], told[1], told[2]))
        return {
            program: _Share(
                sum(attended for attended, _of, _who in some),
                sum(planned for _some, planned, _who in some),
                len({who for _some, _of, who in some}),
                (len(some), len(some)),
            )
            for program, some in rows.items()
        }

    def again(self) -> dict[tuple[int, int], _Share]:
        """By program and months: young people with a new offense, of those of whom it is known."""
        found: dict[tuple[int, int], list[bool]] = defaultdict(list)
        for months in (6, 12):
            rows = rows_of.followed(months)(self.half)
            for program, told in rows.values_list("referral__program", "found"):
                found[program, months].append(told == Found.YES)
        return {
            key: _Share(sum(told), len(told), len(told), (sum(told), len(told)))
            for key, told in found.items()
        }


def _public(counts: Mapping[tuple[str, ...], int], kinds: Iterable[str]) -> dict[tuple[str, str], int | None]:
    """Counts by program and kind, sums under ``""``; small ones hidden with what gives them away."""
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


def _tell_people(
    counted: CountedHalf,
    key: str,
    shown: Mapping[tuple[str, str], int | None],
    over: Mapping[tuple[str, str], int | None],
    stays: list[int],
    unclear: Collection[str],
) -> None:
    """How many were served and how they left, as far as it may be told."""
    if key in unclear:
        for code in ("served", "carried", "new", "exits", "completed", "stay"):
            counted.hide(code, key)
        return
    for code, cells, kind in (
        ("served", shown, ""),
        ("carried", shown, "carried"),
        ("new", shown, "new"),
        ("exits", over, ""),
    ):
        number = cells.get((key, kind), 0)
        counted.hide(code, key) if number is None else counted.tell(code, key, number, None, number)
    exits, completed = over.get((key, ""), 0), over.get((key, "completed"), 0)
    if exits is None or completed is None or over.get((key, "other"), 0) is None:
        counted.hide("completed", key)
        counted.hide("stay", key)
    elif exits:
        counted.tell("completed", key, 100 * completed / exits, exits, completed, exits)
        counted.tell("stay", key, sum(stays) / len(stays), len(stays), len(stays))


def _tell_hours(counted: CountedHalf, key: str, hours: float | None, heads: int, held: int) -> None:
    """Hours of service; hidden where so few came in all that the hours tell how many."""
    if 0 < heads < FEWEST_STUDENTS:
        counted.hide("hours", key)
    else:
        counted.tell("hours", key, hours, None, held)


def _tell_share(counted: CountedHalf, code: str, key: str, share: _Share) -> None:
    """A share in percent; hidden where those it is about are few, or those on one side of it."""
    sides = (share.people,) if code == "dosage" else (share.some, share.of - share.some)
    if not share.of:
        return
    if any(0 < side < FEWEST_STUDENTS for side in sides):
        counted.hide(code, key)
    else:
        counted.tell(code, key, 100 * share.some / share.of, share.of, *share.records)
