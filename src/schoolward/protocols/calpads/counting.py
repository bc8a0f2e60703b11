"""How many incidents there were, and how many students were in them: counts by school and year alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from schoolward.protocols.calpads.reading import IncidentRow, Incidents, Key, OffenseRow, ResultRow

ALL, OFFENSE, RESULT = "all", "offense", "result"


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of a school's year. ``about`` says of what: all, an offense or a result, by its ``code``.

    ``incidents`` are instances; ``students`` are counted once however many incidents they were in.
    """

    lea: str
    school: str
    year: int
    about: str
    code: str
    incidents: int
    students: int


def count(found: Incidents) -> list[Counted]:
    """Count instances and students apart, as the federal collection asks for them."""
    instances: dict[tuple[str, str, int, str, str], set[Key]] = defaultdict(set)
    students: dict[tuple[str, str, int, str, str], set[int]] = defaultdict(set)

    rows: list[tuple[str, str, IncidentRow | ResultRow | OffenseRow]] = [
        *((ALL, "", one) for one in found.involved),
        *((OFFENSE, one.code, one) for one in found.offenses),
        *((RESULT, one.code, one) for one in found.results),
    ]
    for about, code, one in rows:
        of = (one.lea, one.school, one.year, about, code)
        instances[of].add(one.key)
        students[of].add(one.student)
    return [Counted(*of, len(instances[of]), len(students[of])) for of in sorted(instances)]
