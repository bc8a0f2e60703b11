"""The demonstration's incidents of discipline: invented, marked so, and without a student like all others."""

from __future__ import annotations

import random
from datetime import date

from schoolward.domains.cases.models import DisciplineAbout, DisciplineIncident, DisciplineLine
from schoolward.domains.places.queries import operating_schools
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

YEARS = (2010, 2011)
MONTHS = ((0, 8), (0, 9), (0, 10), (0, 11), (0, 12), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6))
"""Months of school: those of the year in which it begins, and of the next."""
FOLLOWED = ("100",) * 12 + ("110",) * 4 + ("200",)
"""Suspensions, in-school suspensions and an expulsion, by their codes."""
_MOST = {"high": 30, "middle": 24, "elementary": 6}
_OTHERS = 12


@seed(94, "incidents of discipline")
def incidents_of_discipline(context: SeedContext) -> str:
    """Make two school years of invented incidents. Runs once."""
    if DisciplineIncident.objects.exists():
        return "already there"
    chance = random.Random(context.random_seed + 94)  # noqa: S311 - invented data, the same every time
    made: list[DisciplineIncident] = []
    for year in YEARS:
        for school in operating_schools(date(year + 1, 3, 1)).order_by("cds_code"):
            for number in range(chance.randint(0, _MOST.get(school.kind, _OTHERS))):
                later, month = chance.choice(MONTHS)
                made.append(
                    DisciplineIncident(
                        school=school,
                        school_year=year,
                        number=f"{year}-{number + 1:04}",
                        month=date(year + later, month, 1),
                        statutory=chance.random() < 0.4,
                        brought_at=context.at,
                        invented=True,
                    )
                )
    DisciplineIncident.objects.bulk_create(made, batch_size=500)
    DisciplineLine.objects.bulk_create(
        [line for one in made for line in _lines(one, chance)], batch_size=1000
    )
    record(
        "cases.discipline_seeded",
        by=context.by,
        at=context.at,
        subject="cases.DisciplineIncident",
        detail={"incidents": len(made)},
    )
    return f"{len(made)} incidents of two school years, all invented"


def _lines(incident: DisciplineIncident, chance: random.Random) -> list[DisciplineLine]:
    lines = []
    if incident.statutory:
        code = chance.choice(("511", "512", "512", "513", "100"))
        lines.append(DisciplineLine(incident=incident, about=DisciplineAbout.OFFENSE, code=code))
        if code == "100":
            lines.append(DisciplineLine(incident=incident, about=DisciplineAbout.WEAPON, code="20"))
    students = chance.choice((1, 1, 1, 2, 2, 3))
    lines.append(
        DisciplineLine(
            incident=incident, about=DisciplineAbout.RESULT, code=chance.choice(FOLLOWED), students=students
        )
    )
    return lines
