"""Incidents without a student: of each, its month, its offenses, and how many were removed in which way."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from schoolward.protocols.calpads.reading import Incidents, Key


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident of a school's year. ``row`` is its first in SINC; ``month`` is the first day of its month.

    ``results`` counts students by the code of what followed, each once a code.
    """

    row: int
    lea: str
    school: str
    year: int
    number: str
    month: date
    statutory: bool
    offenses: tuple[str, ...]
    weapons: tuple[str, ...]
    results: tuple[tuple[str, int], ...]

    @property
    def cds_code(self) -> str:
        """The school's code of 14 digits."""
        return f"{self.lea}{self.school}"


def incidents(found: Incidents) -> list[Incident]:
    """The incidents of the files, in the order of SINC. No number of a student goes with them."""
    offenses: dict[Key, set[str]] = defaultdict(set)
    weapons: dict[Key, set[str]] = defaultdict(set)
    results: dict[Key, Counter[str]] = defaultdict(Counter)
    for one in found.offenses:
        offenses[one.key].add(one.code)
        if one.weapon:
            weapons[one.key].add(one.weapon)
    for key, code, _student in {(one.key, one.code, one.student) for one in found.results}:
        results[key][code] += 1
    made: dict[Key, Incident] = {}
    for who in sorted(found.involved, key=lambda involved: involved.row):
        first, month = made.get(who.key), who.on.replace(day=1)
        made[who.key] = Incident(
            first.row if first else who.row,
            who.lea,
            who.school,
            who.year,
            who.incident,
            min(first.month, month) if first else month,
            who.statutory or (first is not None and first.statutory),
            tuple(sorted(offenses[who.key])),
            tuple(sorted(weapons[who.key])),
            tuple(sorted(results[who.key].items())),
        )
    return list(made.values())
