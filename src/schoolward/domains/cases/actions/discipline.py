"""Bringing in incidents of discipline: a school's year as a file has it takes the place of what was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from schoolward.domains.cases.models import DisciplineAbout, DisciplineIncident, DisciplineLine
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

IMPORT = "discipline.import"
Line = tuple[str, str, int | None]
"""What a line is about, its code, and how many students, where they are counted."""


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What a file says of one incident. ``school_year`` is the year in which it begins; ``results`` are
    codes of what followed, each with its number of students."""

    school_id: int
    school_year: int
    number: str
    month: date
    statutory: bool
    offenses: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    results: tuple[tuple[str, int], ...] = ()

    @property
    def lines(self) -> frozenset[Line]:
        """Every code, as it is kept."""
        return frozenset(
            [
                *((str(DisciplineAbout.OFFENSE), code, None) for code in self.offenses),
                *((str(DisciplineAbout.WEAPON), code, None) for code in self.weapons),
                *((str(DisciplineAbout.RESULT), code, students) for code, students in self.results),
            ]
        )


@dataclass(slots=True)
class Replaced:
    """How many incidents are new, changed, the same, and gone."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


@transaction.atomic
def replace_incidents(*, facts: Iterable[IncidentFacts], by: Viewer, at: datetime) -> Replaced:
    """Make the incidents of each school's year that the facts name what the facts say, and no more.

    The same facts again change nothing and note nothing. Schools and years that they do not name stay as
    they are.
    """
    check(by, IMPORT)
    told = {(one.school_id, one.school_year, one.number): one for one in facts}
    years = sorted({(school, year) for school, year, _number in told})
    found, replaced = Replaced(), Counter[int]()
    for school, year in years:
        rows = DisciplineIncident.objects.select_for_update().filter(school=school, school_year=year)
        there = {row.number: row for row in rows.prefetch_related("lines")}
        wanted = {number: one for (of, in_, number), one in told.items() if (of, in_) == (school, year)}
        gone = [row.pk for number, row in there.items() if number not in wanted]
        DisciplineIncident.objects.filter(pk__in=gone).delete()
        found.removed += len(gone)
        replaced[year] += len(gone)
        for number, one in wanted.items():
            row = there.get(number)
            if row is None:
                found.created += 1
            elif _says(row) == (one.month, one.statutory, one.lines):
                found.unchanged += 1
                continue
            else:
                found.updated += 1
            replaced[year] += 1
            _write(row or DisciplineIncident(school_id=school, school_year=year, number=number), one, at)
    if sum(replaced.values()):
        record(
            "cases.discipline_replaced",
            by=by,
            at=by.at,
            subject="cases.DisciplineIncident",
            detail={
                "years": sorted(replaced),
                "created": found.created,
                "updated": found.updated,
                "removed": found.removed,
            },
        )
    return found


def _says(row: DisciplineIncident) -> tuple[date, bool, frozenset[Line]]:
    lines = frozenset((line.about, line.code, line.students) for line in row.lines.all())
    return row.month, row.statutory, lines


def _write(row: DisciplineIncident, facts: IncidentFacts, at: datetime) -> None:
    row.month, row.statutory, row.brought_at = facts.month, facts.statutory, at
    row.save()
    row.lines.all().delete()
    DisciplineLine.objects.bulk_create(
        DisciplineLine(incident=row, about=about, code=code, students=students)
        for about, code, students in sorted(facts.lines, key=lambda line: line[:2])
    )
