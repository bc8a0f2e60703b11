"""Reads of academies: cohorts, students with their hours, what waits for approval, and what it came to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.analysis.school_days import school_year
from schoolward.domains.cases.models import (
    AcademyCohort,
    AcademyMember,
    AcademyPresence,
    AcademyStaff,
    CountedTable,
    HoursState,
    LeftAs,
    ServiceHours,
    Youth,
)
from schoolward.domains.cases.program_work import service_goal
from schoolward.domains.cases.queries.editions import Counted, latest
from schoolward.domains.cases.queries.hiding import hidden
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

VIEW, APPROVE, RESULTS = "academies.view", "academies.approve", "cases.results"
_WHO = frozenset({"legal_name", "preferred_name"})
TEACHERS = (str(Role.SCHOOL_RESOURCE_OFFICER),)
"""The roles that teach a cohort of which they are staff; whoever else is staff runs it."""


def cohorts(viewer: Viewer) -> QuerySet[AcademyCohort]:
    """Every cohort that the viewer may know of, the newest first."""
    check(viewer, VIEW)
    return visible(AcademyCohort.objects.select_related("campus", "program", "agency"), viewer)


def runs(viewer: Viewer) -> set[int]:
    """The cohorts that the viewer runs."""
    return set() if viewer.role in TEACHERS else _staff_of(viewer)


def teaches(viewer: Viewer) -> set[int]:
    """The cohorts that the viewer, an officer, teaches."""
    return _staff_of(viewer) if viewer.role in TEACHERS else set()


def _staff_of(viewer: Viewer) -> set[int]:
    mine = AcademyStaff.objects.filter(account=viewer.account_id or 0, until__isnull=True)
    return set(mine.values_list("cohort", flat=True))


def goal_hours(cohort: AcademyCohort, on: date) -> int | None:
    """Hours that a student gives in the school year of a day; ``None`` where nobody has said."""
    goal = service_goal(cohort.program.key, max(school_year(on)[0], cohort.entered_on))
    return goal.hours if goal is not None else None


@dataclass(frozen=True)
class MemberRow:
    """A student with minutes approved and waiting in the school year, and days on which they came."""

    member: AcademyMember
    youth: Youth
    approved: int
    waiting: int
    came: int
    days: int

    @property
    def called(self) -> str:
        """What the viewer may call them: a name as far as it is theirs to read, else the number in tables."""
        return self.youth.called or _("Student no. %(number)d") % {"number": self.member.pk}


@dataclass(frozen=True)
class CohortPage:
    """A cohort with the students whom the viewer has to do with, by name, and never by their hours."""

    cohort: AcademyCohort
    rows: list[MemberRow]
    staff: list[AcademyStaff]
    goal: int | None
    runs_it: bool
    teaches_it: bool = False


def cohort_page(viewer: Viewer, pk: int, on: date) -> CohortPage | None:
    """A cohort as the viewer may see it, for the school year of a day; ``None`` where there is none."""
    cohort = cohorts(viewer).filter(pk=pk).first()
    if cohort is None:
        return None
    members = read(AcademyMember.objects.filter(cohort=pk).order_by("joined_on", "pk"), viewer)
    staff = list(AcademyStaff.objects.select_related("account").filter(cohort=pk, until__isnull=True))
    return CohortPage(
        cohort,
        _rows(members, viewer, on),
        staff,
        goal_hours(cohort, on),
        runs_it=pk in runs(viewer),
        teaches_it=pk in teaches(viewer),
    )


def _rows(members: list[AcademyMember], viewer: Viewer, on: date) -> list[MemberRow]:
    first, last = school_year(on)
    ids = [member.pk for member in members]
    with within(viewer):
        hours = visible(ServiceHours.objects.filter(member__in=ids, on__range=(first, last)), viewer)
        minutes: Counter[tuple[int, str]] = Counter()
        for member, state, number in hours.order_by("pk").values_list("member", "state", "minutes"):
            minutes[member, state] += number
        days: Counter[tuple[int, bool]] = Counter()
        presences = visible(AcademyPresence.objects.filter(member__in=ids, on__range=(first, last)), viewer)
        days.update(presences.order_by("pk").values_list("member", "came"))
    youths = read(
        Youth.objects.filter(pk__in={member.youth_id for member in members}).order_by("legal_name", "pk"),
        viewer,
        fields=_WHO,
    )
    place = {youth.pk: (number, youth) for number, youth in enumerate(youths)}
    found = [
        MemberRow(
            member,
            place[member.youth_id][1],
            minutes[member.pk, HoursState.APPROVED],
            minutes[member.pk, HoursState.WAITING],
            days[member.pk, True],
            days[member.pk, True] + days[member.pk, False],
        )
        for member in members
        if member.youth_id in place
    ]
    return sorted(found, key=lambda row: place[row.member.youth_id][0])


@dataclass(frozen=True)
class MemberPage:
    """One student in a cohort, with hours and days, the newest first."""

    row: MemberRow
    cohort: AcademyCohort
    hours: list[ServiceHours]
    presences: list[AcademyPresence]
    goal: int | None
    runs_it: bool
    teaches_it: bool = False


def member_page(viewer: Viewer, pk: int, on: date) -> MemberPage | None:
    """A student of a cohort as the viewer may see them; ``None`` where there is none."""
    check(viewer, VIEW)
    members = read(AcademyMember.objects.filter(pk=pk).order_by("pk"), viewer)
    rows = _rows(members, viewer, on)
    if not rows:
        return None
    cohort = cohorts(viewer).get(pk=members[0].cohort_id)
    hours = ServiceHours.objects.select_related("logged_by", "decided_by").filter(member=pk)
    return MemberPage(
        rows[0],
        cohort,
        read(hours.order_by("-on", "-pk"), viewer),
        read(AcademyPresence.objects.filter(member=pk).order_by("-on", "-pk"), viewer),
        goal_hours(cohort, on),
        runs_it=cohort.pk in runs(viewer),
        teaches_it=cohort.pk in teaches(viewer),
    )


@dataclass(frozen=True)
class WaitingHours:
    """Hours that wait for this viewer's approval."""

    hours: ServiceHours
    youth: Youth


def to_approve(viewer: Viewer) -> list[WaitingHours]:
    """Hours that somebody else wrote down and the viewer may approve, those that wait longest first."""
    check(viewer, APPROVE)
    rows = ServiceHours.objects.select_related("member__cohort__campus").filter(state=HoursState.WAITING)
    if viewer.account_id is not None:
        rows = rows.exclude(logged_by=viewer.account_id)
    found = read(rows.order_by("logged_at", "pk"), viewer)
    wanted = {one.youth_id for one in found}
    youths = read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=_WHO)
    named = {youth.pk: youth for youth in youths}
    return [WaitingHours(one, named[one.youth_id]) for one in found if one.youth_id in named]


STILL = "still"
REACHED, SHORT, NO_YEAR = "reached", "short", "no_year"
_OUTCOMES = (STILL, *map(str, LeftAs))
_SERVICE = (REACHED, SHORT, NO_YEAR)


@dataclass(frozen=True)
class CompletionRow:
    """What became of a cohort. ``None`` is a number that may not be told.

    ``reached`` and ``short`` are of those who were in it for the whole of the last school year; ``no_year``
    were not.
    """

    cohort: AcademyCohort
    joined: int | None
    still: int | None
    completed: int | None
    moved: int | None
    left: int | None
    reached: int | None
    short: int | None
    no_year: int | None
    counted_on: date

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Its numbers, in the order in which they are shown."""
        of_all = (self.joined, self.still, self.completed, self.moved, self.left)
        return (*of_all, self.reached, self.short, self.no_year)


@dataclass(frozen=True)
class CompletionTable:
    """Every cohort, and the last full school year whose hours are held against the goal."""

    rows: list[CompletionRow]
    year: tuple[date, date]
    hidden: bool
    is_invented: bool


def completion_table(viewer: Viewer, on: date) -> CompletionTable:
    """How many joined, completed, moved, left and are still there; and who reached the hours of service.

    Counted once a month, each cohort by the last edition that may be given (``actions.editions``): so no
    child is had by looking twice. No number of 1 to 10 is told, nor what would give one away.
    """
    check(viewer, RESULTS)
    year = _last_year(on)
    given = {one.cohort: one for one in latest(CountedTable.ACADEMIES)}
    rows = []
    for cohort in _every_cohort(Viewer.system(at=viewer.at, name="counting")):
        edition = given.get(str(cohort.pk))
        if edition is not None:
            told = dict(edition.told)
            if edition.about != str(year[0]):  # the service of an earlier year is not that of this table
                told |= dict.fromkeys(_SERVICE)
            numbers = {name: told[name] for name in ("joined", *_OUTCOMES, *_SERVICE)}
            rows.append(CompletionRow(cohort, **numbers, counted_on=edition.counted_on))
    is_hidden = any(value is None for row in rows for value in row.numbers)
    return CompletionTable(rows, year, is_hidden, any(one.invented for one in given.values()))


def _last_year(on: date) -> tuple[date, date]:
    return school_year(school_year(on)[0] - timedelta(days=1))


def _every_cohort(system: Viewer) -> list[AcademyCohort]:
    with within(system):
        rows = visible(AcademyCohort.objects.select_related("campus", "program"), system)
        return list(rows.order_by("-entered_on", "pk"))


def count_academies(system: Viewer, on: date) -> list[Counted]:
    """Every cohort as it stands now. For the installation itself: what a reader gets is
    :func:`completion_table`."""
    year = _last_year(on)
    known = _every_cohort(system)
    with within(system):
        there = AcademyMember.objects.filter(youth__sealed_at__isnull=True).order_by("pk")
        members = list(visible(there, system))
        minutes: dict[int, int] = defaultdict(int)
        approved = ServiceHours.objects.filter(state=HoursState.APPROVED, on__range=year)
        for member, number in visible(approved, system).values_list("member", "minutes"):
            minutes[member] += number
    by_pk = {cohort.pk: cohort for cohort in known}
    counts: Counter[tuple[int, str]] = Counter()
    for one in members:
        counts[one.cohort_id, one.left_as or STILL] += 1
        counts[one.cohort_id, served(one, by_pk[one.cohort_id], minutes[one.pk], year)] += 1
    is_invented = any(one.invented for one in members)
    return [_counted(cohort, counts, is_invented, str(year[0])) for cohort in known]


def served(member: AcademyMember, cohort: AcademyCohort, minutes: int, year: tuple[date, date]) -> str:
    """Whether a member of the whole school year reached the goal of its first day.

    A year counts from the cohort's own first day where that is later.
    """
    first, last = max(year[0], cohort.entered_on), min(year[1], cohort.ends_on)
    goal = service_goal(cohort.program.key, first)
    was_there = member.joined_on <= first + GRACE and (member.left_on is None or member.left_on >= last)
    if goal is None or first >= last or not was_there:
        return NO_YEAR
    return REACHED if minutes >= goal.hours * 60 else SHORT


GRACE = timedelta(days=30)
"""Who joins so many days after the first one is there for the whole year: classes change in September."""


def _counted(
    cohort: AcademyCohort, counts: Counter[tuple[int, str]], is_invented: bool, about: str
) -> Counted:
    """One cohort, small numbers hidden. Both ways to divide it share its total."""
    values: dict[tuple[str, ...], int] = {
        (word,): counts[cohort.pk, word] for word in (*_OUTCOMES, *_SERVICE)
    }
    values["joined",] = sum(counts[cohort.pk, word] for word in _OUTCOMES)
    sums = [(("joined",), tuple((word,) for word in words)) for words in (_OUTCOMES, _SERVICE)]
    return Counted(str(cohort.pk), values, hidden(values, sums), is_invented, about)
