"""The demonstration's sites and schools (public facts), and an enrolment that is invented."""

from __future__ import annotations

import random
from pathlib import Path

from schoolward.domains.places.models import NOT_K12, Enrolment, School
from schoolward.domains.places.queries import campuses
from schoolward.platform.demo.registry import SeedContext, seed
from schoolward.platform.exchange.running import run

DIRECTORY = Path(__file__).parent / "data" / "schools.csv"
SCHOOL_YEARS = (2010, 2011, 2012)
INVENTED_SOURCE = "Invented for the demonstration"

# Students by level: assumptions for a district of about 47,000 students.
_BY_LEVEL: dict[str, tuple[int, int]] = {
    "K-3": (320, 420),
    "4-6": (300, 400),
    "K-6": (330, 510),
    "K-8": (460, 660),
    "Middle": (580, 820),
    "4-8": (40, 80),
    "Special": (60, 110),
    "7-12": (380, 560),
    "K-12": (350, 450),
    "High": (150, 450),
}
_COMPREHENSIVE_HIGH_SCHOOLS = {
    "34674393431012": (1700, 2000),
    "34674393434636": (1400, 1700),
    "34674393434768": (2000, 2300),
    "34674393435419": (2000, 2300),
    "34674390101972": (1400, 1700),
}


@seed(20, "sites and schools")
def sites_and_schools(context: SeedContext) -> str:
    """Bring in the school directory that ships with the project."""
    with DIRECTORY.open("rb") as file:
        report = run("schools", file, by=context.by, at=context.at, file_name=DIRECTORY.name)
    if report.rejected_rows:
        raise RuntimeError(f"the shipped school directory has a bad row: {report.rejected[0]}")
    return f"{report.created} schools on {campuses().count()} sites"


@seed(21, "enrolment")
def enrolment(context: SeedContext) -> str:
    """Invent students for every K-12 school in three school years, about one percent apart."""
    draw = random.Random(context.random_seed)  # noqa: S311 - repeatable, not secret
    known = set(Enrolment.objects.values_list("school_id", "school_year"))
    made = []
    for school in School.objects.exclude(kind__in=NOT_K12).order_by("cds_code"):
        least, most = _COMPREHENSIVE_HIGH_SCHOOLS.get(school.cds_code) or _BY_LEVEL[school.level]
        students = draw.randint(least, most)
        for year in SCHOOL_YEARS:
            students = round(students * draw.uniform(0.985, 1.01))
            if (school.pk, year) not in known and _was_open(school, year):
                made.append(
                    Enrolment(
                        school=school,
                        school_year=year,
                        students=students,
                        source=INVENTED_SOURCE,
                        invented=True,
                    )
                )
    Enrolment.objects.bulk_create(made)
    return f"{len(made)} invented counts of students"


def _was_open(school: School, year: int) -> bool:
    """Whether the school was in operation at some time in the school year that begins in ``year``."""
    return (school.opened is None or school.opened.isoformat() <= f"{year + 1}-06-30") and (
        school.closed is None or school.closed.isoformat() >= f"{year}-09-01"
    )
