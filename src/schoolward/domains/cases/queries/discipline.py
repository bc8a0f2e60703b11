"""Incidents of discipline, and how many removals a year had by school: small numbers hidden."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from schoolward.domains.cases.models import DisciplineAbout, DisciplineIncident, DisciplineLine
from schoolward.domains.cases.queries.hiding import Cell, hidden
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.calpads import RESULTS

VIEW, COUNTS = "discipline.view", "discipline.counts"
_ALL = ""


def incidents(viewer: Viewer) -> QuerySet[DisciplineIncident]:
    """The incidents, the newest first, for whoever answers for the numbers."""
    check(viewer, VIEW)
    rows: QuerySet[DisciplineIncident] = visible(DisciplineIncident.objects.all(), viewer)
    return rows.select_related("school").prefetch_related("lines")


@dataclass(frozen=True, slots=True)
class Removals:
    """A row of the table: a school (or all, blank), and its removals by code; ``None`` is hidden."""

    school: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class RemovalTable:
    """How often students were removed in a school year, by what followed. Counted by incident and student."""

    year: int
    codes: tuple[str, ...]
    rows: tuple[Removals, ...]
    invented: bool

    @property
    def titles(self) -> list[str]:
        """What the codes mean, where it is known."""
        return [RESULTS.get(code, code) for code in self.codes]


def years(viewer: Viewer) -> list[int]:
    """The school years of which there is something, the newest first."""
    check(viewer, COUNTS)
    return years_told()


def years_told() -> list[int]:
    """The school years that files told of, the newest first: what a list can be narrowed to."""
    rows = DisciplineIncident.objects.order_by("-school_year").values_list("school_year", flat=True)
    return list(rows.distinct())


def schools_told() -> list[tuple[str, str]]:
    """Code and name of the schools that files told of."""
    rows = DisciplineIncident.objects.order_by("school__name", "school__cds_code")
    return list(rows.values_list("school__cds_code", "school__name").distinct())


def removals(viewer: Viewer, year: int) -> RemovalTable:
    """The table of a school year. A count of one to ten is hidden, with what would give it away.

    Only whole school years, so that no two windows differ by one child. Codes that the state's validations
    name come first.
    """
    check(viewer, COUNTS)
    found = (
        DisciplineLine.objects.filter(about=DisciplineAbout.RESULT, incident__school_year=year)
        .order_by()
        .values_list("incident__school__name", "incident__school__cds_code", "code")
        .annotate(removals=Sum("students"))
    )
    counts = {((name, cds), code): int(number) for name, cds, code, number in found}
    schools = sorted({school for school, _code in counts})
    codes = sorted({code for _school, code in counts}, key=lambda code: (code not in RESULTS, code))
    values: dict[Cell, int] = {}
    sums: list[tuple[Cell, tuple[Cell, ...]]] = []
    for code in codes:
        parts: list[Cell] = [(cds, code) for _name, cds in schools]
        values |= {(cds, code): counts.get(((name, cds), code), 0) for name, cds in schools}
        values[_ALL, code] = sum(values[part] for part in parts)
        sums.append(((_ALL, code), tuple(parts)))
    public = hidden(values, sums)
    rows = [("", _ALL), *schools]
    return RemovalTable(
        year,
        tuple(codes),
        tuple(Removals(name, tuple(public[cds, code] for code in codes)) for name, cds in rows if codes),
        DisciplineIncident.objects.filter(school_year=year, invented=True).exists(),
    )
